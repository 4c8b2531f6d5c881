"""Input of the acts on State actions: choices narrowed to the action and to the day."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.council.actions.decision_fields import DayField
from apps.council.queries.membership import day_of
from apps.files.forms import UploadField
from apps.impacs.models import Evidence, StateAction
from apps.impacs.obligations.queries import action_parts
from apps.impacs.queries import lists
from apps.people.models import Party

KINDS = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "jpg", "png")
LONGEST_TEXT = 6000


def today(actor: Actor) -> datetime.date:
    """The day where the actor is."""
    return day_of(timezone.now(), actor.time_zone)


def today_on(actor: Actor, row: StateAction) -> datetime.date:
    """The day where the actor is; in the evening in which an obligation began further east, the day on which it did."""
    return max(today(actor), min(row.starts_on, timezone.now().date()))


def text_field(
    label: Any, *, required: bool = True, missing: Any = None, rows: int = 4, **more: Any
) -> forms.CharField:
    """Some sentences; `missing` says what to write when nothing was."""
    words = {"required": missing} if missing else {}
    area = forms.Textarea(attrs={"rows": rows})
    more.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(label=label, required=required, widget=area, error_messages=words, **more)


class TermChoice(forms.ChoiceField):
    """A word of a code list, as it can be chosen today."""

    def __init__(self, name: str, **more: Any) -> None:
        self.list_name = name
        super().__init__(**more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the list."""
        found = lists.terms(self.list_name, timezone.now().date())
        self.choices = found if self.required else [("", "–"), *found]


class DemandChoice(forms.ChoiceField):
    """Which of the clause's demands a proof answers."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the demands of the action's clause; with a single one it is that."""
        action = getattr(row, "action", row)
        demands = list(action.clause.evidence_required) if action is not None else []
        self.choices = [("", _("None of those in the clause")), *((one, one) for one in demands)]
        self.initial = demands[0] if len(demands) == 1 else ""


class StepsField(forms.MultipleChoiceField):
    """Steps of the action; ticked ones are done."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the live steps, ticked as they are."""
        steps = action_parts.live_steps(row)
        self.choices = [(str(step.pk), step.title) for step in steps]
        self.initial = [str(step.pk) for step in steps if step.done_on]


class StepBoxes(forms.CheckboxSelectMultiple):
    """Boxes that tell none ticked from not asked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:
        """What is ticked; None where the field was not sent at all."""
        sent = super().value_from_datadict(data, files, name) if name in data else None
        return None if sent is None else [value for value in sent if value]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The boxes, and a field that is always sent."""
        return format_html('<input type="hidden" name="{}">{}', name, super().render(name, value, attrs, renderer))


class TickedSteps(StepsField):
    """Steps that may be ticked with something else: None leaves them as they are."""

    widget = StepBoxes

    def to_python(self, value: Any) -> Any:
        """The keys of the ticked steps."""
        return None if value is None else super().to_python(value)

    def validate(self, value: Any) -> None:
        """Steps of this action alone."""
        if value is not None:
            super().validate(value)


class StepChoice(forms.ChoiceField):
    """One of the live steps."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them."""
        self.choices = [(str(step.pk), step.title) for step in action_parts.live_steps(row)]


class DifficultyChoice(forms.ChoiceField):
    """One of the difficulties that stand."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them, the oldest first."""
        found = [
            (str(one.pk), f"{one.get_severity_display()}: {one.text[:80]}")
            for one in action_parts.open_difficulties(row)
        ]
        self.choices = found if self.required else [("", "–"), *found]


class ProgressField(forms.IntegerField):
    """Per cent done, asked only where no steps say it."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Ticked steps decide, if there are any."""
        if row is not None and action_parts.has_steps(row):
            self.required = False
            self.help_text = _("Progress is calculated from your steps; this number is not used.")
        elif row is not None:
            self.initial = row.progress


