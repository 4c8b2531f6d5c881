"""The editor of a draft: its own fields and a row for each clause."""

import copy
import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.forms import ActorForm, form_for_verb
from apps.access.templatetags.names import as_words
from apps.council.actions.decision_fields import DayField
from apps.council.models import AgendaItem, Clause, Meeting
from apps.council.queries import decisions as queries
from apps.council.queries import texts
from apps.council.queries.decision_words import RULES
from apps.council.rules import addressees
from apps.council.rules.titles import meeting_name

NAMED = "STATES"
PLAIN = ("clauses", "item", "meeting", "organ")
FIRST_ROWS = 2


def meeting_line(row: Meeting) -> str:
    """ "Fifth Meeting, CONSLE, 2008"."""
    words = {"meeting": meeting_name(row.number, row.kind), "organ": row.organ_id, "year": row.starts_at.year}
    return _now("%(meeting)s, %(organ)s, %(year)s") % words


def _item_name(row: AgendaItem) -> str:
    return f"{meeting_line(row.meeting)}: {row.position or '–'} {row.title}"


class _Draft(ActorForm):
    """The fields of a draft without its clauses, which are rows of their own."""

    def input(self) -> dict[str, Any]:
        """What the action takes of this form."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def _titled(form: forms.Form) -> None:
    form.fields["title"].required = True
    form.fields["title"].error_messages["required"] = _("Enter a title, for example “Contacts day and night”.")


class NewDecisionForm(_Draft):
    """A new draft: where it is to be decided, kind, title, preamble, dates."""

    item = forms.ChoiceField(label=pgettext_lazy("field, council", "Agenda item"), required=False)
    meeting = forms.ChoiceField(
        label=pgettext_lazy("field, council", "Meeting"),
        required=False,
        help_text=_("Only if it is not yet under an agenda item"),
    )
    organ = forms.ChoiceField(
        label=pgettext_lazy("field, council", "Organ"), required=False, help_text=_("For a decision taken in writing")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        declared = form_for_verb("decision.draft").base_fields
        for name, field in declared.items():
            if name not in PLAIN:
                self.fields[name] = copy.deepcopy(field)
        _titled(self)
        if self.actor is not None:
            self._offer(self.actor)

    def _offer(self, actor: Actor) -> None:
        items = queries.open_items(actor)
        seen = {row.meeting_id: row.meeting for row in items}
        later: dict[str, Any] = self.fields
        later["item"].choices = [
            ("", pgettext_lazy("words, council", "None")),
            *((str(row.pk), _item_name(row)) for row in items),
        ]
        later["meeting"].choices = [
            ("", _("None: decided in writing")),
            *((str(pk), meeting_line(row)) for pk, row in {**_coming(actor), **seen}.items()),
        ]
        organs = queries.organs(actor)
        first = [code for code in ("CONSLE",) if code in organs]
        later["organ"].choices = [(code, as_words(code)) for code in dict.fromkeys([*first, *organs])]


def _coming(actor: Actor) -> dict[Any, Meeting]:
    over = {"closed", "minutes_draft", "minutes_agreed", "cancelled"}
    return {row.pk: row for row in queries.meetings(actor) if row.state not in over}


class ReviseDecisionForm(_Draft):
    """A draft's own fields, filled with what stands."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, field in form_for_verb("decision.revise").base_fields.items():
            if name not in PLAIN:
                self.fields[name] = copy.deepcopy(field)
        _titled(self)

    def input(self) -> dict[str, Any]:
        """Everything: an emptied field is a change here."""
        return dict(self.cleaned_data)


