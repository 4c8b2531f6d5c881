"""When something is due that is promised within so many hours, which can stand still, or within so many working days.

Pure. Which days a State has off is the caller's to know (`apps.notices.queries.holidays_between`); in which words a
distance is told, and whether it presses, is `apps.access.urgency`.
"""

import datetime
from collections.abc import Container, Iterable

SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)
Pause = tuple[datetime.datetime, datetime.datetime]
"""From when until when the clock stood still; the end of one that goes on is now."""


def due_after(start: datetime.datetime, length: datetime.timedelta, pauses: Iterable[Pause] = ()) -> datetime.datetime:
    """The moment at which `length` has run since `start`.

    A pause that begins at the very moment, or later, changes nothing: what is due is due. Pauses may overlap.
    """
    due = start + length
    for begins, ends in _merged(start, pauses):
        if begins >= due:
            break
        due += ends - begins
    return due


def time_spent(start: datetime.datetime, until: datetime.datetime, pauses: Iterable[Pause] = ()) -> datetime.timedelta:
    """How long the clock has run from `start` until `until`."""
    still = datetime.timedelta()
    for begins, ends in _merged(start, pauses):
        if begins < until:
            still += min(ends, until) - begins
    return max(until - start - still, datetime.timedelta())


def _merged(start: datetime.datetime, pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses after the start, the first first, none reaching into another."""
    found: list[Pause] = []
    free = start
    for begins, ends in sorted(pauses):
        if ends > free:
            found.append((max(begins, free), ends))
            free = ends
    return found


def is_working_day(day: datetime.date, days_off: Container[datetime.date] = ()) -> bool:
    """Whether a day is a Monday to Friday that is not off."""
    return day.weekday() < SATURDAY and day not in days_off


def add_working_days(day: datetime.date, days: int, days_off: Container[datetime.date] = ()) -> datetime.date:
    """The day that is `days` working days after `day` (before it: a negative number); the day itself is not counted."""
    step = ONE_DAY if days > 0 else -ONE_DAY
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, days_off)
    return day
