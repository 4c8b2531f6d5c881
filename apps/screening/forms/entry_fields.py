"""Fields of an entry's form: days, States, desks, lists, and those of the rows of which there may be several."""

import copy
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.screening import queries
from apps.screening.queries import subject_rows, visibility

OWN, CHOSEN, EVERYBODY = "own", "chosen", "all"
SCREENERS = [
    (CHOSEN, _("Only the States that I choose")),
    (EVERYBODY, _("All Member States and Associate Members")),
]


class DayField(forms.DateField):
    """A day as it is written in files, too; may be left empty."""

    widget = forms.DateInput(format="%Y-%m-%d")
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the date as year, month and day, for example 2027-12-31.")
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d"], **more)


class StatesField(forms.MultipleChoiceField):
    """All States as check boxes, Member States first; the actor's own State is ticked to begin with."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Any, row: Any) -> None:
        """The States of today."""
        parties = visibility.states()
        self.choices = [(party.code, party.short_name) for party in parties]
        if any(party.code == actor.party_code for party in parties):
            self.initial = [actor.party_code]


class ScreenersField(forms.ChoiceField):
    """Which States: one's own, which is the least that an entry can be open to, chosen ones, or all."""

    def scope(self, actor: Any, row: Any) -> None:
        """Bodies have no State of their own, so they choose."""
        own = next((party for party in visibility.states() if party.code == actor.party_code), None)
        own_only = [(OWN, pgettext("choice, screening", "Only %(state)s") % {"state": own.short_name})] if own else []
        self.choices = [*own_only, *SCREENERS]
        self.initial = OWN if own else CHOSEN


class FunctionsField(forms.MultipleChoiceField):
    """Functions of desks for which an entry can be opened, by their names."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Any, row: Any) -> None:
        """Those of the rules of today."""
        self.choices = queries.functions()


class OwnListField(forms.ChoiceField):
    """The open lists of the actor's own party."""

    def scope(self, actor: Any, row: Any) -> None:
        """By code."""
        self.choices = [(one.code, f"{one.code}: {one.name}") for one in queries.own_lists(actor)]


ROW_FIELDS: dict[str, forms.Field] = {
    "alias": forms.CharField(label=pgettext_lazy("field, screening", "Another name"), required=False, max_length=200),
    "alias_kind": forms.ChoiceField(
        label=pgettext_lazy("field, screening", "Kind of name"), required=False, choices=subject_rows.ALIAS_KINDS
    ),
    "birth_date": forms.CharField(
        label=_("Date of birth"),
        required=False,
        max_length=20,
        help_text=_("14 03 1981, or 1981-03, or 1981 if no more is known, or 1979-1983"),
    ),
    "document_type": forms.ChoiceField(
        label=pgettext_lazy("field, screening", "Document"), required=False, choices=subject_rows.DOCUMENTS, initial="P"
    ),
    "document_number": forms.CharField(
        label=pgettext_lazy("field, screening", "Document number"), required=False, max_length=40
    ),
    "document_issuer": forms.CharField(
        label=pgettext_lazy("field, screening", "Issued by"),
        required=False,
        max_length=3,
        help_text=_("three-letter code of the issuing State"),
    ),
    "document_expires": forms.CharField(
        label=pgettext_lazy("field, screening", "Expires"),
        required=False,
        max_length=10,
        validators=[RegexValidator(r"^\d{4}-\d{2}-\d{2}$", DayField.default_error_messages["invalid"])],
    ),
}
"""Fields of the rows of which there may be several."""


def row_field(field: str, row: int) -> forms.Field:
    """A field of one of the rows; those after the first are told apart by their number."""
    made = copy.deepcopy(ROW_FIELDS[field])
    if row:
        made.label = pgettext("a field of a further row, screening", "%(field)s %(n)d") % {
            **{"field": made.label, "n": row + 1}
        }
        made.help_text = ""
    return made