class ClauseForm(forms.Form):
    """One clause: who must do what, by when."""

    number = forms.CharField(
        label=pgettext_lazy("field, council", "Number"),
        required=False,
        max_length=10,
        help_text=_("Leave empty to number by position"),
    )
    text = forms.CharField(
        label=pgettext_lazy("field, council", "Text"),
        max_length=texts.LONGEST_CLAUSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what must be done, or tick “Delete this clause”.")},
    )
    addressees = forms.ChoiceField(
        label=pgettext_lazy("field, council", "Addressed to"),
        choices=[*RULES.items(), (NAMED, pgettext_lazy("choice, council", "Selected States"))],
        initial="ALL_MEMBER_STATES",
    )
    states = forms.MultipleChoiceField(
        label=pgettext_lazy("field, council", "States"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due = DayField(label=pgettext_lazy("field, council", "Due"), required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("field, council", "Kind"), choices=Clause.Kind.choices, initial=Clause.Kind.ACTION
    )
    evidence = forms.CharField(
        label=pgettext_lazy("field, council", "Evidence required"),
        required=False,
        max_length=600,
        help_text=_("Separate several with semicolons"),
    )

    def __init__(self, *args: Any, states: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["states"].choices = list(states)
        kept = (self.initial or {}).get("addressees")
        rule = self.data.get(self.add_prefix("addressees"), kept) if self.is_bound else kept
        if rule and rule not in dict(fields["addressees"].choices) and _is_rule(rule):
            fields["addressees"].choices = [*fields["addressees"].choices, (rule, rule)]

    def clean(self) -> dict[str, Any]:
        """States are named where these States are addressed."""
        found = super().clean() or {}
        if found.get("addressees") == NAMED and not found.get("states"):
            self.add_error("states", _now("Tick the States that this clause addresses, or choose another addressee."))
        return found

    def written(self) -> dict[str, Any]:
        """The clause as the action takes it."""
        given = self.cleaned_data
        due: datetime.date | None = given["due"]
        rule = given["addressees"]
        return {
            "number": given["number"],
            "text": given["text"],
            "addressees": f"{NAMED}:{','.join(given['states'])}" if rule == NAMED else rule,
            "due": due.isoformat() if due else None,
            "kind": given["kind"],
            "evidence": [each.strip() for each in given["evidence"].split(";") if each.strip()],
        }


def _is_rule(text: str) -> bool:
    try:
        addressees.parse(text)
    except addressees.AddresseeError:
        return False
    return True


def of_clause(clause: Clause) -> dict[str, Any]:
    """A stored clause as a row of the editor shows it."""
    rule = clause.addressee_rule
    named = rule.removeprefix(f"{NAMED}:").split(",") if rule.startswith(f"{NAMED}:") else []
    return {
        "number": clause.number,
        "text": clause.text,
        "addressees": NAMED if named else rule,
        "states": named,
        "due": clause.due_on,
        "kind": clause.kind,
        "evidence": "; ".join(clause.evidence_required),
    }


class BaseClauses(BaseFormSet):  # type: ignore[type-arg]
    """The rows of the editor; a row that is ticked to be left out is not looked at."""

    deletion_widget = forms.CheckboxInput

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        # an untouched row is none, wherever it stands
        return super()._construct_form(i, empty_permitted=True, use_required_attribute=False, **kwargs)  # type: ignore[misc]

    def add_fields(self, form: Any, index: int | None) -> None:
        """The box by which a clause is left out."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this clause")

    def clean(self) -> None:
        """Each number stands once."""
        seen: set[str] = set()
        for place, form in enumerate(self.kept, 1):
            number = form.cleaned_data.get("number") or str(place)
            if number in seen:
                form.add_error("number", _now("Clause %(number)s appears twice.") % {"number": number})
            seen.add(number)

    @property
    def kept(self) -> list[Any]:
        """The rows that say something and are not left out, in their order."""
        return [form for form in self.staying if form.has_changed()]

    @property
    def staying(self) -> list[Any]:
        """The rows that are not ticked to be left out; asked before anything is judged, too."""
        return [form for form in self.forms if not as_typed(form)["DELETE"]]

    def written(self) -> list[dict[str, Any]]:
        """The clauses as the action takes them."""
        return [form.written() for form in self.kept]

    def put_faults(self, sentences: Iterable[str]) -> list[str]:
        """Show what the action refused at the row that its sentence names; what names none is given back."""
        rest = []
        for sentence in sentences:
            named = re.search(r"\d+", sentence)
            place = int(named[0]) if named else 0
            if 1 <= place <= len(self.kept):
                self.kept[place - 1].add_error(_field_of(sentence), sentence)
            else:
                rest.append(sentence)
        return rest


def _field_of(sentence: str) -> str:
    head = sentence.partition(":")[0]
    if "addressees" in head:
        return "addressees"
    return "due" if ", due" in head else "text"


Clauses = formset_factory(
    ClauseForm,
    formset=BaseClauses,
    extra=0,
    can_delete=True,
    max_num=texts.MOST_CLAUSES,
    absolute_max=texts.MOST_CLAUSES + 1,
)


class TranslationForm(ActorForm):
    """A translation: language, title, preamble, and a field for each clause with the English text above it."""

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, field in form_for_verb("decision.translate").base_fields.items():
            if name != "clauses":
                self.fields[name] = copy.deepcopy(field)
        self.numbers = {f"clause_{place}": one.number for place, one in enumerate(clauses)}
        for (name, number), one in zip(self.numbers.items(), clauses, strict=True):
            self.fields[name] = forms.CharField(
                label=pgettext_lazy("field, council", "Clause %(number)s") % {"number": number},
                help_text=one.text,
                max_length=texts.LONGEST_CLAUSE,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _now("Translate every clause.")},
            )

    def input(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        given["clauses"] = {number: given.pop(name) for name, number in self.numbers.items()}
        return given


def as_typed(form: Any) -> dict[str, Any]:
    """What stands in the fields of a bound form, whether it is right or wrong."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def one_more(clauses: Any, states: list[tuple[str, str]]) -> Any:
    """The rows as typed, without those left out, and an empty one behind; nothing is judged yet."""
    typed = [as_typed(form) for form in clauses.staying]
    return Clauses(initial=[*typed, {}], prefix=clauses.prefix, form_kwargs={"states": states})


def put_faults(form: Any, clauses: Any, wrong: ValidationError) -> None:
    """Show what the action refused where it was typed."""
    faults = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
    for name, sentences in faults.items():
        rest = clauses.put_faults(sentences) if name == "clauses" else sentences
        for sentence in rest:
            form.add_error(name if name in form.fields else None, sentence)
