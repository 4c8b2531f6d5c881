"""Input that several acts of the register share."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.files.forms import UploadField

DAY_FORMATS = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y"]
FIRST_DAY = datetime.date(1973, 7, 4)
"""Signature of the Treaty of Chaguaramas: nothing in the register is older."""
AHEAD = datetime.timedelta(days=366)
"""How far ahead a step may be dated, for example a withdrawal with notice."""
DOCUMENTS = ("pdf", "docx", "odt", "jpg", "png")


class DayField(forms.DateField):
    """A day, as 2008-02-12 or 12 Feb 2008, not before the Treaty and at most a year ahead."""

    def __init__(self, **more: Any) -> None:
        said = {
            "required": gettext_lazy("Enter the date, for example 12 Feb 2008."),
            "invalid": gettext_lazy("Enter a date, for example 12 Feb 2008 or 2008-02-12."),
        }
        widget = forms.DateInput(attrs={"size": 12})
        super().__init__(input_formats=DAY_FORMATS, error_messages=said, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        """The day; ValidationError where it cannot be one of the register."""
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= datetime.datetime.now(datetime.UTC).date() + AHEAD:
            raise ValidationError(_("Enter a date from 4 Jul 1973 to one year ahead."))
        return day


def line(label: Any, wanted: Any = "", *, most: int = 120, hint: Any = "") -> forms.CharField:
    """A line of text; `wanted` is the sentence for an empty one, without it the line may stay empty."""
    said = {"required": wanted} if wanted else {}
    return forms.CharField(label=label, max_length=most, required=bool(wanted), help_text=hint, error_messages=said)


def reason(label: Any, wanted: Any, *, required: bool = True) -> forms.CharField:
    """A few sentences; `wanted` says what to write."""
    widget = forms.Textarea(attrs={"rows": 3})
    said = {"required": wanted}
    return forms.CharField(label=label, max_length=500, required=required, widget=widget, error_messages=said)


def document(label: Any = "") -> UploadField:
    """Evidence: a file that shows it. Seen by the State itself, the body that keeps the system, and the Secretariat."""
    return UploadField(label=label or pgettext_lazy("field, region", "Document"), kinds=DOCUMENTS, required=False)
