"""Forms of the entry pages: one field for each thing, building the same subject that a program sends."""

import copy
import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.forms import ActorForm
from apps.screening.actions import LONGEST_REASON, LONGEST_WHY
from apps.screening.forms.entry_fields import (
    CHOSEN,
    EVERYBODY,
    OWN,
    DayField,
    FunctionsField,
    OwnListField,
    ScreenersField,
    StatesField,
    row_field,
)
from apps.screening.matching import BadIdentity, prepare
from apps.screening.models import Entry, Instruction
from apps.screening.queries import consequences, identities, subject_rows, visibility

SEXES = [
    ("", pgettext_lazy("words, screening", "Not known")),
    ("F", pgettext_lazy("words, screening", "Female")),
    ("M", pgettext_lazy("words, screening", "Male")),
    ("X", pgettext_lazy("words, screening", "Unspecified (X)")),
]
AS_TOLD = ("", _("As chosen above: the owner, the JRCC and, if allowed, the acting State"))
QUALITIES = [
    ("", pgettext_lazy("words, screening", "Not graded")),
    ("A", _("A: document number, or full name, date of birth and one more detail")),
    ("B", _("B: full name and date of birth")),
    ("C", _("C: full name and year of birth or age")),
    ("D", _("D: part of a name, or another name only")),
]
KIND_OF = {part: kind for kind, part in subject_rows.PARTS.items()}
"""Rows in which a fault inside the subject is shown, by the first part of its pointer."""


FOLDED = ("functions", "reason_visible_to", "quality", "valid_from", "review_on")
"""Fields that few entries need."""


