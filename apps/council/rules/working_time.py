"""Working days of the parties, and periods of years and months that end on a day that exists."""

import calendar
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from apps.access import service_clock

Holidays = Mapping[date, Collection[str]]
"""Public holidays: the day, and the codes of the parties that keep it."""


def is_holiday(day: date, holidays: Holidays, parties: Collection[str] = (), needed: int = 1) -> bool:
    """Whether at least `needed` of the `parties` (of all parties, if none is named) keep a public holiday on `day`.

    Portal rule, to be confirmed by the organ: how many States must be on holiday is a parameter.
    """
    keeping = set(holidays.get(day, ()))
    return len(keeping & set(parties) if parties else keeping) >= needed


def is_working_day(day: date, holidays: Holidays, parties: Collection[str] = (), needed: int = 1) -> bool:
    """Whether `day` is a Monday to Friday that is no public holiday of `needed` or more of the `parties`.

    Portal rule, to be confirmed by the organ.
    """
    return service_clock.is_working_day(day) and not is_holiday(day, holidays, parties, needed)


def add_working_days(day: date, days: int, holidays: Holidays, parties: Collection[str] = (), needed: int = 1) -> date:
    """The working day that lies `days` working days after `day`, or before it if `days` is negative.

    The day itself is not counted; 0 gives `day` if it is a working day, else the next working day. Portal rule, to be
    confirmed by the organ.
    """
    step = timedelta(days=-1 if days < 0 else 1)
    left = abs(days)
    while left or not is_working_day(day, holidays, parties, needed):
        day += step
        if left and is_working_day(day, holidays, parties, needed):
            left -= 1
    return day


def working_days_between(
    after: date, until: date, holidays: Holidays, parties: Collection[str] = (), needed: int = 1
) -> int:
    """How many working days lie after the day `after`, up to and including `until`; 0 if `until` is not later.

    Portal rule, to be confirmed by the organ.
    """
    days = (until - after).days
    return sum(is_working_day(after + timedelta(days=n), holidays, parties, needed) for n in range(1, days + 1))


def add_months(day: date, months: int) -> date:
    """The same day `months` months later, or the last day of that month if it is shorter.

    Used for the six months of Revised Treaty Art. 27(6). The shorter month is a portal rule, to be confirmed by the
    organ.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day `years` years later; 29 February becomes 28 February in a common year.

    Used for the two years of Revised Treaty Art. 27(2). The leap day is a portal rule, to be confirmed by the organ.
    """
    return add_months(day, 12 * years)
