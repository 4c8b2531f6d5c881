"""The filters of the matrix, as they stand in its address."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.council.models import Decision
from apps.impacs.obligations.queries.matrix import ARRANGEMENTS, Filters

DAY_FORMATS = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y"]
WRONG_DAY = _("Enter a date as year-month-day or day month year, for example 30 Jun 2026.")


class DayInput(forms.DateInput):
    """A day shown as "30 Jun 2026", however it was written; what is no day stays as it was typed."""

    def format_value(self, value: Any) -> str | None:
        """The day in words."""
        try:
            day = datetime.date.fromisoformat(value or "")
        except ValueError:
            return super().format_value(value)
        return f"{day.day} {day:%b %Y}"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(attrs={"size": 12}),
        error_messages={"invalid": WRONG_DAY},
    )


class MatrixForm(forms.Form):
    """What of the matrix to show. Every field may stay empty; a wrong one is told at its place."""

    subject = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Subject"), required=False)
    meeting = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Adopted at"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("field, impacs", "Kind"), required=False)
    as_of = _day(pgettext_lazy("field, impacs", "As at"))
    compare = _day(pgettext_lazy("words, impacs", "Compare with"))
    mine = forms.BooleanField(label=_("Only what is addressed to us"), required=False)
    associates = forms.BooleanField(label=_("Show Associate Members"), required=False)
    decision = forms.UUIDField(required=False, widget=forms.HiddenInput)
    by = forms.ChoiceField(required=False, choices=[(name, name) for name in ARRANGEMENTS], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, subjects: list[tuple[str, str]], meetings: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="f_%s")
        lists: dict[str, list[tuple[Any, Any]]] = {
            "subject": [("", pgettext_lazy("words, impacs", "All subjects")), *subjects],
            "meeting": [("", pgettext_lazy("words, impacs", "Any meeting")), *meetings],
            "kind": [("", pgettext_lazy("words, impacs", "Any kind")), *Decision.Kind.choices],
        }
        for name, offered in lists.items():
            field: Any = self.fields[name]
            field.choices = offered

    def filters(self) -> Filters:
        """The filters of a valid form; of a wrong one those fields that could be read."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "as_of" and value}
        return Filters(**given)
