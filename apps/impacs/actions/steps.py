"""The steps by which a State does its action: its own list, whose ticks make the progress."""

import datetime
from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.council.actions.drafting import DayField
from apps.impacs import policy
from apps.impacs.actions.fields import StepChoice, StepsField, today
from apps.impacs.actions.working import WORKED_ENDS, begin
from apps.impacs.models import Report, StateAction, Step
from apps.impacs.queries import held

MOST = 40


@action(
    "state_action.add_step",
    model=StateAction,
    label=_("Add a step"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "title": forms.CharField(
            label=_("Step"),
            max_length=200,
            error_messages={"required": _("Name the step, for example: Bill tabled in Parliament.")},
        ),
        "weight": forms.IntegerField(
            label=_("Weight"),
            min_value=1,
            max_value=100,
            initial=1,
            required=False,
            help_text=_("how much of the whole it is, beside the other steps"),
        ),
        "due": DayField(label=_("To be done by"), required=False),
    },
)
def add_step(
    actor: Actor, row: StateAction, *, title: str, weight: int | None = None, due: datetime.date | None = None
) -> StateAction:
    """Add a step to the State's own list. From the first one on, the ticks say how far the action has come."""
    steps = held.live_steps(row, lock=True)
    if len(steps) >= MOST:
        raise ValidationError({"title": _now("Forty steps are enough for one clause. Remove one first.")})
    if due is not None and due < row.starts_on:
        raise ValidationError({"due": _now("The action began later than this day. Give a later one.")})
    new = Step.objects.create(action=row, title=title.strip(), weight=weight or 1, due_on=due, added_on=today(actor))
    row.progress = held.progress_of([*steps, new])
    begin(actor, row)
    return row


@action(
    "state_action.tick_steps",
    model=StateAction,
    label=_("Tick steps"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={"done": StepsField(label=_("Steps that are done"), required=False)},
)
def tick_steps(actor: Actor, row: StateAction, *, done: Sequence[str] = ()) -> StateAction:
    """Say which steps are done; those not named are open again."""
    steps = held.live_steps(row, lock=True)
    if not steps:
        raise ValidationError({"done": _now("There are no steps yet. Add the first one.")})
    for step in steps:
        ticked = str(step.pk) in done
        if ticked != (step.done_on is not None):
            step.done_on = today(actor) if ticked else None
            step.save(update_fields=["done_on"])
    row.progress = held.progress_of(steps)
    begin(actor, row)
    return row


@action(
    "state_action.remove_step",
    model=StateAction,
    label=_("Remove a step"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={"step": StepChoice(label=_("Step"))},
)
def remove_step(actor: Actor, row: StateAction, *, step: str) -> StateAction:
    """Take a step off the list; what it counted for until today stays."""
    steps = held.live_steps(row, lock=True)
    gone = next((one for one in steps if str(one.pk) == step), None)
    if gone is None:
        raise ValidationError({"step": _now("This step is not on the list any more.")})
    gone.removed_on = today(actor)
    gone.save(update_fields=["removed_on"])
    left = [one for one in steps if one is not gone]
    last = Report.objects.filter(action=row).order_by("-day", "-at").first()
    row.progress = held.progress_of(left) if left else last.progress if last else 0
    begin(actor, row)
    return row
