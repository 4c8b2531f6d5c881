"""What stands in a State's way, and the help that it asks for."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.council.actions.decision_fields import DayField
from apps.impacs import policy
from apps.impacs.models import AssistanceRequest, Difficulty, StateAction
from apps.impacs.obligations.actions.fields import DifficultyChoice, TermChoice, text_field, today, today_on
from apps.impacs.obligations.actions.state_work import WORKED_ENDS, begin
from apps.impacs.obligations.queries import action_parts
from apps.impacs.queries import lists
from apps.people.queries import desk_ids

A = AssistanceRequest.State
AGENCY = ("IMPACS.secretariat", "IMPACS.automation")


@action(
    "state_action.declare_difficulty",
    model=StateAction,
    label=_("Report a difficulty"),
    done=_("Declared a difficulty"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "severity": forms.ChoiceField(
            label=pgettext_lazy("field, impacs", "Severity"),
            choices=[
                ("MINOR", _("Minor: slows us down")),
                ("MAJOR", _("Major: puts the due date at risk")),
                ("CRITICAL", _("Critical: work has stopped")),
            ],
            help_text=_("All States see its severity and kind."),
        ),
        "kind": TermChoice(lists.DIFFICULTY, label=pgettext_lazy("field, impacs", "Kind")),
        "text": text_field(
            _("Describe the difficulty"),
            missing=_("Describe the difficulty, for example: The Dutch text has not arrived."),
            help_text=_("Your State, IMPACS and the Secretariat can read this."),
        ),
        "since": DayField(
            label=pgettext_lazy("field, impacs", "Since"), required=False, help_text=_("Leave empty for today")
        ),
    },
)
def declare_difficulty(
    actor: Actor, row: StateAction, *, severity: str, kind: str, text: str, since: datetime.date | None = None
) -> StateAction:
    """Say what stands in the way; it colours the status until it is cleared."""
    latest = today_on(actor, row)
    day = since or latest
    if day > latest:
        raise ValidationError({"since": _now("This day is in the future. Enter today or an earlier day.")})
    if day < row.starts_on:
        raise ValidationError({"since": _now("The obligation began after this day. Enter a later one.")})
    Difficulty.objects.create(
        action=row, severity=severity, kind=kind, text=text.strip(), since=day, seat_id=actor.seat_id
    )
    begin(actor, row)
    emit("state_action.difficulty", row)
    return row


@action(
    "state_action.clear_difficulty",
    model=StateAction,
    label=_("Resolve a difficulty"),
    done=_("Resolved a difficulty"),
    policy=policy.may_act_for_state,
    starts=StateAction.OPEN,
    ends=StateAction.OPEN,
    takes={"difficulty": DifficultyChoice(label=pgettext_lazy("field, impacs", "Difficulty"))},
)
def clear_difficulty(actor: Actor, row: StateAction, *, difficulty: str) -> StateAction:
    """Say that something no longer stands in the way, from today on."""
    found = next((one for one in action_parts.open_difficulties(row) if str(one.pk) == difficulty), None)
    if found is None:
        raise ValidationError({"difficulty": _now("This difficulty is already resolved.")})
    found.cleared_on = today(actor)
    found.save(update_fields=["cleared_on"])
    return row


@action(
    "state_action.ask_assistance",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Request assistance"),
    done=_("Asked for assistance"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "kind": TermChoice(lists.ASSISTANCE, label=_("What would help")),
        "text": text_field(
            _("What is needed"),
            missing=_("Enter what is needed, for example: Two days of a drafter for the regulations."),
        ),
        "wanted_by": DayField(label=pgettext_lazy("field, impacs", "Needed by"), required=False),
        "difficulty": DifficultyChoice(label=pgettext_lazy("field, impacs", "Related difficulty"), required=False),
    },
)
def ask_assistance(
    actor: Actor,
    row: StateAction,
    *,
    kind: str,
    text: str,
    wanted_by: datetime.date | None = None,
    difficulty: str = "",
) -> StateAction:
    """Ask IMPACS for help; it lands on its desk and waits there for an answer."""
    day = today(actor)
    if wanted_by is not None and wanted_by < day:
        raise ValidationError({"wanted_by": _now("This day is past. Enter a later one, or leave it empty.")})
    found = next((one for one in action_parts.open_difficulties(row) if str(one.pk) == difficulty), None)
    asked: AssistanceRequest = AssistanceRequest.objects.create(
        action=row,
        party_id=row.party_id,
        desk_id=actor.desk_id,
        difficulty=found,
        kind=kind,
        text=text.strip(),
        wanted_by=wanted_by,
        asked_on=day,
        owner_id=row.owner_id,
        originator_id=row.party_id,
        level=row.level,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, asked, {actor.desk_id, row.owner_id, *([row.desk_id] if row.desk_id else []), *desk_ids(*AGENCY)})
    also("assistance.ask", asked, after=asked.state)
    begin(actor, row)
    emit("assistance.asked", asked)
    return row


@action(
    "assistance.accept",
    model=AssistanceRequest,
    label=_("Take up the request"),
    done=_("Took up a request for assistance"),
    policy=policy.may_verify,
    starts={A.ASKED},
    ends=A.ACCEPTED,
)
def accept_assistance(actor: Actor, asked: AssistanceRequest) -> AssistanceRequest:
    """Say that IMPACS works on an answer."""
    asked.accepted_on = today(actor)
    emit("assistance.accepted", asked)
    return asked


@action(
    "assistance.answer",
    model=AssistanceRequest,
    label=pgettext_lazy("button, impacs", "Answer"),
    done=_("Answered a request for assistance"),
    policy=policy.may_verify,
    starts={A.ASKED, A.ACCEPTED},
    ends=A.ANSWERED,
    takes={
        "answer": text_field(
            pgettext_lazy("field, impacs", "Answer"), missing=_("Write what IMPACS will do, or why it cannot help.")
        )
    },
)
def answer_assistance(actor: Actor, asked: AssistanceRequest, *, answer: str) -> AssistanceRequest:
    """Tell the State what IMPACS does about it."""
    asked.answer, asked.answered_on = answer.strip(), today(actor)
    emit("assistance.answered", asked)
    return asked


@action(
    "assistance.close",
    model=AssistanceRequest,
    label=pgettext_lazy("button, impacs", "Close"),
    done=_("Closed a request for assistance"),
    policy=policy.may_close_assistance,
    starts={A.ANSWERED},
    ends=A.CLOSED,
)
def close_assistance(actor: Actor, asked: AssistanceRequest) -> AssistanceRequest:
    """Say that nothing more is expected; the State or IMPACS does."""
    asked.closed_on = today(actor)
    return asked


@action(
    "assistance.withdraw",
    model=AssistanceRequest,
    label=pgettext_lazy("button, impacs", "Withdraw"),
    done=_("Withdrew a request for assistance"),
    policy=policy.may_act_for_state,
    starts={A.ASKED, A.ACCEPTED},
    ends=A.WITHDRAWN,
)
def withdraw_assistance(actor: Actor, asked: AssistanceRequest) -> AssistanceRequest:
    """Say that the help is no longer needed."""
    asked.closed_on = today(actor)
    return asked
