"""Input of the actions on persons and things."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.entities.queries import sources, words
from apps.entities.rules.identifiers import BadValue, Normal, normal
from apps.rifc.actions.fields import Terms, moment_field
from apps.rifc.models import Paragraph

LONGEST_REASON = 300
EARLIEST = datetime.date(1900, 1, 1)


class OfType(forms.ChoiceField):
    """A field that an entity's type has; for a new entity any, which the action then compares with the type."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the fields of the entity's type."""
        found = words.fields(getattr(row, "type", "") or "")
        self.choices = [(code, one["label"]) for code, one in found.items()]


def rests_on() -> dict[str, forms.Field]:
    """By what every statement names its paragraph, and who is to see it."""
    return {
        "report": forms.UUIDField(
            label=pgettext_lazy("field, entities", "Report"), help_text=pgettext_lazy("field, entities", "report ID")
        ),
        "paragraph": forms.UUIDField(
            label=pgettext_lazy("field, entities", "Paragraph"),
            help_text=pgettext_lazy("field, entities", "paragraph ID"),
        ),
        "kept": forms.BooleanField(
            label=_("For our desk only"),
            required=False,
            help_text=_("otherwise everyone who sees the paragraph sees the statement"),
        ),
    }


def period() -> dict[str, forms.Field]:
    """From when to when something holds."""
    return {
        "from_on": forms.DateField(
            label=pgettext_lazy("field, entities", "From"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        "to_on": forms.DateField(
            label=pgettext_lazy("field, entities", "Until"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
    }


def fact_fields() -> dict[str, forms.Field]:
    """The input of a fact."""
    return {
        **rests_on(),
        "field": OfType(label=pgettext_lazy("words, entities", "Fact")),
        "value": forms.CharField(label=pgettext_lazy("field, entities", "Value"), max_length=500),
        **period(),
    }


def link_fields() -> dict[str, forms.Field]:
    """The input of a link."""
    return {
        **rests_on(),
        "type": Terms("link_type", label=_("Type of link")),
        "to": forms.UUIDField(label=pgettext_lazy("field, entities", "To"), help_text=_("ID of the other entity")),
        **period(),
    }


def sighting_fields() -> dict[str, forms.Field]:
    """The input of a sighting."""
    return {
        **rests_on(),
        "at": moment_field(pgettext_lazy("words, entities", "When (UTC)")),
        "precision": forms.ChoiceField(
            label=pgettext_lazy("field, entities", "Precision"),
            choices=[
                ("exact", _("To the minute")),
                ("hour", pgettext_lazy("choice, entities", "Hour")),
                ("day", pgettext_lazy("choice, entities", "Day")),
                ("month", pgettext_lazy("choice, entities", "Month")),
                ("year", pgettext_lazy("choice, entities", "Year")),
                ("unknown", pgettext_lazy("choice, entities", "Not known")),
            ],
        ),
        "place": forms.CharField(label=_("Place in words"), required=False, max_length=200),
        "position": forms.CharField(
            label=pgettext_lazy("field, entities", "Position"),
            required=False,
            max_length=80,
            help_text=_("13.09, -59.61 ±500: degrees and metres"),
        ),
        "count": forms.IntegerField(
            label=pgettext_lazy("field, entities", "Times"), required=False, min_value=1, max_value=1000
        ),
    }


def paragraph_of(actor: Actor, report: Any, paragraph: Any) -> Paragraph:
    """The paragraph of the input; ValidationError for none that the actor sees."""
    found = sources.paragraph(actor, report, paragraph)
    if found is None:
        raise ValidationError({"paragraph": _now("You can see no paragraph with this ID in this report.")})
    return found


def checked(field: str, value: str, of_type: str) -> tuple[dict[str, Any], Normal]:
    """(the field, the value in its one form); ValidationError at `field` or `value`."""
    known = words.fields(of_type).get(field)
    if known is None:
        raise ValidationError(
            {
                "field": _now("A %(type)s has no field %(field)s.")
                % {"type": words.type_of(of_type)["label"].lower(), "field": field}
            }
        )
    try:
        return known, normal(known["form"], value)
    except BadValue as wrong:
        raise ValidationError({"value": _now(str(wrong))}) from wrong


def checked_period(from_on: datetime.date | None, to_on: datetime.date | None) -> None:
    """ValidationError for days out of order or out of the calendar."""
    if from_on and to_on and to_on < from_on:
        raise ValidationError({"to_on": _now("The end is before the start. Correct one of the two.")})
    for name, day in (("from_on", from_on), ("to_on", to_on)):
        if day and not EARLIEST <= day <= datetime.date(2100, 1, 1):
            raise ValidationError({name: _now("Enter a date from 1900 to 2100.")})
