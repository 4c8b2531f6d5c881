"""The five indicators of a scorecard, from dated facts."""

import datetime

import pytest

from apps.reports.rules.scorecards import INDICATORS, Share, Work, scores

DAY, THEN = datetime.date(2008, 7, 1), datetime.date(2008, 2, 15)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_an_empty_card_has_no_shares_and_no_median():
    found = scores([], DAY, [], THEN)
    assert [found.value(code) for code in INDICATORS] == [None, None, 0, None, None]


def test_what_is_due_and_not_verified_is_the_share_and_its_change_is_in_points():
    now = [Work(day("2008-06-30"), None), Work(day("2008-07-01"), None), Work(day("2008-01-01"), day("2008-06-01"))]
    then = [Work(day("2008-01-01"), None)]
    found = scores([*now, Work(day("2008-07-02"), None), Work(None, None)], DAY, then, THEN)
    assert (found.open, found.open.per_cent) == (Share(2, 3), 67)
    assert found.change == 67 - 100
    assert scores(now, DAY, None, DAY).change is None
    assert scores(now, DAY, [], THEN).change is None


@pytest.mark.parametrize(
    ("due", "verified", "counted"),
    [
        ("2007-06-30", None, 1),
        ("2007-07-01", None, 0),
        ("2007-06-30", "2008-06-30", 0),
        ("2006-02-28", None, 1),
    ],
)
def test_more_than_twelve_months_begins_the_day_after_a_year(due, verified, counted):
    work = Work(day(due), day(verified) if verified else None)
    assert scores([work], DAY, None, DAY).long_overdue == counted


def test_a_leap_day_falls_due_again_on_the_last_of_february():
    work = Work(day("2008-02-29"), None)
    assert scores([work], day("2009-02-28"), None, DAY).long_overdue == 0
    assert scores([work], day("2009-03-01"), None, DAY).long_overdue == 1


@pytest.mark.parametrize(("late", "median"), [([10], 10), ([1, 4], 3), ([1, 2, 30], 2), ([2, 4, 6, 9], 5)])
def test_the_median_is_of_late_actions_alone_and_the_mean_of_two_middle_ones(late, median):
    works = [Work(DAY - datetime.timedelta(days=days), None) for days in late]
    on_time = Work(day("2008-06-30"), day("2008-06-20"), day("2008-06-10"))
    found = scores([*works, on_time], DAY, None, DAY)
    assert (found.median_delay, found.late) == (median, len(late))


def test_delay_ends_on_the_day_the_work_was_done_not_when_it_was_verified():
    work = Work(day("2008-06-01"), day("2008-06-20"), day("2008-06-08"))
    assert scores([work], DAY, None, DAY).median_delay == 7


def test_judgments_of_evidence_are_counted_over_all_actions():
    works = [Work(None, None, accepted=2, rejected=1), Work(None, None, rejected=2)]
    found = scores(works, DAY, None, DAY)
    assert (found.rejected, found.rejected.per_cent) == (Share(3, 5), 60)
