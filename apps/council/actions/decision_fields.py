"""Fields of what is drafted and declared: a day, a list of numbers or codes, the text of a decision."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.council.rules import schedule


class DayField(forms.DateField):
    """A day, as 2026-12-31 or 31 Dec 2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Enter the day as 2026-12-31 or 31 Dec 2026.")})
        super().__init__(input_formats=["%Y-%m-%d", "%d %b %Y", "%d %B %Y"], **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        """The day; ValidationError for one at an end of the calendar."""
        day = super().to_python(value)
        if day is not None and not schedule.FIRST_DAY <= day <= schedule.LAST_DAY:
            raise ValidationError(_now("Enter a day between 1900 and 2999, for example 2026-12-31."))
        return day


class ListField(forms.JSONField):
    """Numbers or codes: a list over the API, "2, 3" as a person writes it."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """The list; ["2", "3"] for "2, 3"."""
        if isinstance(value, str) and value.strip() and not value.strip().startswith(("[", "{")):
            return [each for each in value.replace(",", " ").replace(";", " ").split() if each]
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, as it was typed."""
        return data

    def prepare_value(self, value: Any) -> Any:
        """A list as a person writes it."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


def text_fields(required: bool) -> dict[str, forms.Field]:
    """What the text of a decision is written in; a change leaves out what stays."""
    return {
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200, required=required),
        "preamble": forms.CharField(
            label=pgettext_lazy("field, council", "Preamble"),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        "clauses": forms.JSONField(
            label=pgettext_lazy("field, council", "Clauses"),
            required=required,
            help_text=_('[{"text", "addressees": [PARTY…] or "ALL_MEMBER_STATES", "due": "2026-12-31" or null}]'),
        ),
        "subject": forms.CharField(
            label=pgettext_lazy("field, council", "Subject"),
            max_length=30,
            required=False,
            help_text=_("System or programme, for example APIS, CISNET, CYBER"),
        ),
        "effective_on": DayField(
            label=_("In force from"), required=False, help_text=_("Leave empty for the day of adoption")
        ),
        "expires_on": DayField(
            label=pgettext_lazy("field, council", "Expires on"),
            required=False,
            help_text=_("Leave empty if it applies until superseded"),
        ),
        "csme_matter": forms.BooleanField(
            label=_("Single Market matter: States in arrears may vote (Article 27(2))"), required=False
        ),
        "critical": forms.BooleanField(
            label=_("Critical to national well-being: all must vote for it, abstentions aside (Article 29)"),
            required=False,
        ),
    }
