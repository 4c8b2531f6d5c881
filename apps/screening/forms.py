"""Forms of the entry pages: one field for each thing, building the same subject that a program sends."""

import copy
import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.access.forms import ActorForm
from apps.screening import identities, queries, visibility
from apps.screening.actions import LONGEST_REASON, LONGEST_WHY
from apps.screening.matching import BadIdentity, prepare
from apps.screening.models import Entry, Instruction

SEXES = [("", _("Not known")), ("F", _("Female")), ("M", _("Male")), ("X", _("Unspecified (X)"))]
DOCUMENTS = [
    ("P", _("Passport")),
    ("I", _("Identity card")),
    ("ID", _("National identity number")),
    ("V", _("Visa")),
    ("A", _("Residence card")),
    ("C", _("Crew card")),
]
EVERYBODY, CHOSEN = "all", "chosen"
SCREENERS = [
    (EVERYBODY, _("All Member States and Associate Members")),
    (CHOSEN, _("Only the States that I choose below")),
]
AS_TOLD = ("", _("As chosen above: the owner and the JRCC, and the acting State if it may"))
QUALITIES = [
    ("", _("Not graded")),
    ("A", _("A: document number, or full name and birth date and one more")),
    ("B", _("B: full name and birth date")),
    ("C", _("C: full name and year or age")),
    ("D", _("D: part of a name, or another name alone")),
]
FIELD_OF = {
    "birth_date": "birth_date",
    "nationality": "nationality",
    "documents": "document_number",
    "aliases": "aliases",
    "sex": "sex",
}
"""Where a fault inside the subject is shown, by the first part of its pointer; the rest at the surname."""


class DayField(forms.DateField):
    """A day as it is written in files, too; may be left empty."""

    widget = forms.DateInput(format="%Y-%m-%d")
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the day as year, month and day, for example 2027-12-31.")
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


