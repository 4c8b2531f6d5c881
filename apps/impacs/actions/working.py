"""What a State's ministry does with its action: take note of it, and say how far it has come."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.council.queries.membership import day_of
from apps.impacs import policy
from apps.impacs.models import Report, StateAction

S = StateAction.State


@action(
    "state_action.acknowledge",
    model=StateAction,
    label=_("Acknowledge"),
    policy=policy.may_act_for_state,
    starts={S.NOT_STARTED},
    ends=S.ACKNOWLEDGED,
)
def acknowledge(actor: Actor, row: StateAction) -> StateAction:
    """Say that the ministry knows of its obligation."""
    row.acknowledged_on = day_of(timezone.now(), actor.time_zone)
    return row


@action(
    "state_action.report",
    model=StateAction,
    label=_("Report progress"),
    policy=policy.may_act_for_state,
    starts=StateAction.OPEN,
    ends=S.IN_PROGRESS,
    takes={
        "text": forms.CharField(
            label=_("What was done"),
            max_length=6000,
            help_text=_("Your own State and IMPACS read this; other States see the status alone."),
            widget=forms.Textarea(attrs={"rows": 5}),
            error_messages={"required": _("Write what was done, for example: The bill had its second reading.")},
        ),
        "progress": forms.IntegerField(
            label=_("Done, per cent"),
            min_value=0,
            max_value=100,
            error_messages={
                "required": _("Give a whole number from 0 to 100, for example 60."),
                "invalid": _("Give a whole number from 0 to 100, for example 60."),
                "min_value": _("Progress cannot be less than 0: give a number from 0 to 100."),
                "max_value": _("Progress cannot be more than 100: give a number from 0 to 100."),
            },
        ),
    },
)
def report(actor: Actor, row: StateAction, *, text: str, progress: int) -> StateAction:
    """Tell how far the State has come; a correction is a further report."""
    today = day_of(timezone.now(), actor.time_zone)
    Report.objects.create(action=row, text=text.strip(), progress=progress, day=today, seat_id=actor.seat_id)
    row.progress, row.reported_on = progress, today
    row.acknowledged_on = row.acknowledged_on or today
    return row
