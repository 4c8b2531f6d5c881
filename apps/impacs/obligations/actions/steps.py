"""The steps by which a State does its action: its own list, whose ticks make the progress."""

import datetime
from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.council.actions.decision_fields import DayField
from apps.impacs import policy
from apps.impacs.models import Report, StateAction, Step
from apps.impacs.obligations.actions.fields import StepChoice, StepsField, today
from apps.impacs.obligations.actions.state_work import WORKED_ENDS, begin, mark_steps
from apps.impacs.obligations.queries import action_parts

MOST = 40


@action(
    "state_action.add_step",
    model=StateAction,
    label=_("Add a step"),
    done=_("Added a step"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={
        "title": forms.CharField(
            label=pgettext_lazy("field, impacs", "Step"),
            max_length=200,
            error_messages={"required": _("Enter the step, for example: Bill tabled in Parliament.")},
        ),
        "weight": forms.IntegerField(
            label=pgettext_lazy("field, impacs", "Weight"),
            min_value=1,
            max_value=100,
            initial=1,
            required=False,
            help_text=_("Share of the whole, relative to the other steps"),
        ),
        "due": DayField(label=pgettext_lazy("field, impacs", "Due"), required=False),
    },
)
def add_action_step(
    actor: Actor, row: StateAction, *, title: str, weight: int | None = None, due: datetime.date | None = None
) -> StateAction:
    """Add a step to the State's own list. From the first one on, the ticks say how far the action has come."""
    steps = action_parts.live_steps(row, lock=True)
    if len(steps) >= MOST:
        raise ValidationError({"title": _now("A clause has at most 40 steps. Remove one first.")})
    if due is not None and due < row.starts_on:
        raise ValidationError({"due": _now("The obligation began after this day. Enter a later one.")})
    new = Step.objects.create(action=row, title=title.strip(), weight=weight or 1, due_on=due, added_on=today(actor))
    row.progress = action_parts.progress_of([*steps, new])
    begin(actor, row)
    return row


@action(
    "state_action.tick_steps",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Mark steps as done"),
    done=_("Ticked steps of an obligation"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={"done": StepsField(label=pgettext_lazy("field, impacs", "Completed steps"), required=False)},
)
def tick_action_steps(actor: Actor, row: StateAction, *, done: Sequence[str] = ()) -> StateAction:
    """Say which steps are done; those not named are open again."""
    steps = action_parts.live_steps(row, lock=True)
    if not steps:
        raise ValidationError({"done": _now("There are no steps yet. Add the first one.")})
    mark_steps(actor, steps, done)
    row.progress = action_parts.progress_of(steps)
    begin(actor, row)
    return row


@action(
    "state_action.remove_step",
    model=StateAction,
    label=_("Remove a step"),
    done=_("Removed a step"),
    policy=policy.may_act_for_state,
    starts=StateAction.WORKED,
    ends=WORKED_ENDS,
    takes={"step": StepChoice(label=pgettext_lazy("field, impacs", "Step"))},
)
def remove_action_step(actor: Actor, row: StateAction, *, step: str) -> StateAction:
    """Take a step off the list; what it counted for until today stays."""
    steps = action_parts.live_steps(row, lock=True)
    gone = next((one for one in steps if str(one.pk) == step), None)
    if gone is None:
        raise ValidationError({"step": _now("This step is no longer listed.")})
    gone.removed_on = today(actor)
    gone.save(update_fields=["removed_on"])
    left = [one for one in steps if one is not gone]
    last = Report.objects.filter(action=row).order_by("-day", "-at").first()
    row.progress = action_parts.progress_of(left) if left else last.progress if last else 0
    begin(actor, row)
    return row