class SubjectForm(ActorForm):
    """What is known of a person, and what to do with it."""

    shown_at: ClassVar[dict[str, str]] = {"subject": "surname", "visibility": "screen_for"}

    surname = forms.CharField(label=pgettext_lazy("field, screening", "Surname"), required=False, max_length=120)
    given_names = forms.CharField(
        label=pgettext_lazy("field, screening", "Given names"), required=False, max_length=120
    )
    sex = forms.ChoiceField(label=pgettext_lazy("field, screening", "Sex"), required=False, choices=SEXES)
    nationality = forms.CharField(
        label=pgettext_lazy("field, screening", "Nationality"),
        required=False,
        max_length=40,
        help_text=_("three-letter codes with spaces between: JAM GBR"),
    )
    instruction = forms.ChoiceField(
        label=_("Instruction to the officer"), choices=Instruction.choices, widget=forms.RadioSelect
    )
    screeners = ScreenersField(label=_("Who may screen with this entry"), widget=forms.RadioSelect)
    screen_for = StatesField(label=pgettext_lazy("field, screening", "States"), required=False)
    functions = FunctionsField(
        label=_("Desks that may screen with it"), required=False, help_text=_("leave empty for all")
    )
    hit_visible_to = forms.ChoiceField(
        label=_("Who may be notified of a hit"),
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
    quality = forms.ChoiceField(label=pgettext_lazy("field, screening", "Quality"), required=False, choices=QUALITIES)
    valid_from = DayField(
        label=pgettext_lazy("field, screening", "Valid from"),
        help_text=_("first day, for example 2027-01-31; leave empty to start at once"),
    )
    valid_until = DayField(
        label=pgettext_lazy("field, screening", "Valid until"),
        help_text=_("last day, for example 2027-12-31; leave empty for no end date"),
    )
    review_on = DayField(
        label=pgettext_lazy("field, screening", "Review due"),
        help_text=_("date of the next review; leave empty for the latest the list allows"),
    )
    reason = forms.CharField(
        label=pgettext_lazy("field, screening", "Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, row: Any = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {**_initial(row), **(kwargs.get("initial") or {})}
        super().__init__(data, row=row, **kwargs)
        self.known = copy.deepcopy(row.subject) if row is not None else {}
        self.asks = data is None or not {"add", "count"} & set(data)
        self.counts = {kind: self._count(kind) for kind in subject_rows.FIELDS}
        for kind, count in self.counts.items():
            stored = subject_rows.stored_in(self.known, kind)
            for n in range(count):
                values = subject_rows.as_typed(kind, stored[n]) if n < len(stored) else ()
                for at, field in enumerate(subject_rows.FIELDS[kind]):
                    name = subject_rows.name_of(field, n)
                    self.fields[name] = row_field(field, n)
                    if at < len(values):
                        self.initial[name] = values[at]

    def _count(self, kind: str) -> int:
        """How many rows of a kind the form shows: those posted or stored, and one more where one was asked for."""
        if not self.is_bound:
            return max(1, min(subject_rows.MOST[kind], len(subject_rows.stored_in(self.known, kind))))
        more = self.data.get("add") == kind
        return min(subject_rows.MOST[kind], subject_rows.rows_in(kind, self.data) + more)

    def full_clean(self) -> None:
        """Nothing, where only a row was asked for, or what would follow was to be counted."""
        if self.asks:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of each kind with their fields, and whether one more may be asked for."""
        return {
            kind: {
                "kind": kind,
                "rows": [
                    [self[subject_rows.name_of(field, n)] for field in subject_rows.FIELDS[kind]] for n in range(count)
                ],
                "more": count < subject_rows.MOST[kind],
                "kept": max(0, len(subject_rows.stored_in(self.known, kind)) - subject_rows.MOST[kind]),
            }
            for kind, count in self.counts.items()
        }

    def clean(self) -> dict[str, Any]:
        """Faults inside the subject, each at its own field."""
        data = super().clean() or self.cleaned_data
        if data.get("screeners") == CHOSEN and not data.get("screen_for"):
            self.add_error("screen_for", _("Choose at least one State."))
        if not visibility.compared(data.get("functions") or None):
            self.add_error("functions", visibility.IDLE_DESKS)
        if not self.errors:
            self._check_subject()
        return data

    def _check_subject(self) -> None:
        subject = self.subject()
        try:
            prepare(subject)
            identities.check_subject(subject)
        except BadIdentity as wrong:
            self.add_error(self._place_of(wrong.pointer), wrong.message)
        except ValidationError as wrong:
            self.add_error("surname", wrong.message_dict["subject"])

    def _place_of(self, pointer: str) -> str:
        """The field of what a pointer into the subject names: rows that are empty do not count there."""
        part, *rest = pointer.strip("/").split("/")
        kind = KIND_OF.get(part)
        if kind is None:
            return part if part in self.fields else "surname"
        at = int(rest[0]) if rest and rest[0].isdecimal() else 0
        filled = self._filled(kind)
        field = "document_issuer" if rest and rest[-1] == "issuer" else subject_rows.ASKED[kind]
        return subject_rows.name_of(field, filled[at] if at < len(filled) else 0)

    def _filled(self, kind: str) -> list[int]:
        """The rows of a kind in which something was typed."""
        asked = subject_rows.ASKED[kind]
        return [n for n in range(self.counts[kind]) if self.cleaned_data[subject_rows.name_of(asked, n)].strip()]

    def subject(self) -> dict[str, Any]:
        """The IDENTITY: what the form shows, and of a stored one also what it cannot show (further details)."""
        data, changed = self.cleaned_data, set(self.changed_data)
        subject = copy.deepcopy(self.known)
        for name in {"surname", "given_names", "sex"} & changed:
            subject[name] = data[name].strip() or None
        if "nationality" in changed:
            subject["nationality"] = re.findall(r"[^\s,;]+", data["nationality"].upper())
        for kind, fields in subject_rows.FIELDS.items():
            names = {subject_rows.name_of(field, n) for field in fields for n in range(self.counts[kind])}
            if names & changed:
                subject_rows.put_rows(subject, kind, self._items(kind))
        return {key: value for key, value in subject.items() if value not in (None, [])}

    def _items(self, kind: str) -> list[Any]:
        stored = subject_rows.stored_in(self.known, kind)
        found = []
        for n in self._filled(kind):
            typed = [self.cleaned_data[subject_rows.name_of(field, n)].strip() for field in subject_rows.FIELDS[kind]]
            found.append(subject_rows.as_stored(kind, typed, stored[n] if n < len(stored) else None))
        return found

    @property
    def has_more(self) -> bool:
        """Whether something stands or is wrong in the fields that are folded away."""
        return any(self[name].errors or self[name].value() for name in FOLDED)

    @property
    def screen_for_said(self) -> list[str] | None:
        """The States that the form opens the entry to as it stands, checked or not; None is all."""
        said = self["screeners"].value()
        if said == OWN:
            return [self.actor.party_code] if self.actor else []
        return None if said == EVERYBODY else [str(code) for code in self["screen_for"].value() or []]

    def reach(self) -> consequences.Reach:
        """What would follow from the form as it stands."""
        return consequences.reach_of(
            self.actor,
            screen_for=self.screen_for_said,
            functions=self["functions"].value() or None,
            hit_visible_to=self["hit_visible_to"].value() or "",
            instruction=self["instruction"].value() or "",
        )

    def fields_of_entry(self) -> dict[str, Any]:
        """Input of the action, as the API takes it."""
        data = self.cleaned_data
        chosen = {OWN: [self.actor.party_code if self.actor else ""], EVERYBODY: "all"}
        screen_for = chosen.get(data["screeners"], data["screen_for"])
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
    list = OwnListField(label=pgettext_lazy("field, screening", "List"))
    reference = forms.CharField(
        label=pgettext_lazy("field, screening", "Reference"),
        max_length=60,
        help_text=_("your own number, used once in the list"),
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


def _screeners(entry: Entry) -> str:
    if entry.screen_for is None:
        return EVERYBODY
    return OWN if entry.screen_for == [entry.originator_id] else CHOSEN


def _initial(entry: Entry) -> dict[str, Any]:
    subject = entry.subject
    nationality = subject.get("nationality") or []
    return {
        "surname": subject.get("surname") or "",
        "given_names": subject.get("given_names") or "",
        "sex": subject.get("sex") or "",
        "nationality": nationality if isinstance(nationality, str) else " ".join(nationality),
        "instruction": entry.instruction,
        "screeners": _screeners(entry),
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
        label=pgettext_lazy("field, screening", "File"),
        help_text=_("CSV, JSON Lines, the United Nations' list (XML) or OFAC's SDN list (XML, CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.jsonl,.json,.txt,.xml,.zip"}),
        error_messages={
            "required": _("Choose the file that contains the list."),
            "empty": _("The file is empty. Choose another file."),
        },
    )
    replaces = forms.BooleanField(
        label=_("The file replaces the whole list"),
        required=False,
        help_text=_("entries not in the file are withdrawn; otherwise they stay unchanged"),
    )
    instruction = forms.ChoiceField(
        label=_("Instruction for lines without one"), choices=Instruction.choices, initial=Instruction.INFORM
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
