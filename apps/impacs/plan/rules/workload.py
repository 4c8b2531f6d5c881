"""Capacity and load of people by week, in working days.

Load is what is left of an estimate, spread evenly over the working days that are left. Above 100 per cent of the
capacity a person is warned of, above 130 work is not started unless the head says why (governance notes 7.1). Exact
fractions: what is spread sums to what was left.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from apps.access.service_clock import is_working_day

FREE, FULL, WARN, BLOCK = "free", "full", "warn", "block"

Person = Hashable
DaysOff = Mapping[Person, Collection[date]]
"""Days on which each person does not work: leave, and the public holidays where they are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Dated parameters: per cent of a week's capacity, days, hours. Portal rule, to be confirmed by the organ."""

    warn_above_pct: int = 100
    block_above_pct: int = 130
    full_from_pct: int = 80
    hours_per_day: int = 8
    days_per_week: int = 5
    term_warning_days: int = 90


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to do of one task, in days, by whom, and between which days."""

    key: Hashable
    left: Fraction
    start: date
    due: date
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one person. `shares` are the tasks that make the load, the heaviest first."""

    person: Person
    monday: date
    capacity: Fraction
    load: Fraction
    level: str
    shares: tuple[tuple[Hashable, Fraction], ...]

    @property
    def pct(self) -> int | None:
        """Load in per cent of the capacity, rounded up, so that just over a limit never reads as just below it."""
        return -(-self.load * 100 // self.capacity) if self.capacity else None


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def left_of(estimate: Fraction, spent: Fraction) -> Fraction:
    """What is left of an estimate; never less than nothing."""
    return max(estimate - spent, Fraction(0))


def working_days(first: date, last: date, off: Collection[date] = ()) -> list[date]:
    """Mondays to Fridays from `first` to `last` that are not off."""
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day, off)]


def spread(work: Work, today: date, days_off: DaysOff) -> dict[tuple[Person, date], Fraction]:
    """{(person, day): days of work}. Each person has an equal part, evenly over the working days that are left.

    What is overdue, or has no working day left, is all due on the first day from which the person can work.
    """
    found: dict[tuple[Person, date], Fraction] = {}
    for person in work.people:
        part = work.left / len(work.people)
        off = days_off.get(person, ())
        days = working_days(max(work.start, today), work.due, off) or [_next_day(max(work.start, today), off)]
        for day in days:
            found[person, day] = part / len(days)
    return found


def _next_day(day: date, off: Collection[date]) -> date:
    while not is_working_day(day, off):
        day += timedelta(days=1)
    return day


def level_of(load: Fraction, capacity: Fraction, limits: Limits) -> str:
    """How a week stands; any load on a week without capacity is too much."""
    if load <= 0:
        return FREE
    for level, pct in ((BLOCK, limits.block_above_pct), (WARN, limits.warn_above_pct)):
        if load * 100 > capacity * pct:
            return level
    return FULL if load * 100 >= capacity * limits.full_from_pct else FREE


def weeks(
    people: Sequence[Person],
    work: Iterable[Work],
    today: date,
    mondays: Sequence[date],
    days_off: DaysOff,
    limits: Limits,
) -> dict[Person, list[Week]]:
    """For each person the weeks that begin on `mondays`, whose capacity counts from Monday even if today is later."""
    wanted = {(person, monday) for person in people for monday in mondays}
    shares: dict[tuple[Person, date], dict[Hashable, Fraction]] = {}
    for one in work:
        for (person, day), part in spread(one, today, days_off).items():
            place = (person, monday_of(day))
            if place in wanted:
                of_week = shares.setdefault(place, {})
                of_week[one.key] = of_week.get(one.key, Fraction(0)) + part
    return {
        person: [_week(person, monday, shares.get((person, monday), {}), days_off, limits) for monday in mondays]
        for person in people
    }


def _week(person: Person, monday: date, shares: Mapping[Hashable, Fraction], days_off: DaysOff, limits: Limits) -> Week:
    there = working_days(monday, monday + timedelta(days=6), days_off.get(person, ()))
    capacity = Fraction(len(there) * limits.days_per_week, 5)
    load = sum(shares.values(), Fraction(0))
    heaviest = tuple(sorted(shares.items(), key=lambda each: (-each[1], str(each[0]))))
    return Week(person, monday, capacity, load, level_of(load, capacity, limits), heaviest)


def heaviest(found: Iterable[Week], limits: Limits) -> Week | None:
    """The worst week of those given, by share of capacity; None if there is nothing to do in any."""
    loaded = [week for week in found if week.load]
    ceiling = Fraction(limits.block_above_pct * 1000)
    return max(loaded, key=lambda week: week.load * 100 / week.capacity if week.capacity else ceiling, default=None)
