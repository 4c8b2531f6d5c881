"""Working days of the parties, and periods of months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.council.rules.working_time import (
    add_months,
    add_working_days,
    add_years,
    is_working_day,
    working_days_between,
)

from .facts import members_on, read

HOLIDAYS: dict[date, set[str]] = {}
for _party, _years in read("public_holidays")["holidays"].items():
    for _day in _years.get("2008", {}):
        HOLIDAYS.setdefault(date.fromisoformat(_day), set()).add(_party)
ALL = members_on(date(2008, 2, 20))
FIRST_OF_MAY, GOOD_FRIDAY = date(2008, 5, 1), date(2008, 3, 21)


@pytest.mark.parametrize(("needed", "expected"), [(1, 58), (3, 11)])
def test_the_working_days_of_2008_lost_to_holidays_are_as_counted_in_the_file(needed: int, expected: int):
    days = [date(2008, 1, 1) + timedelta(days=n) for n in range(366)]
    weekdays = [day for day in days if day.weekday() < 5]
    assert len(weekdays) == 262
    assert sum(not is_working_day(day, HOLIDAYS, ALL, needed) for day in weekdays) == expected


def test_a_holiday_counts_only_for_the_parties_asked_about():
    keeping = HOLIDAYS[FIRST_OF_MAY] & set(ALL)
    working = set(ALL) - keeping
    assert keeping
    assert not is_working_day(FIRST_OF_MAY, HOLIDAYS, keeping)
    assert is_working_day(FIRST_OF_MAY, HOLIDAYS, working)
    assert not is_working_day(FIRST_OF_MAY, HOLIDAYS)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, date(2008, 3, 25)), (0, date(2008, 3, 20)), (-1, date(2008, 3, 19)), (2, date(2008, 3, 26))],
)
def test_easter_is_stepped_over(days: int, expected: date):
    easter = {GOOD_FRIDAY: {"BB"}, date(2008, 3, 24): {"BB"}}
    assert add_working_days(date(2008, 3, 20), days, easter, ["BB"]) == expected


def test_no_working_day_added_to_a_holiday_gives_the_next_working_day():
    assert add_working_days(GOOD_FRIDAY, 0, {GOOD_FRIDAY: {"BB"}}, ["BB"]) == date(2008, 3, 24)


@given(st.dates(date(2008, 1, 20), date(2008, 11, 1)), st.integers(1, 30))
def test_adding_and_counting_working_days_agree(day: date, days: int):
    end = add_working_days(day, days, HOLIDAYS, ALL)
    assert is_working_day(end, HOLIDAYS, ALL)
    assert working_days_between(day, end, HOLIDAYS, ALL) == days


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2008, 3, 10), date(2008, 3, 3), {}) == 0


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2008, 2, 20), 6, date(2008, 8, 20)),
        (date(2008, 8, 31), 6, date(2009, 2, 28)),
        (date(2007, 8, 31), 6, date(2008, 2, 29)),
        (date(2008, 11, 30), 1, date(2008, 12, 30)),
        (date(2008, 3, 31), -1, date(2008, 2, 29)),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, expected: date):
    assert add_months(day, months) == expected


def test_two_years_after_a_leap_day_is_the_28th():
    assert add_years(date(2004, 2, 29), 2) == date(2006, 2, 28)
    assert add_years(date(2004, 2, 29), 4) == date(2008, 2, 29)
