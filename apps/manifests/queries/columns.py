"""The form by which a sender says what the columns of a sheet are, and in which order its dates stand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.manifests.paxlst.layout import ORDERS
from apps.manifests.paxlst.sheet_words import NAMES_OF_PERSONS, column_of
from apps.manifests.paxlst.sketch import Sketch

FIELDS = {
    "family": pgettext_lazy("words, jrcc", "Surname"),
    "given": pgettext_lazy("words, jrcc", "Given names"),
    "middle": pgettext_lazy("words, jrcc", "Middle names"),
    "name": _("Full name, surname first"),
    "sex": pgettext_lazy("words, jrcc", "Sex"),
    "birth": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "nationality": pgettext_lazy("words, jrcc", "Nationality"),
    "document_type": pgettext_lazy("words, jrcc", "Document type"),
    "number": pgettext_lazy("words, jrcc", "Document number"),
    "passport": pgettext_lazy("words, jrcc", "Passport number"),
    "issuer": _("Issuing State of the document"),
    "expiry": pgettext_lazy("words, jrcc", "Document expires"),
    "origin": pgettext_lazy("words, jrcc", "Embarks at"),
    "destination": pgettext_lazy("words, jrcc", "Disembarks at"),
    "transit": _("In transit, yes or no"),
    "rank": _("Rank or rating (crew)"),
    "seat": pgettext_lazy("of an aircraft", "Seat"),
    "pnr": pgettext_lazy("words, jrcc", "Booking"),
    "residence": _("Country of residence"),
    "category": _("Passenger or crew"),
}
"""What a column may be, in the words of the form."""
ASIDE = "ignored"
CHOICES = [("", pgettext_lazy("choice, jrcc", "Choose")), (ASIDE, _("Ignore this column")), *FIELDS.items()]
ORDER_WORDS = {
    "day first": pgettext_lazy("words, jrcc", "Day first: %(day)s"),
    "month first": pgettext_lazy("words, jrcc", "Month first: %(day)s"),
}


class MappingForm(forms.Form):
    """One choice for each column and for each column of dates that can be read in two ways, of every sheet."""

    def __init__(self, data: Any = None, *, sheets: Sequence[Sketch]) -> None:
        super().__init__(data)
        self.sheets = sheets
        for no, sheet in enumerate(sheets):
            for n, column in enumerate(sheet.columns):
                self.fields[f"c-{no}-{n}"] = forms.ChoiceField(
                    label=column.heading, choices=CHOICES, required=False, initial=column.field
                )
            for n, date in enumerate(sheet.dates):
                self.fields[f"d-{no}-{n}"] = forms.ChoiceField(
                    label=_("Dates under %(heading)s: how should we read %(example)s?")
                    % {"heading": date.heading or _("departure and arrival"), "example": date.example},
                    choices=[
                        (order, ORDER_WORDS[order] % {"day": reading})
                        for order, reading in zip(ORDERS, date.readings, strict=False)
                    ],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose whether the day or the month comes first.")},
                )

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each sheet with its columns, their fields of this form, and its open dates."""
        return [
            {
                "sheet": sheet,
                "columns": [(column, self[f"c-{no}-{n}"]) for n, column in enumerate(sheet.columns)],
                "dates": [self[f"d-{no}-{n}"] for n, _date in enumerate(sheet.dates)],
            }
            for no, sheet in enumerate(self.sheets)
        ]

    def clean(self) -> dict[str, Any]:
        """No field twice in a sheet, and a name in each."""
        found = super().clean() or {}
        for no, sheet in enumerate(self.sheets):
            seen: dict[str, str] = {}
            for n, column in enumerate(sheet.columns):
                chosen = found.get(f"c-{no}-{n}", "")
                if chosen in seen and chosen not in {"", ASIDE}:
                    text = _("Column %(heading)s is already %(field)s. Choose it for one column only.")
                    self.add_error(f"c-{no}-{n}", text % {"field": FIELDS[chosen], "heading": seen[chosen]})
                seen.setdefault(chosen, column.heading)
            if not NAMES_OF_PERSONS & set(seen):
                raise ValidationError(_("Choose the column with the surname or the full name."))
        return found

    def kept(self) -> list[tuple[str, dict[str, str], dict[str, str]]]:
        """(signature, columns, orders) of each sheet, as far as they differ from what the headings say."""
        return [
            (
                sheet.signature,
                {
                    column.folded: chosen or ASIDE
                    for n, column in enumerate(sheet.columns)
                    if (chosen := self.cleaned_data[f"c-{no}-{n}"]) != column_of(column.heading) or not chosen
                },
                {date.folded: self.cleaned_data[f"d-{no}-{n}"] for n, date in enumerate(sheet.dates)},
            )
            for no, sheet in enumerate(self.sheets)
        ]
