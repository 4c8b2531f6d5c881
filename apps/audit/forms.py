"""The filters of the audit: the same for the page, its CSV and the API."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit import queries
from apps.audit.models import AuditRecord

DAY_FORMATS = ["%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%Y-%m-%d"]
OUTCOMES = [
    ("", pgettext_lazy("words, audit", "Any")),
    ("done", pgettext_lazy("outcome, audit", "Done")),
    ("refused", pgettext_lazy("words, audit", "Refused")),
    ("read", pgettext_lazy("outcome, audit", "Read")),
]
SEATS = [("", pgettext_lazy("words, audit", "Any")), ("1", pgettext_lazy("words, audit", "Emergency access"))]
MISTYPED = _("Enter a date, for example 12 Feb 2008.")


def day_field(label: Any) -> forms.DateField:
    """A day as people here write it; day before month."""
    return forms.DateField(label=label, required=False, input_formats=DAY_FORMATS, error_messages={"invalid": MISTYPED})


class RecordFilter(forms.Form):
    """What to show of the audit. `narrow` applies it; the filters are also the words above the list."""

    since = day_field(pgettext_lazy("field, audit", "From"))
    until = day_field(pgettext_lazy("words, audit", "To"))
    person = forms.CharField(label=pgettext_lazy("field, audit", "Username"), max_length=150, required=False)
    desk = forms.CharField(label=pgettext_lazy("field, audit", "Desk"), max_length=40, required=False)
    verb = forms.CharField(label=pgettext_lazy("field, audit", "Action"), max_length=60, required=False)
    outcome = forms.ChoiceField(label=pgettext_lazy("field, audit", "Outcome"), required=False, choices=OUTCOMES)
    object_id = forms.CharField(label=pgettext_lazy("field, audit", "Object"), max_length=40, required=False)
    party = forms.CharField(label=pgettext_lazy("field, audit", "Acting party"), max_length=8, required=False)
    owner_party = forms.CharField(label=_("Owner of the record"), max_length=8, required=False)
    emergency = forms.ChoiceField(label=_("Type of access"), required=False, choices=SEATS)
    object_type = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    others = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="f-%s")

    def chosen(self) -> dict[str, str]:
        """The filters of the address that hold something, as they were typed."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def narrow(self, rows: Any, reader: Any) -> Any:
        """Rows that match. Call it when the form is valid."""
        wanted = self.cleaned_data
        same = ("desk", "verb", "outcome", "object_id", "object_type", "party", "owner_party")
        rows = rows.filter(**{name: wanted[name] for name in same if wanted[name]})
        if wanted["person"]:
            rows = rows.filter(queries.of_person(reader, wanted["person"]))
        if wanted["others"]:
            rows = rows.filter(owner_party=reader.party_code).exclude(party=reader.party_code)
        if wanted["emergency"]:
            rows = rows.filter(detail__contains={"emergency": True})
        if wanted["since"]:
            rows = rows.filter(at__gte=midnight(wanted["since"], reader.time_zone))
        if wanted["until"] and wanted["until"] < datetime.date.max:
            rows = rows.filter(at__lt=midnight(wanted["until"] + datetime.timedelta(days=1), reader.time_zone))
        return rows


def midnight(day: datetime.date, zone: str) -> datetime.datetime:
    """The moment at which a day begins at a place."""
    return datetime.datetime.combine(day, datetime.time(), ZoneInfo(zone or "UTC"))


def narrowed(params: Any, reader: Any) -> Any:
    """Rows that the reader may see and that the parameters ask for; ValidationError by field."""
    form = RecordFilter(params)
    if not form.is_valid():
        raise ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return form.narrow(AuditRecord.objects.visible_to(reader), reader)
