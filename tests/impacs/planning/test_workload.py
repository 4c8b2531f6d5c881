"""Whose week is too full, and of what."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.impacs.plan.rules import workload
from apps.impacs.plan.rules.workload import BLOCK, FREE, FULL, WARN, Limits, Work, level_of, monday_of, spread, weeks
from tests.properties import examples

MONDAY = date(2009, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)


def work(days: int | str, first: date = MONDAY, last: date = FRIDAY, people: tuple[str, ...] = ("ann",)) -> Work:
    """Something that is left to do."""
    return Work("t", Fraction(days), first, last, people)


def one_week(*tasks: Work, today: date = MONDAY, off: dict[str, set[date]] | None = None) -> workload.Week:
    """Ann's week."""
    return weeks(["ann"], tasks, today, [MONDAY], off or {}, Limits())["ann"][0]


@pytest.mark.parametrize(
    ("load", "level"),
    [("0", FREE), ("3", FREE), ("4", FULL), ("5", FULL), ("5.01", WARN), ("6.5", WARN), ("6.51", BLOCK)],
)
def test_above_a_hundred_per_cent_is_warned_of_and_above_a_hundred_and_thirty_blocks(load, level):
    assert level_of(Fraction(load), Fraction(5), Limits()) == level


def test_any_work_in_a_week_on_leave_is_too_much():
    away = {MONDAY + timedelta(days=n) for n in range(5)}
    week = weeks(["ann"], [work(1, MONDAY, MONDAY)], MONDAY, [MONDAY, MONDAY + timedelta(7)], {"ann": away}, Limits())
    assert [one.load for one in week["ann"]] == [0, 1]  # nothing falls on days off; the next day that she is there
    assert level_of(Fraction(1), Fraction(0), Limits()) == BLOCK


def test_leave_takes_from_the_capacity_and_crowds_the_rest():
    week = one_week(work(4), off={"ann": {MONDAY, MONDAY + timedelta(days=1)}})
    assert (week.capacity, week.load, week.pct, week.level) == (3, 4, 134, BLOCK)


def test_work_of_two_is_halved():
    found = spread(work(4, people=("ann", "bob")), MONDAY, {})
    assert found["ann", MONDAY] == found["bob", MONDAY] == Fraction(2, 5)


def test_days_that_have_passed_take_nothing_any_more():
    found = spread(work(3), MONDAY + timedelta(days=3), {})
    assert found == {("ann", MONDAY + timedelta(days=3)): Fraction(3, 2), ("ann", FRIDAY): Fraction(3, 2)}


def test_overdue_work_lies_on_today_or_on_monday():
    late = work(3, MONDAY - timedelta(days=20), MONDAY - timedelta(days=10))
    assert spread(late, MONDAY + timedelta(days=2), {}) == {("ann", MONDAY + timedelta(days=2)): 3}
    assert spread(late, FRIDAY + timedelta(days=1), {}) == {("ann", MONDAY + timedelta(days=7)): 3}


def test_a_week_names_what_makes_it_heavy_heaviest_first():
    small, large = (
        Work("small", Fraction(1), MONDAY, FRIDAY, ("ann",)),
        Work("large", Fraction(3), MONDAY, FRIDAY, ("ann",)),
    )
    assert one_week(small, large).shares == (("large", 3), ("small", 1))


def test_per_cent_are_rounded_up_so_that_the_number_never_hides_the_level():
    week = one_week(work("5.01"))
    assert (week.pct, week.level) == (101, WARN)


def test_more_spent_than_estimated_leaves_nothing():
    assert workload.left_of(Fraction(3), Fraction(5)) == 0


def test_the_heaviest_week_is_the_fullest_in_per_cent():
    light, full = one_week(work(3)), one_week(work(1), off={"ann": {MONDAY + timedelta(days=n) for n in range(4)}})
    assert workload.heaviest([light, full], Limits()) == full
    assert workload.heaviest([], Limits()) is None


TASKS = st.lists(
    st.builds(
        lambda left, first, length, people: Work(
            "t", Fraction(left, 4), MONDAY + timedelta(days=first), MONDAY + timedelta(days=first + length), people
        ),
        st.integers(0, 80),
        st.integers(-30, 30),
        st.integers(0, 40),
        st.sampled_from([("ann",), ("bob",), ("ann", "bob"), ("ann", "bob", "eve")]),
    ),
    max_size=8,
)
OFF = st.dictionaries(
    st.sampled_from(["ann", "bob", "eve"]), st.sets(st.integers(0, 60).map(lambda n: MONDAY + timedelta(days=n)))
)


@given(TASKS, OFF)
@examples(200)
def test_what_is_spread_sums_to_what_was_left_and_never_falls_on_a_day_off(tasks, off):
    for one in tasks:
        found = spread(one, MONDAY, off)
        assert sum(found.values()) == one.left
        assert all(day.weekday() < 5 and day >= MONDAY and day not in off.get(person, ()) for person, day in found)
    mondays = [MONDAY + timedelta(weeks=n) for n in range(30)]
    grid = weeks(["ann", "bob", "eve"], tasks, MONDAY, mondays, off, Limits())
    assert sum(week.load for row in grid.values() for week in row) == sum(one.left for one in tasks)
    assert all(sum(part for _key, part in week.shares) == week.load for row in grid.values() for week in row)
    assert all(monday_of(week.monday) == week.monday for row in grid.values() for week in row)
