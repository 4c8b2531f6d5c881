"""Writing everything that is kept under FIELD_KEY anew, once there is a new first key."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from apps.access import encryption
from apps.access.database_context import portal_context
from apps.access.models import KeyStamp
from apps.access.write_guard import writing


@dataclass(frozen=True, slots=True)
class Kept:
    """A column with texts under FIELD_KEY, offered to the register `access.encrypted`.

    `anew` gives what to keep instead of the column of a row: None where it is under the first key already, InvalidToken
    where no key opens it. `of_desks`: row security shows the rows to each desk's own transactions alone.
    """

    model: str
    column: str
    anew: Callable[[Any], Any]
    of_desks: bool = False

    def rewrite(self) -> "Counts":
        """Write each row anew that is not under the first key; row by row, so that an end half way loses nothing."""
        counts = Counts()
        for context in self._contexts():
            with context:
                rows = self._model()._base_manager.exclude(**{self.column: ""})
                for key in list(rows.order_by("pk").values_list("pk", flat=True)):
                    self._rewrite_row(key, counts)
        return counts

    def _rewrite_row(self, key: Any, counts: "Counts") -> None:
        with transaction.atomic(), writing("a new key"):
            row = self._model()._base_manager.select_for_update(of=("self",)).filter(pk=key).first()
            if row is None or not getattr(row, self.column):
                return  # removed or emptied meanwhile
            counts.all += 1
            try:
                anew = self.anew(row)
            except InvalidToken:
                counts.lost += 1
                return
            if anew is not None:
                self._model()._base_manager.filter(pk=key).update(**{self.column: anew})
                counts.rewritten += 1

    def _contexts(self) -> Iterator[Any]:
        if not self.of_desks:
            yield nullcontext()
            return
        for desk in list(apps.get_model("people", "Desk")._base_manager.values_list("pk", flat=True)):
            yield portal_context("command", desk=desk)

    def _model(self) -> Any:
        return apps.get_model(self.model)


@dataclass(slots=True)
class Counts:
    """Of one column: how many texts there are, how many were written anew, how many no key opens."""

    all: int = 0
    rewritten: int = 0
    lost: int = 0


MARKS = "MARK_KEY"


def stamp_marks() -> None:
    """Keep by what the key of marks is known, so that another one in its place is noticed at the next start."""
    with writing("a new key"):
        KeyStamp.objects.get_or_create(name=MARKS, defaults={"mark": encryption.mark_of(MARKS), "at": timezone.now()})


def marks_are_of_another_key() -> bool:
    """Whether marks were made under another key than the one of now; False where no key was ever changed."""
    stamp = KeyStamp.objects.filter(name=MARKS).first()
    return stamp is not None and stamp.mark != encryption.mark_of(MARKS)


def of_column(model: str, column: str) -> Kept:
    """A column that `encryption.sealed` wrote as it stands."""
    return Kept(model, column, lambda row: encryption.sealed_anew(getattr(row, column)))
