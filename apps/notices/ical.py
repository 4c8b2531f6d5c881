"""iCalendar text (RFC 5545) of calendar events. Pure: no request, no query."""

import datetime
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from apps.notices.calendars import CalendarEvent

FOLD_AT = 75
"""Octets of a line, without its end (RFC 5545, section 3.1)."""

EMPTY = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE"),
)
"""A calendar needs one component at least (section 3.6): without events it holds this."""


def calendar(events: Iterable[CalendarEvent], *, name: str, portal: str, now: datetime.datetime) -> bytes:
    """The calendar object of the events, in UTF-8. `portal` is the portal's address, for links and identifiers."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CARICOM//Security Portal//EN", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"),
    ]
    body = [line for event in events for line in _event(event, portal, now)]
    lines += [*(body or EMPTY), "END:VCALENDAR"]
    return b"".join(fold(line) for line in lines)


def _event(event: CalendarEvent, portal: str, now: datetime.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}@{urlsplit(portal).hostname}"
    yield f"DTSTAMP:{utc(now)}"
    yield from _times(event)
    yield f"SUMMARY:{text(f'{event.kind} {event.number}'.strip())}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    if event.cancelled:
        yield "STATUS:CANCELLED"
    if event.url:
        yield f"URL:{portal.rstrip('/')}{event.url}"
    yield from ("CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT", "END:VEVENT")


def _times(event: CalendarEvent) -> Iterator[str]:
    start, end = event.start, event.end
    if isinstance(start, datetime.datetime):
        yield f"DTSTART:{utc(start)}"
        if isinstance(end, datetime.datetime) and end > start:
            yield f"DTEND:{utc(end)}"
        return
    last = end if end is not None and not isinstance(end, datetime.datetime) else start
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + datetime.timedelta(days=1):%Y%m%d}"  # the day after (section 3.6.1)


def utc(moment: datetime.datetime) -> str:
    """Form #2 of DATE-TIME (section 3.3.5)."""
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """A TEXT value (section 3.3.11): backslash, semicolon, comma and line ends escaped, other controls left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(character for character in lines if character >= " " and character != "\x7f")


def fold(line: str) -> bytes:
    """A content line with its end, folded at 75 octets and never within a character (section 3.1)."""
    folded, room = [], FOLD_AT
    current = b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > room:
            folded.append(current)
            current, room = b"", FOLD_AT - 1  # the space that continues the line counts
        current += octets
    return b"\r\n ".join([*folded, current]) + b"\r\n"
