"""iCalendar text (RFC 5545) of calendar events. Pure: no request, no query."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apps.notices.queries.calendar_events import CalendarEvent

if TYPE_CHECKING:  # loaded when the first calendar is written (caricom_portal.memory.LATER)
    from icalendar import Event, Timezone

HOUR = datetime.timedelta(hours=1)
"""How often a program shall ask again."""


def calendar(events: Iterable[CalendarEvent], *, name: str, portal: str, now: datetime.datetime, marking: str) -> bytes:
    """The calendar object of the events, in UTF-8. `portal` is the portal's address, for links and identifiers.

    `marking` is that of the whole, as the calendar's description (RFC 7986, section 5.2; X-WR-CALDESC before it).
    """
    from icalendar import Calendar, vDuration, vText

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//CARICOM//Security Portal//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", vText(_printable(name)))
    made.add("x-wr-calname", vText(_printable(name)))
    made.add("description", vText(_printable(marking)))
    made.add("x-wr-caldesc", vText(_printable(marking)))
    made.add("refresh-interval", vDuration(HOUR, params={"VALUE": "DURATION"}))
    made.add("x-published-ttl", vDuration(HOUR))
    for event in events:
        made.add_component(_event(event, portal, now))
    if not made.subcomponents:
        made.add_component(_zone())
    return made.to_ical(sorted=False)


def _event(event: CalendarEvent, portal: str, now: datetime.datetime) -> "Event":
    from icalendar import Event

    made = Event()
    made.add("uid", f"{event.uid}@{urlsplit(portal).hostname}")
    made.add("dtstamp", now)
    for name, moment in _times(event).items():
        made.add(name, moment)
    made.add("summary", _printable(f"{event.kind} {event.number}".strip()))
    if event.place:
        made.add("location", _printable(event.place))
    if event.cancelled:
        made.add("status", "CANCELLED")
    if event.url:
        made.add("url", f"{portal.rstrip('/')}{event.url}")
    made.add("class", "CONFIDENTIAL")
    made.add("transp", "TRANSPARENT")
    return made


def _times(event: CalendarEvent) -> dict[str, Any]:
    start, end = event.start, event.end
    if isinstance(start, datetime.datetime):
        times = {"dtstart": start.astimezone(datetime.UTC)}
        if isinstance(end, datetime.datetime) and end > start:
            times["dtend"] = end.astimezone(datetime.UTC)
        return times
    last = end if end is not None and not isinstance(end, datetime.datetime) else start
    return {"dtstart": start, "dtend": last + datetime.timedelta(days=1)}  # the day after (section 3.6.1)


def _zone() -> "Timezone":
    """A calendar needs one component at least (section 3.6): without events it holds this."""
    from icalendar import Timezone, TimezoneStandard

    made, standard = Timezone(), TimezoneStandard()
    made.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime.datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", datetime.timedelta())
    standard.add("tzoffsetto", datetime.timedelta())
    standard.add("tzname", "UTC")
    made.add_component(standard)
    return made


def _printable(value: str) -> str:
    """Without the control characters that a TEXT value must not have (section 3.3.11); line ends stay."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if character >= " " or character == "\n").replace("\x7f", "")
