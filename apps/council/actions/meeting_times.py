"""Another time for a meeting that is called: recorded with its reason, and every delegation is told."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.council import policy
from apps.council.actions.meetings import LONGEST_REASON, call, local_time, opening, set_times
from apps.council.models import AgendaItem, Meeting, Sitting
from apps.council.queries import membership

M = Meeting.State
TO_COME = {M.CONVENED, M.AGENDA_OPEN, M.AGENDA_CLOSED, M.ADJOURNED, M.SUSPENDED}
"""States of a meeting that is called and does not sit at the moment."""


@action(
    "meeting.move",
    model=Meeting,
    label=_("Move the meeting"),
    done=_("Moved a meeting to another time"),
    policy=policy.may_preside,
    starts=TO_COME,
    ends=TO_COME,
    takes={
        "starts_at": local_time(pgettext_lazy("field, of a meeting", "New opening"), required=False),
        "ends_at": local_time(pgettext_lazy("field, of a meeting", "New end"), required=False),
        "reason": forms.CharField(
            label=_("Why it is moved"),
            max_length=LONGEST_REASON,
            help_text=_("Every delegation reads it; it is the chair's reason where the notice becomes shorter."),
        ),
    },
)
def move_meeting(actor: Actor, meeting: Meeting, *, reason: str, starts_at: str = "", ends_at: str = "") -> Meeting:
    """Give a called meeting another time; a sitting opens only between its first and its last day.

    Once a sitting was opened its opening stands, and the end alone moves. Items of the agenda move with the opening.
    """
    before = meeting.starts_at, meeting.ends_at
    begun = Sitting.objects.filter(meeting=meeting).exists()
    if begun and starts_at:
        raise ValidationError({"starts_at": _now("The meeting has begun. You can move only its end.")})
    set_times(meeting, starts_at, ends_at)
    if (meeting.starts_at, meeting.ends_at) == before:
        raise ValidationError({"ends_at": _now("Enter another opening or another end.")})
    _lies_ahead(meeting, begun=begun)
    if not begun:
        meeting.notice_waiver = reason
        call(actor, meeting)
        _move_items(meeting, meeting.starts_at - before[0])
    meeting.moves = [*meeting.moves, _entry(before, meeting, reason)]
    emit("meeting.moved", meeting)
    return meeting


def _lies_ahead(meeting: Meeting, *, begun: bool) -> None:
    today = membership.day_of(timezone.now(), meeting.time_zone)
    last = membership.day_of(meeting.ends_at, meeting.time_zone)
    if last < today:
        raise ValidationError({"ends_at": _now("This date has passed. Enter today or a later date.")})
    if not begun and opening(meeting) < today:
        raise ValidationError({"starts_at": _now("This date has passed. Enter today or a later date.")})


def _move_items(meeting: Meeting, by: datetime.timedelta) -> None:
    placed = AgendaItem.objects.filter(meeting=meeting, state__in=[*AgendaItem.OPEN]).exclude(starts_at=None)
    for item in placed.select_for_update(of=("self",)):
        item.starts_at = item.starts_at + by if item.starts_at else None
        change_also("item.schedule", item, "starts_at", before=item.state)


def _entry(before: tuple[datetime.datetime, datetime.datetime], meeting: Meeting, reason: str) -> dict[str, str]:
    """What is kept of one move, as JSON values; instants in UTC."""
    times = (*before, meeting.starts_at, meeting.ends_at)
    names = ("from_start", "from_end", "to_start", "to_end")
    kept = {name: moment.isoformat() for name, moment in zip(names, times, strict=True)}
    return {**kept, "reason": reason, "at": timezone.now().isoformat()}
