"""What stands in a seat's calendar: each app says what of its own records does."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.access.models import FAR_FUTURE
from apps.notices.models import Deadline
from apps.notices.queries import page_name


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One thing in a calendar. It leaves the portal: a kind and a number, never a title.

    `start` is an aware moment, or a day for something that lasts whole days; `end` is the moment or the last day.
    `place` is a town or house. `url` is the page's path within the portal. `uid` stays the same when the time changes.
    """

    uid: str
    start: datetime.datetime | datetime.date
    kind: str
    number: str
    end: datetime.datetime | datetime.date | None = None
    url: str = ""
    place: str = ""
    cancelled: bool = False


Provider = Callable[[Actor], Iterable[CalendarEvent]]
"""Offered to `notices.calendars`: it reads through visible_to, in a constant number of queries."""


def events_for(actor: Actor) -> list[CalendarEvent]:
    """Everything in the seat's calendar, the earliest first."""
    return sorted(
        (event for provider in registry.offered("notices.calendars").values() for event in provider(actor)), key=_order
    )


def _order(event: CalendarEvent) -> tuple[datetime.datetime, str]:
    start = event.start
    if isinstance(start, datetime.datetime):
        return start, event.uid
    return datetime.datetime.combine(start, datetime.time(), FAR_FUTURE.tzinfo), event.uid


def deadlines(actor: Actor) -> list[CalendarEvent]:
    """The open deadlines of the seat's desk."""
    rows = Deadline.objects.visible_to(actor).filter(state="open", desk_id=actor.desk_id)
    return [
        CalendarEvent(f"deadline-{row.pk}", row.due_at, row.kind, row.number, url=_page(row))
        for row in rows.order_by("due_at")[:500]
    ]


def _page(row: Deadline) -> str:
    try:
        return reverse(page_name(row.object_type), args=[row.object_id])
    except NoReverseMatch:
        return ""
