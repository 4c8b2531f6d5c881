"""The day that a page shows, and the day by whose knowledge."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.region.actions.fields import DAY_FORMATS, FIRST_DAY

WRONG = _("Enter a date, for example 12 Feb 2008 or 2008-02-12.")


class DayInput(forms.DateInput):
    """A day shown as "12 Feb 2008", however it was written; what is no day stays as it was typed."""

    def format_value(self, value: Any) -> str | None:
        """The day in words."""
        try:
            day = datetime.date.fromisoformat(str(value or ""))
        except ValueError:
            return super().format_value(value)
        return f"{day.day} {day:%b %Y}"


def _day(label: Any) -> forms.DateField:
    said = {"invalid": WRONG}
    widget = DayInput(attrs={"size": 12})
    return forms.DateField(label=label, required=False, input_formats=DAY_FORMATS, widget=widget, error_messages=said)


class DaysForm(forms.Form):
    """Both days may stay empty: today, by present knowledge."""

    as_of = _day(pgettext_lazy("field, region", "As at"))
    known_at = _day(_("As known on"))

    def __init__(self, data: Any, *, today: datetime.date) -> None:
        super().__init__(data, auto_id="f_%s")
        self.today = today

    def clean_as_of(self) -> datetime.date | None:
        """Refuse a day before the Treaty."""
        day: datetime.date | None = self.cleaned_data["as_of"]
        if day is not None and day < FIRST_DAY:
            raise forms.ValidationError(_("The register begins on 4 Jul 1973. Enter that date or a later one."))
        return day

    @property
    def day(self) -> datetime.date:
        """The day to show."""
        return getattr(self, "cleaned_data", {}).get("as_of") or self.today

    @property
    def known(self) -> datetime.date | None:
        """The day by whose knowledge, None for the present one."""
        found: datetime.date | None = getattr(self, "cleaned_data", {}).get("known_at")
        return found
