"""Where moments stand on a timeline and positions on the map of the region."""

import datetime
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 735
WEST, EAST, SOUTH, NORTH = -90.2, -52.6, 1.3, 28.0
"""The frame of static/img/caribbean.svg: its drawing and the degrees that it shows."""

METRES_OF_DEGREE = 111_320
PRECISIONS = ("exact", "hour", "day", "month", "year", "unknown")
"""How exactly a moment is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line 0 to 100 wide."""

    start: float
    width: float


def stretch(at: datetime.datetime, precision: str) -> tuple[datetime.datetime, datetime.datetime]:
    """From when to when something may have been that is known so exactly; ValueError for "unknown"."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == "exact":
        return at, at
    if precision == "hour":
        hour = at.replace(minute=0, second=0, microsecond=0)
        return hour, hour + datetime.timedelta(hours=1)
    if precision == "day":
        return day, day + datetime.timedelta(days=1)
    if precision == "month":
        first = day.replace(day=1)
        return first, (first + datetime.timedelta(days=32)).replace(day=1)
    if precision == "year":
        first = day.replace(month=1, day=1)
        return first, first.replace(year=first.year + 1)
    raise ValueError(precision)


def days(first: datetime.date, last: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """From the beginning of a day to the end of another."""
    begin = datetime.datetime.combine(first, datetime.time.min, datetime.UTC)
    return begin, datetime.datetime.combine(last, datetime.time.min, datetime.UTC) + datetime.timedelta(days=1)


def said(span: tuple[datetime.datetime, datetime.datetime], exact: str) -> str:
    """A stretch in words (UTC): "30 Jun 2026, 22:10", "30 Jun 2026", "Jun 2026", "2026", "3 Jan 2025 – 30 Apr 2025"."""
    begin, end = span
    if exact == "period":
        last = end - datetime.timedelta(days=1)
        return _day(begin) if last.date() == begin.date() else f"{_day(begin)} – {_day(last)}"
    forms = {"year": f"{begin:%Y}", "month": f"{begin:%b %Y}", "day": _day(begin)}
    return forms.get(exact) or f"{_day(begin)}, {begin:%H:%M}" + (" – " + f"{end:%H:%M}" if exact == "hour" else "")


def _day(moment: datetime.datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def spans(stretches: list[tuple[datetime.datetime, datetime.datetime]]) -> list[Span]:
    """Each stretch on a line from the first beginning to the last end; none is thinner than half a unit."""
    if not stretches:
        return []
    first, last = min(one[0] for one in stretches), max(one[1] for one in stretches)
    whole = (last - first).total_seconds() or 1.0
    found = []
    for begin, end in stretches:
        start = 100 * (begin - first).total_seconds() / whole
        width = max(0.5, 100 * (end - begin).total_seconds() / whole)
        found.append(Span(round(min(start, 99.5), 2), round(min(width, 100 - min(start, 99.5)), 2)))
    return found


def on_map(lat: float, lon: float) -> tuple[float, float] | None:
    """(x, y) in the drawing of the region; None for what lies outside of its frame."""
    if not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        return None
    x = (lon - WEST) / (EAST - WEST) * WIDTH
    y = (NORTH - lat) / (NORTH - SOUTH) * HEIGHT
    return round(x, 1), round(y, 1)


def radius(metres: int) -> float:
    """An uncertainty in units of the drawing, at least so large that it is seen."""
    return round(max(5.0, metres / METRES_OF_DEGREE / (NORTH - SOUTH) * HEIGHT), 1)
