"""The days of recurring work: weekly, monthly, quarterly, yearly.

Counted from the first day, not from the last one, so that work of the 31st is due on the 31st wherever there is one,
and work of 29 February on that day in each leap year. Portal rule, to be confirmed by the organ.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
RULES = ("weekly", *MONTHS)


def nth(first: date, rule: str, n: int) -> date:
    """The n-th day of the rule, the first being 0; raises ValueError for a rule that does not exist."""
    if rule == "weekly":
        return first + timedelta(weeks=n)
    if rule not in MONTHS:
        raise ValueError(f"{rule!r} is none of {', '.join(RULES)}.")
    year, month = divmod(first.year * 12 + first.month - 1 + n * MONTHS[rule], 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def days(first: date, rule: str, until: date) -> Iterator[date]:
    """All days of the rule from the first one up to and including `until`, in order."""
    return takewhile(lambda day: day <= until, (nth(first, rule, n) for n in range((until - first).days + 2)))


def after(first: date, rule: str, day: date, until: date | None = None) -> date | None:
    """The first day of the rule after `day`; None if that would be later than `until`."""
    if day < first:
        found = first
    else:
        passed = (day - first).days // 7 if rule == "weekly" else _months(first, day) // MONTHS.get(rule, 1)
        found = next(each for each in (nth(first, rule, n) for n in range(passed, passed + 3)) if each > day)
    return found if until is None or found <= until else None


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month
