"""Deadlines and their reminders, public holidays and working days, addresses of calendars."""

import datetime
import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from apps.access.actor import Actor
from apps.access.service_clock import add_working_days
from apps.notices.models import CalendarFeed, Deadline, Holiday, Notice
from apps.people.models import Seat
from apps.people.queries import actor_at

SOON = datetime.timedelta(hours=24)


def reminders_due(actor: Actor, now: datetime.datetime) -> list[tuple[Any, str, str]]:
    """(deadline, event, step) of what has to be said at `now` and was not yet: within 24 hours, and daily when late."""
    rows = Deadline.objects.visible_to(actor).filter(state="open", reminders=True, due_at__lte=now + SOON)
    wanted = [(row, *_reminder(row, now)) for row in rows.select_related("desk__party").order_by("due_at", "pk")]
    steps = {step for _row, _event, step in wanted}
    told = set(Notice.objects.filter(step__in=steps).values_list("code", "object_id", "owner_id", "step"))
    return [one for one in wanted if (one[1], one[0].object_id, one[0].desk_id, one[2]) not in told]


def _reminder(row: Any, now: datetime.datetime) -> tuple[str, str]:
    if row.due_at > now:
        return "deadline.soon", f"{row.kind} {row.due_at:%Y%m%dT%H%M}"
    day = now.astimezone(ZoneInfo(row.desk.party.time_zone)).date()
    return "deadline.late", f"{row.kind} {day.isoformat()}"


def holidays_between(first: datetime.date, last: datetime.date) -> dict[datetime.date, set[str]]:
    """{day: codes of the States where it is a public holiday} for the days from first to last. One query."""
    found: dict[datetime.date, set[str]] = {}
    rows = Holiday.objects.filter(state=Holiday.State.CURRENT, day__range=(first, last))
    for day, party in rows.values_list("day", "party_id"):
        found.setdefault(day, set()).add(party)
    return found


def working_day_after(start: datetime.date, days: int, party: str) -> datetime.date:
    """The day that is `days` (at least 1) working days of a State after `start`: Monday to Friday, no holiday."""
    horizon = start + datetime.timedelta(days=days * 3 + 31)
    holidays = {day for day, parties in holidays_between(start, horizon).items() if party in parties}
    return add_working_days(start, days, holidays)


def year_of(party: str, year: int) -> list[Any]:
    """The public holidays of a State in a year."""
    rows = Holiday.objects.filter(party=party, day__year=year, state=Holiday.State.CURRENT)
    return list(rows.order_by("day"))


def digest(secret: str) -> str:
    """How a calendar's token is stored: SHA-256, hexadecimal. It has 256 random bits: no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(actor: Actor) -> Any:
    """The live calendar address of the actor's seat, or None."""
    return CalendarFeed.objects.visible_to(actor).filter(seat_id=actor.seat_id, state="live").first()


def actor_of_feed(token: str) -> tuple[Actor, Any] | None:
    """(reading actor, feed) for a live calendar address of a seat in force, else None. One query."""
    feed = (
        CalendarFeed.objects.filter(sha256=digest(token), state="live", seat__in=Seat.objects.current())
        .select_related("seat__user", "seat__desk__party", "seat__desk__function")
        .first()
    )
    if feed is None:
        return None
    return actor_at(feed.seat, via="calendar", may_write=False), feed
