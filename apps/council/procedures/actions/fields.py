"""Input fields of the procedure's acts that know their row."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.access.actor import Actor
from apps.council.models import Circulation, Decision, WrittenProcedure


class DecisionField(forms.ModelChoiceField):
    """A visible decision in one of some states, by its key or its address in the API."""

    def __init__(self, *, states: Iterable[str], **more: Any) -> None:
        self.states = tuple(states)
        super().__init__(queryset=Decision.objects.none(), **more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the decisions that could be put in writing."""
        self.queryset = Decision.objects.visible_to(actor).filter(state__in=self.states).order_by("-pk")

    def to_python(self, value: Any) -> Any:
        """The decision of a key, or of an address that ends in one."""
        key = value.rstrip("/").rpartition("/")[2] if isinstance(value, str) else value
        return super().to_python(key)

    def label_from_instance(self, obj: Any) -> str:
        """Its number and title."""
        return f"{obj}: {obj.title}"


class TextHashField(forms.CharField):
    """The text that a reply answers: shown hidden, sent back as it was."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=64, widget=forms.HiddenInput, **more)

    def scope(self, actor: Actor | None, row: WrittenProcedure | None) -> None:
        """The text of the procedure whose page is shown."""
        self.initial = row.text_hash if row is not None else ""


class OpenCirculationField(forms.ChoiceField):
    """A State whose receipt is missing."""

    def scope(self, actor: Actor | None, row: WrittenProcedure | None) -> None:
        """Offer the States that have not received."""
        if row is not None:
            rows = Circulation.objects.visible_to(actor).filter(procedure=row, receipt_at=None)
            ways = rows.select_related("party").order_by("party_id")
            self.choices = [(way.party_id, way.party.short_name) for way in ways]

    def valid_value(self, value: Any) -> bool:
        """Any code is taken here: the action says why one is not possible. NUL is in none."""
        return "\x00" not in str(value)