class SubjectForm(ActorForm):
    """What is known of a person, and what to do with it."""

    shown_at: ClassVar[dict[str, str]] = {"subject": "surname", "visibility": "screen_for"}

    surname = forms.CharField(label=_("Surname"), required=False, max_length=120)
    given_names = forms.CharField(label=_("Given names"), required=False, max_length=120)
    birth_date = forms.CharField(
        label=_("Date of birth"),
        required=False,
        max_length=10,
        help_text=_("1981-03-14, or 1981-03, or 1981 if no more is known"),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=SEXES)
    nationality = forms.CharField(
        label=_("Nationality"),
        required=False,
        max_length=40,
        help_text=_("three-letter codes with spaces between: JAM GBR"),
    )
    document_type = forms.ChoiceField(label=_("Document"), required=False, choices=DOCUMENTS, initial="P")
    document_number = forms.CharField(label=_("Document number"), required=False, max_length=40)
    document_issuer = forms.CharField(
        label=_("Issued by"), required=False, max_length=3, help_text=_("three-letter code of the issuing State")
    )
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("one on each line"),
    )
    instruction = forms.ChoiceField(
        label=_("Instruction to the officer"), choices=Instruction.choices, widget=forms.RadioSelect
    )
    screeners = forms.ChoiceField(
        label=_("Who may screen with this entry"), choices=SCREENERS, widget=forms.RadioSelect, initial=EVERYBODY
    )
    screen_for = StatesField(label=_("States"), required=False)
    functions = FunctionsField(
        label=_("Desks that may screen with it"), required=False, help_text=_("none chosen: all of them")
    )
    hit_visible_to = forms.ChoiceField(
        label=_("Who may be told of a hit"),
        choices=Entry.HitVisibleTo.choices,
        widget=forms.RadioSelect,
        initial=Entry.HitVisibleTo.OWNER_AND_ACTING,
    )
    reason_visible_to = forms.ChoiceField(
        label=_("Who may read the reason"),
        required=False,
        choices=[AS_TOLD, *Entry.ReasonVisibleTo.choices],
        widget=forms.RadioSelect,
        initial="",
    )
    quality = forms.ChoiceField(label=_("Quality"), required=False, choices=QUALITIES)
    valid_from = DayField(label=_("Valid from"), help_text=_("first day, for example 2027-01-31; empty: at once"))
    valid_until = DayField(
        label=_("Valid until"), help_text=_("last day, for example 2027-12-31; empty: until it is withdrawn")
    )
    review_on = DayField(
        label=_("Review due"),
        help_text=_("day on which you look again; empty: as late as the list allows"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {**_initial(row), **(kwargs.get("initial") or {})}
        super().__init__(*args, row=row, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Faults inside the subject, each at its own field."""
        data = super().clean() or self.cleaned_data
        if data.get("screeners") == CHOSEN and not data.get("screen_for"):
            self.add_error("screen_for", _("Choose at least one State."))
        if not self.errors:
            self._check_subject()
        return data

    def _check_subject(self) -> None:
        subject = self.subject()
        try:
            prepare(subject)
            identities.checked(subject)
        except BadIdentity as wrong:
            part = wrong.pointer.strip("/").split("/")
            at = "document_issuer" if part[-1] == "issuer" else FIELD_OF.get(part[0], "surname")
            self.add_error(at, wrong.message)
        except ValidationError as wrong:
            self.add_error("surname", wrong.message_dict["subject"])

    def subject(self) -> dict[str, Any]:
        """The IDENTITY: what the form shows, and of a stored one also what it cannot show (ranges, qualities)."""
        data, changed = self.cleaned_data, set(self.changed_data)
        subject = copy.deepcopy(self.row.subject) if self.row is not None else {}
        for name in {"surname", "given_names", "birth_date", "sex"} & changed:
            subject[name] = data[name].strip() or None
        if "nationality" in changed:
            subject["nationality"] = re.findall(r"[^\s,;]+", data["nationality"].upper())
        if "aliases" in changed:
            subject["aliases"] = _aliases(subject.get("aliases") or [], data["aliases"])
        if {"document_type", "document_number", "document_issuer"} & changed:
            subject["documents"] = self._documents(subject.get("documents") or [])
        return {key: value for key, value in subject.items() if value not in (None, [])}

    def _documents(self, before: list[Any]) -> list[Any]:
        data = self.cleaned_data
        number = data["document_number"].strip()
        issuer = data["document_issuer"].strip().upper() or None
        first = [{"type": data["document_type"], "number": number, "issuer": issuer}] if number else []
        return [*first, *before[1:]]

    def fields_of_entry(self) -> dict[str, Any]:
        """Input of the action, as the API takes it."""
        data = self.cleaned_data
        screen_for = "all" if data["screeners"] == EVERYBODY else data["screen_for"]
        return {
            "subject": self.subject(),
            "instruction": data["instruction"],
            "visibility": {
                "screen_for": screen_for,
                "functions": data["functions"] or "all",
                "hit_visible_to": data["hit_visible_to"],
                "reason_visible_to": data["reason_visible_to"] or None,
            },
            "valid_from": data["valid_from"],
            "valid_until": data["valid_until"],
            "review_on": data["review_on"],
            "quality": data["quality"],
            "reason": data["reason"],
        }


class NewEntryForm(SubjectForm):
    """A new entry in a list of the actor's party."""

    field_order = ("list", "reference")
    list = OwnListField(label=_("List"))
    reference = forms.CharField(
        label=_("Reference"), max_length=60, help_text=_("your own number, used once in the list")
    )

    def fields_of_entry(self) -> dict[str, Any]:
        """A subject without any name is a document."""
        fields = super().fields_of_entry()
        named = {"surname", "given_names", "aliases"} & set(fields["subject"])
        kind = Entry.Kind.PERSON if named else Entry.Kind.DOCUMENT
        return {**fields, "kind": kind, "list": self.cleaned_data["list"], "reference": self.cleaned_data["reference"]}


class ChangeEntryForm(SubjectForm):
    """A new version of an entry."""

    why = forms.CharField(
        label=_("Why it changes"), required=False, max_length=LONGEST_WHY, help_text=_("kept in the entry's history")
    )

    def fields_of_entry(self) -> dict[str, Any]:
        """With the reason of the change."""
        return {**super().fields_of_entry(), "why": self.cleaned_data["why"]}


def _aliases(before: list[Any], text: str) -> list[Any]:
    known = {identities.alias_line(alias): alias for alias in before}
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return [known.get(line, line) for line in lines if line]


def _initial(entry: Entry) -> dict[str, Any]:
    subject = entry.subject
    document: dict[str, Any] = next(iter(subject.get("documents") or []), {})
    birth = subject.get("birth_date")
    nationality = subject.get("nationality") or []
    return {
        "surname": subject.get("surname") or "",
        "given_names": subject.get("given_names") or "",
        "birth_date": birth if isinstance(birth, str) else "",
        "sex": subject.get("sex") or "",
        "nationality": nationality if isinstance(nationality, str) else " ".join(nationality),
        "document_type": document.get("type") or "P",
        "document_number": document.get("number") or "",
        "document_issuer": document.get("issuer") or "",
        "aliases": "\n".join(identities.alias_lines(subject)),
        "instruction": entry.instruction,
        "screeners": EVERYBODY if entry.screen_for is None else CHOSEN,
        "screen_for": entry.screen_for or [],
        "functions": entry.functions or [],
        "hit_visible_to": entry.hit_visible_to,
        "reason_visible_to": visibility.as_written(entry).get("reason_visible_to", ""),
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "review_on": entry.review_on,
        "quality": entry.quality,
        "reason": entry.reason,
    }


class ImportForm(ActorForm):
    """A file for a list, and how it is meant."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, JSON Lines, the United Nations' list (XML) or OFAC's SDN list (XML, CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl,.json,.txt,.xml,.zip"}),
        error_messages={
            "required": _("Choose the file that holds the list."),
            "empty": _("The file is empty. Choose the file that holds the list."),
        },
    )
    replaces = forms.BooleanField(
        label=_("The file is the whole list"),
        required=False,
        help_text=_("entries that it does not name are withdrawn; otherwise they stay as they are"),
    )
    instruction = forms.ChoiceField(
        label=_("Instruction of lines that state none"), choices=Instruction.choices, initial=Instruction.INFORM
    )

    def clean_file(self) -> Any:
        """Not larger than the portal reads in one piece."""
        file = self.cleaned_data["file"]
        if file.size > settings.LIST_LIMIT:
            raise ValidationError(
                _("The file has %(size)s MB, the limit is %(limit)s MB. Ask the operators to load it.")
                % {"size": -(-file.size // 2**20), "limit": settings.LIST_LIMIT // 2**20}
            )
        return file

    def sent(self) -> dict[str, Any]:
        """Input of the action."""
        data = self.cleaned_data
        return {
            "data": data["file"].read(),
            "file_name": data["file"].name,
            "replaces": data["replaces"],
            "instruction": data["instruction"],
        }