class DeskChoice(forms.ChoiceField):
    """A desk of the same State, or the ministry."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the State's desks."""
        desks = lists.list_state_desks(row.party_id) if row is not None else []
        self.choices = [("", _("The ministry itself")), *((code, f"{name} ({code})") for code, name in desks)]


class SeatChoice(forms.ChoiceField):
    """Somebody who works at a desk of the same State."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them, by desk."""
        people = lists.seats_of_state(row.party_id) if row is not None else []
        self.choices = [("", _("No one in particular")), *people]


class StatesField(forms.MultipleChoiceField):
    """Member States by code: a list over the API, ticks on a page."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer all Member States but one's own, in roll-call order."""
        rows = Party.objects.visible_to(actor).filter(periods__kind=Party.Kind.MEMBER_STATE).distinct()
        rows = rows.exclude(pk=actor.party_code if actor else "").order_by("roll_call_order", "name")
        self.choices = [(party.code, party.short_name) for party in rows]


def evidence_fields(*, required: bool = True) -> dict[str, forms.Field]:
    """What is said of a proof. `required=False` for an act that may bring one along."""
    return {
        "kind": TermChoice(lists.EVIDENCE, label=_("Kind of evidence"), required=required),
        "requirement": DemandChoice(label=pgettext_lazy("field, impacs", "Requirement met"), required=False),
        "title": forms.CharField(
            label=pgettext_lazy("field, impacs", "Title"),
            max_length=200,
            required=required,
            error_messages={
                "required": _("Enter a title for the evidence, for example: Act 12 of 2026, Official Gazette.")
            },
        ),
        "issued_on": DayField(
            label=pgettext_lazy("field, impacs", "Issued on"), required=required, help_text=_("For example 30 Jun 2026")
        ),
        "authority": forms.CharField(
            label=pgettext_lazy("field, impacs", "Issued by"),
            max_length=200,
            required=required,
            error_messages={"required": _("Enter who issued it, for example: Ministry of National Security.")},
        ),
        "file": UploadField(label=pgettext_lazy("field, impacs", "File"), required=False, kinds=KINDS),
        "citation": forms.CharField(
            label=_("Or where to find it"),
            max_length=500,
            required=False,
            help_text=_("If there is no file: gazette and page, or address of a public register"),
        ),
        "valid_until": DayField(
            label=pgettext_lazy("field, impacs", "Valid until"),
            required=False,
            help_text=_("Leave empty if it does not expire"),
        ),
        "audience": forms.ChoiceField(
            label=_("Who may read it"),
            choices=Evidence.Audience.choices,
            required=False,
            help_text=_("From submission on. Others see only the status."),
        ),
        "named": StatesField(label=_("States we choose"), required=False),
    }


def checked_evidence(fields: dict[str, Any], day: datetime.date, *, has_file: bool = False) -> dict[str, Any]:
    """What was said of a proof as columns; ValidationError at each field that does not fit the others."""
    wrong = {}
    if not fields.get("file") and not fields.get("citation") and not has_file:
        wrong["file"] = _now("Attach the file, or enter where the evidence can be found.")
    issued, until = fields.get("issued_on"), fields.get("valid_until")
    if issued and issued > day:
        wrong["issued_on"] = _now("This day is in the future. Enter the day of issue.")
    if issued and until and until < issued:
        wrong["valid_until"] = _now("It cannot expire before it was issued. Enter a later day, or leave it empty.")
    audience, named = fields.get("audience") or Evidence.Audience.STATE_AND_IMPACS, list(fields.get("named") or [])
    if audience == Evidence.Audience.NAMED and not named:
        wrong["named"] = _now("Tick at least one State, or choose other readers.")
    if wrong:
        raise ValidationError(wrong)
    kept = {name: fields[name] for name in ("kind", "requirement", "title", "issued_on", "authority", "citation")}
    named = named if audience == Evidence.Audience.NAMED else []
    return {**kept, "valid_until": until, "audience": audience, "named": named}
