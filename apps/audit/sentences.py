"""The audit in words: what was done to what, by whom as far as the reader may know their name."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import pgettext, pgettext_lazy

from apps.audit.managers import PARTY_READERS, Reader
from apps.audit.models import AuditRecord
from apps.audit.row_places import may_prove, place_of, public_id
from apps.audit.verb_labels import past_tense

OUTCOMES = {
    "done": ("info", "pen", pgettext_lazy("outcome, audit", "Done")),
    "read": ("ok", "eye", pgettext_lazy("outcome, audit", "Read")),
    "refused": ("bad", "lock", pgettext_lazy("words, audit", "Refused")),
}
"""Chip of an outcome: kind, picture, word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the audit as one reader sees it. `person` and `role` are empty for a foreign officer.

    So are the key of a program and the people who made it. `receipt` names the row for who may prove it, else it is "".
    `person` is a user name; the person's own `name` and the record's `title` are added by called.in_full.
    """

    row: AuditRecord
    person: str
    role: str
    verb: str
    kind: str
    chip: tuple[Any, ...]
    place: str
    receipt: str = ""
    key: str = ""
    key_made_by: str = ""
    key_approved_by: str = ""
    title: str = ""
    name: str = ""

    @property
    def emergency(self) -> bool:
        """Whether it was done from an emergency seat."""
        return self.row.detail.get("emergency") is True

    @property
    def times(self) -> int:
        """How often it was refused again, where the row stands for repetitions; else 0."""
        return int(self.row.detail.get("times", 0))

    @property
    def period(self) -> tuple[datetime.datetime, datetime.datetime] | None:
        """From the first refusal, which has a row of its own, to the last repetition."""
        said = self.row.detail
        return (_moment(said["since"]), _moment(said["until"])) if self.times else None

    @property
    def page(self) -> str:
        """The name of the page that was opened, where no record is named."""
        return str(self.row.detail.get("page", ""))

    @property
    def seconded_from(self) -> str:
        """The party that had sent the person to this desk when they acted; "" at home."""
        return str(self.row.detail.get("seconded_from", ""))

    @property
    def record(self) -> str:
        """What kind of record it is, and what the record is called as far as that is known."""
        return f"{self.kind}: {self.title}" if self.title else self.kind

    @property
    def reference(self) -> str:
        """Enough of the object's id to tell it apart; the whole stands in the address."""
        return self.row.object_id if len(self.row.object_id) <= 12 else f"…{self.row.object_id[-12:]}"


def _moment(said: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(said)


def told(rows: Iterable[AuditRecord], reader: Reader | None) -> list[Line]:
    """The rows in words for this reader. No queries."""
    return [_line(row, reader) for row in rows]


def _line(row: AuditRecord, reader: Reader | None) -> Line:
    named = reader is not None and knows_name(row, reader)
    return Line(
        row,
        row.person if named else "",
        row.role if named else "",
        past_tense(row.verb),
        kind_in_words(row.object_type),
        OUTCOMES.get(row.outcome, ("mute", "circle", row.outcome)),
        place_of(row, reader),
        str(public_id(row.pk)) if reader is not None and may_prove(row, reader) else "",
        *(key_of(row) if named else ("", "", "")),
    )


def key_of(row: AuditRecord) -> tuple[str, str, str]:
    """(first letters, who asked for it, who approved it) of the key by which a program acted; empty for people."""
    said = row.detail
    return str(said.get("key", "")), str(said.get("key_made_by", "")), str(said.get("key_approved_by", ""))


def knows_name(row: AuditRecord, reader: Reader) -> bool:
    """A foreign officer's name is for oversight and administration desks; everybody else reads party and desk."""
    return reader.function in PARTY_READERS or row.party == reader.party_code or row.user_id == reader.user_id


def kind_in_words(object_type: str) -> str:
    """ "jrcc.hit" → "Hit", as its model says it; rows of the audit outlive models, of which no more is known."""
    try:
        return capfirst(str(apps.get_model(object_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return pgettext("kind, audit", "Record") if object_type else ""
