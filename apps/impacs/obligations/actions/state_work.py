"""What a State does with its action: takes note of it, says how far it has come, gives it to a desk or colleague."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share, share_many, unshare
from apps.impacs import policy
from apps.impacs.models import AssistanceRequest, Evidence, NationalNote, Report, StateAction
from apps.impacs.obligations.actions.fields import DeskChoice, ProgressField, SeatChoice, TickedSteps, text_field, today
from apps.impacs.obligations.queries import action_parts
from apps.impacs.queries import lists
from apps.people.models import Desk

S = StateAction.State
BEGUN = {S.NOT_STARTED: S.IN_PROGRESS, S.ACKNOWLEDGED: S.IN_PROGRESS}
"""Where the first piece of work takes an action; from every other state it stays."""

WORKED_ENDS = frozenset({S.IN_PROGRESS, S.RETURNED})


def mark_steps(actor: Actor, steps: Iterable[Any], done: Collection[str]) -> None:
    """Mark these steps as done and the others as open; called inside acts, which have locked them."""
    for step in steps:
        ticked = str(step.pk) in done
        if ticked != bool(step.done_on):
            step.done_on = today(actor) if ticked else None
            step.save(update_fields=["done_on"])


def begin(actor: Actor, row: StateAction) -> None:
    """Work on an action begins it, and says that the State knows of it; called inside acts."""
    row.state = BEGUN.get(S(row.state), row.state)
    row.acknowledged_on = row.acknowledged_on or today(actor)


@action(
    "state_action.acknowledge",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Acknowledge"),
    done=_("Acknowledged an obligation"),
    policy=policy.may_act_for_state,
    starts={S.NOT_STARTED},
    ends=S.ACKNOWLEDGED,
)
def acknowledge_state_action(actor: Actor, row: StateAction) -> StateAction:
    """Say that the ministry knows of its obligation."""
    row.acknowledged_on = today(actor)
    return row


@action(
    "state_action.report",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Report progress"),
    done=pgettext_lazy("words, audit", "Reported progress"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "text": text_field(
            _("What was done"),
            rows=5,
            missing=_("Write what was done, for example: The bill had its second reading."),
            help_text=_("Your State and IMPACS can read this. Other States see only the status."),
        ),
        "done": TickedSteps(
            label=pgettext_lazy("field, impacs", "Completed steps"),
            required=False,
            help_text=_("Progress is calculated from your steps."),
        ),
        "progress": ProgressField(
            label=_("Progress, per cent"),
            min_value=0,
            max_value=100,
            error_messages={
                "required": _("Enter a whole number from 0 to 100, for example 60."),
                "invalid": _("Enter a whole number from 0 to 100, for example 60."),
                "min_value": _("Progress cannot be less than 0. Enter a number from 0 to 100."),
                "max_value": _("Progress cannot be more than 100. Enter a number from 0 to 100."),
            },
        ),
    },
)
def report_on_state_action(
    actor: Actor, row: StateAction, *, text: str, done: Sequence[str] | None = None, progress: int | None = None
) -> StateAction:
    """Tell how far the State has come; a correction is a further report. Where there are steps, their ticks count.

    `done` ticks these steps and no others; without it they stay as they are.
    """
    day = today(actor)
    steps = action_parts.live_steps(row, lock=True)
    if done is not None:
        mark_steps(actor, steps, done)
    if steps:
        progress = action_parts.progress_of(steps)
    elif progress is None:
        raise ValidationError({"progress": _now("Enter a whole number from 0 to 100, for example 60.")})
    Report.objects.create(action=row, text=text.strip(), progress=progress, day=day, seat_id=actor.seat_id)
    row.progress, row.reported_on = progress, day
    begin(actor, row)
    emit("state_action.reported", row)
    return row


@action(
    "state_action.hand_over",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Reassign"),
    done=_("Handed the work on an obligation over"),
    policy=policy.may_lead_for_state,
    starts=StateAction.OPEN,
    ends=StateAction.OPEN,
    takes={
        "desk": DeskChoice(
            label=pgettext_lazy("field, impacs", "Responsible desk"),
            required=False,
            help_text=_("It sees this obligation, reports and prepares evidence. Your ministry still decides."),
        ),
        "focal": SeatChoice(label=pgettext_lazy("field, impacs", "Focal point"), required=False),
        "responsible": forms.CharField(
            label=_("Ministry or body responsible"),
            max_length=150,
            required=False,
            help_text=_("In your own words, for example: Attorney-General's Chambers"),
        ),
    },
)
def hand_over_state_action(
    actor: Actor, row: StateAction, *, desk: str = "", focal: str = "", responsible: str = ""
) -> StateAction:
    """Give the work to another desk of the State or back to the ministry; say who follows it, who is responsible."""
    before = row.desk_id
    found = Desk.objects.filter(code=desk, party=row.party_id, active=True).first() if desk else None
    if desk and found is None:
        raise ValidationError(
            {"desk": _now("Your State has no desk %(code)s. Choose one from the list.") % {"code": desk}}
        )
    seat = lists.seat_of(focal, row.party_id) if focal else None
    if focal and seat is None:
        raise ValidationError({"focal": _now("This appointment has ended. Choose someone from the list.")})
    if seat is not None and seat.desk_id not in {row.owner_id, found.pk if found else None}:
        raise ValidationError(
            {
                "focal": _now(
                    "This person is not at the responsible desk. Choose their desk too, or someone at "
                    "the responsible desk."
                )
            }
        )
    row.desk_id = found.pk if found else None
    row.focal_seat = seat
    row.responsible = responsible.strip()
    if before and before != row.desk_id:
        for record in (row, *_papers(row)):
            unshare(record, [before])
    if found is not None and found.pk != before:
        share(actor, row, [found.pk], basis=row.owner.code)
        for model in (Evidence, AssistanceRequest):
            share_many(actor, [one for one in _papers(row) if isinstance(one, model)], [found.pk], basis=row.owner.code)
    emit("state_action.handed_over", row)
    return row


def _papers(row: StateAction) -> list[Any]:
    return [*Evidence.objects.filter(action=row), *AssistanceRequest.objects.filter(action=row)]


@action(
    "state_action.note",
    model=StateAction,
    label=_("Add an internal note"),
    done=_("Wrote a note for the State only"),
    policy=policy.may_act_for_state,
    starts=S.values,
    ends=S.values,
    takes={
        "text": text_field(
            pgettext_lazy("field, impacs", "Note"),
            missing=_("Write the note."),
            help_text=_("Only your State can read this: not other States, IMPACS or reports."),
        )
    },
)
def note_state_action(actor: Actor, row: StateAction, *, text: str) -> StateAction:
    """Keep a note that never leaves the State."""
    NationalNote.objects.create(action=row, text=text.strip(), seat_id=actor.seat_id)
    return row
