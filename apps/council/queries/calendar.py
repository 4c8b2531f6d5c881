"""Meetings in a seat's calendar: number, place and time, and nothing of what is dealt with there."""

from django.urls import reverse

from apps.access.actor import Actor
from apps.council.models import Meeting
from apps.notices.queries.calendar_events import CalendarEvent

MOST = 100


def event_of(meeting: Meeting) -> CalendarEvent:
    """The meeting as an entry of a calendar."""
    return CalendarEvent(
        uid=f"meeting-{meeting.pk}",
        start=meeting.starts_at,
        end=meeting.ends_at,
        kind="",
        number=str(meeting),
        url=reverse("council:meeting", args=[meeting.pk]),
        place=meeting.place,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def meetings(actor: Actor) -> list[CalendarEvent]:
    """Meetings that the seat is called to, those called off among them. One query."""
    rows = Meeting.objects.visible_to(actor).exclude(state=Meeting.State.DRAFT)
    return [event_of(row) for row in rows.order_by("-starts_at")[:MOST]]
