"""What stands in a State's way, and the help that it asks for."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, emit
from apps.access.sharing import share
from apps.council.actions.drafting import DayField
from apps.impacs import policy
from apps.impacs.actions.fields import DifficultyChoice, TermChoice, text_field, today
from apps.impacs.actions.working import WORKED_ENDS, begin
from apps.impacs.models import AssistanceRequest, Difficulty, StateAction
from apps.impacs.queries import held, lists
from apps.people.queries import desk_ids

A = AssistanceRequest.State
AGENCY = ("IMPACS.secretariat", "IMPACS.automation")


@action(
    "state_action.declare_difficulty",
    model=StateAction,
    label=_("Declare a difficulty"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "severity": forms.ChoiceField(
            label=_("How grave"),
            choices=[
                ("MINOR", _("Minor: slows us down")),
                ("MAJOR", _("Major: endangers the date")),
                ("CRITICAL", _("Critical: nothing moves")),
            ],
            help_text=_("All States see how grave it is and of what kind."),
        ),
        "kind": TermChoice(lists.DIFFICULTY, label=_("Kind")),
        "text": text_field(
            _("What stands in the way"),
            missing=_("Say what stands in the way, for example: The Dutch text has not come."),
            help_text=_("Read by your State, IMPACS and the Secretariat."),
        ),
        "since": DayField(label=_("Since"), required=False, help_text=_("empty: since today")),
    },
)
def declare_difficulty(
    actor: Actor, row: StateAction, *, severity: str, kind: str, text: str, since: datetime.date | None = None
) -> StateAction:
    """Say what stands in the way; it colours the status until it is cleared."""
    day = since or today(actor)
    if day > today(actor):
        raise ValidationError({"since": _now("This day is still to come. Give today or an earlier day.")})
    if day < row.starts_on:
        raise ValidationError({"since": _now("The action began later than this day. Give a later one.")})
    Difficulty.objects.create(
        action=row, severity=severity, kind=kind, text=text.strip(), since=day, seat_id=actor.seat_id
    )
    begin(actor, row)
    emit("state_action.difficulty", row)
    return row


@action(
    "state_action.clear_difficulty",
    model=StateAction,
    label=_("Clear a difficulty"),
    policy=policy.may_act_for_state,
    starts=StateAction.OPEN,
    ends=StateAction.OPEN,
    takes={"difficulty": DifficultyChoice(label=_("Difficulty"))},
)
def clear_difficulty(actor: Actor, row: StateAction, *, difficulty: str) -> StateAction:
    """Say that something no longer stands in the way, from today on."""
    found = next((one for one in held.open_difficulties(row) if str(one.pk) == difficulty), None)
    if found is None:
        raise ValidationError({"difficulty": _now("This difficulty is cleared already.")})
    found.cleared_on = today(actor)
    found.save(update_fields=["cleared_on"])
    return row


@action(
    "state_action.ask_assistance",
    model=StateAction,
    label=_("Ask for assistance"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "kind": TermChoice(lists.ASSISTANCE, label=_("What would help")),
        "text": text_field(
            _("What is needed"),
            missing=_("Say what is needed, for example: Two days of a drafter for the regulations."),
        ),
        "wanted_by": DayField(label=_("Wanted by"), required=False),
        "difficulty": DifficultyChoice(label=_("Because of"), required=False),
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
        raise ValidationError({"wanted_by": _now("This day is over. Give a later one, or none.")})
    found = next((one for one in held.open_difficulties(row) if str(one.pk) == difficulty), None)
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
    label=_("Take it up"),
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
    label=_("Answer"),
    policy=policy.may_verify,
    starts={A.ASKED, A.ACCEPTED},
    ends=A.ANSWERED,
    takes={"answer": text_field(_("Answer"), missing=_("Write what IMPACS does, or why it cannot help."))},
)
def answer_assistance(actor: Actor, asked: AssistanceRequest, *, answer: str) -> AssistanceRequest:
    """Tell the State what IMPACS does about it."""
    asked.answer, asked.answered_on = answer.strip(), today(actor)
    emit("assistance.answered", asked)
    return asked


@action(
    "assistance.close",
    model=AssistanceRequest,
    label=_("Close"),
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
    label=_("Withdraw"),
    policy=policy.may_act_for_state,
    starts={A.ASKED, A.ACCEPTED},
    ends=A.WITHDRAWN,
)
def withdraw_assistance(actor: Actor, asked: AssistanceRequest) -> AssistanceRequest:
    """Say that the help is no longer needed."""
    asked.closed_on = today(actor)
    return asked
