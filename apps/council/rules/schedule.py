"""Days and hours of a meeting: local times as people write them, notice, deadlines, and the time plan of an agenda."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Days that can be written: far from the ends of the calendar, so that everything can be reckoned from them."""

USUAL_HOURS = "09:00-12:30, 14:00-17:30"
_MOMENT = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[ T]+([0-9]{1,2}):([0-9]{2})")
_SITTING = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-\u2013]\s*([0-9]{1,2}):([0-9]{2})")

Hours = tuple[tuple[time, time], ...]


def zone(name: str) -> ZoneInfo:
    """The time zone of this name in the tz database; raises ValueError for a name that it does not have."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name} is no time zone.") from None


def moment(text: str, place: str) -> datetime:
    """The instant (UTC) of a local time written `2026-12-10 09:00` in a tz database zone.

    Raises ValueError for anything else, and for a time that the clocks of the place leave out.
    """
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no time written like 2026-12-10 09:00.")
    year, month, day, hour, minute = map(int, match.groups())
    local = datetime(year, month, day, hour, minute, tzinfo=zone(place))
    if not FIRST_DAY <= local.date() <= LAST_DAY:
        raise ValueError(f"{text} lies beyond the years that can be written.")
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"The clocks of {place} leave {text} out.")
    return found


def written(instant: datetime, place: str) -> str:
    """The instant as `moment` reads it."""
    return instant.astimezone(ZoneInfo(place)).strftime("%Y-%m-%d %H:%M")


def end_of_day(day: date, place: str) -> datetime:
    """The instant at which the day is over at the place: its midnight."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(place)).astimezone(UTC)


def notice_given(call: date, opening: date) -> int:
    """Whole calendar days between the day of the call and the day of the opening."""
    return (opening - call).days


def deadlines(call: date, opening: date, notice_days: int) -> tuple[date, date]:
    """(last day for items, last day for papers): two thirds and one third of the notice before the opening.

    Never before the day of the call, and the agenda never after the papers. Portal rule, to be confirmed by the organ:
    with 21 days of notice items close 14 days and papers 7 days before the opening.
    """
    items = opening - timedelta(days=-(-2 * notice_days // 3))
    papers = opening - timedelta(days=-(-notice_days // 3))
    return max(call, items), max(call, papers)


def hours(text: str) -> Hours:
    """The sittings of a day, written `09:00-12:30, 14:00-17:30`; raises ValueError unless they follow each other."""
    found: list[tuple[time, time]] = []
    for part in (part.strip() for part in text.split(",")):
        match = _SITTING.fullmatch(part)
        if not match:
            raise ValueError(f"{part!r} is no sitting written like 09:00-12:30.")
        begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
        if end <= begin or (found and begin < found[-1][1]):
            raise ValueError(f"{part!r} ends before it begins, or begins before the sitting in front of it ends.")
        found.append((begin, end))
    return tuple(found)


def plan(
    starts_at: datetime, ends_at: datetime, place: str, sittings: Hours, minutes: Sequence[int]
) -> list[datetime | None]:
    """When each item begins, for items that take so many minutes, one after the other in the sittings of the meeting.

    None for an item when the meeting has no time left for it.
    An item that no longer fits into a sitting begins with the next one, unless no sitting is long enough: then it
    begins where there is room and runs on. Portal rule, to be confirmed by the chair at the adoption of the agenda.
    """
    spans = list(_sittings(starts_at, ends_at, ZoneInfo(place), sittings))
    longest = max((end - begin for begin, end in spans), default=timedelta())
    slots: list[datetime | None] = []
    at = spans[0][0] if spans else None
    for length in (timedelta(minutes=n) for n in minutes):
        at = _room(spans, at, length if length <= longest else timedelta(minutes=1))
        slots.append(at)
        at = at and _after(spans, at, length)
    return slots


def _sittings(
    starts_at: datetime, ends_at: datetime, place: ZoneInfo, sittings: Hours
) -> Iterator[tuple[datetime, datetime]]:
    day, last = starts_at.astimezone(place).date(), ends_at.astimezone(place).date()
    while day <= last:
        for begin, end in sittings:
            opens = max(datetime.combine(day, begin, place).astimezone(UTC), starts_at)
            closes = min(datetime.combine(day, end, place).astimezone(UTC), ends_at)
            if opens < closes:
                yield opens, closes
        day += timedelta(days=1)


def _room(spans: list[tuple[datetime, datetime]], at: datetime | None, length: timedelta) -> datetime | None:
    """The first moment from `at` on with so much time left in its sitting."""
    if at is None:
        return None
    return next((max(at, begin) for begin, end in spans if max(at, begin) + length <= end), None)


def _after(spans: list[tuple[datetime, datetime]], at: datetime, length: timedelta) -> datetime | None:
    """The moment when so much sitting time has gone by since `at`; None after the last sitting."""
    for begin, end in spans:
        if end <= at:
            continue
        left = end - max(at, begin)
        if length < left:
            return max(at, begin) + length
        length -= left
    return None
