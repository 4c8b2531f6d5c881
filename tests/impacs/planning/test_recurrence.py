"""The days on which recurring work comes back."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.impacs.plan.rules import recurrence
from apps.impacs.plan.rules.recurrence import RULES, after, days, nth
from tests.properties import examples


def test_work_of_the_31st_comes_on_the_last_day_of_shorter_months_and_again_on_the_31st():
    found = list(days(date(2026, 1, 31), "monthly", date(2026, 5, 31)))
    assert found == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)]


def test_a_leap_day_comes_back_on_the_28th_and_in_the_next_leap_year_on_the_29th():
    assert [nth(date(2024, 2, 29), "yearly", n) for n in (1, 2, 3, 4)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_quarters_of_the_last_day_of_november():
    assert list(days(date(2025, 11, 30), "quarterly", date(2026, 9, 1))) == [
        date(2025, 11, 30),
        date(2026, 2, 28),
        date(2026, 5, 30),
        date(2026, 8, 30),
    ]


def test_a_week_is_seven_days_also_over_new_year():
    assert after(date(2026, 12, 28), "weekly", date(2026, 12, 28)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2026, 1, 30), date(2026, 1, 31)),
        (date(2026, 2, 28), date(2026, 3, 31)),
        (date(2025, 6, 1), date(2026, 1, 31)),
    ],
)
def test_the_next_day_after_one(day, next_one):
    assert after(date(2026, 1, 31), "monthly", day) == next_one


def test_nothing_comes_after_the_end():
    assert after(date(2026, 1, 31), "monthly", date(2026, 2, 28), date(2026, 3, 30)) is None
    assert list(days(date(2026, 1, 31), "monthly", date(2026, 1, 30))) == []


def test_a_rule_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="fortnightly"):
        nth(date(2026, 1, 1), "fortnightly", 1)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from(RULES), st.integers(-100, 4000))
@examples(200)
def test_the_next_day_is_the_first_of_all_days_that_is_later(first, rule, offset):
    day = date.fromordinal(first.toordinal() + offset)
    end = date.fromordinal(max(day, first).toordinal() + 400)
    assert after(first, rule, day) == next(each for each in days(first, rule, end) if each > day)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from(sorted(recurrence.MONTHS)))
@examples(100)
def test_each_period_has_one_day_in_it(first, rule):
    months = [each.year * 12 + each.month for each in (nth(first, rule, n) for n in range(30))]
    assert {b - a for a, b in pairwise(months)} == {recurrence.MONTHS[rule]}
