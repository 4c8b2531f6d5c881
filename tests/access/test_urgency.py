"""How much a thing presses, its colour and its words: one rule for everything that is due."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from apps.access import urgency

NOON = datetime.datetime(2009, 3, 2, 17, 0, tzinfo=datetime.UTC)  # noon in Kingston
PLACE = "America/Jamaica"
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("due", "group", "tone"),
    [
        (None, "none", ""),
        (NOON - datetime.timedelta(seconds=1), "overdue", "bad"),
        (NOON, "overdue", "bad"),
        (NOON + datetime.timedelta(seconds=1), "today", "warn"),
        (datetime.datetime(2009, 3, 3, 4, 59, tzinfo=datetime.UTC), "today", "warn"),  # 23:59 in Kingston
        (datetime.datetime(2009, 3, 3, 5, 0, tzinfo=datetime.UTC), "week", ""),
        (datetime.datetime(2009, 3, 9, 4, 59, tzinfo=datetime.UTC), "week", ""),
        (datetime.datetime(2009, 3, 9, 5, 0, tzinfo=datetime.UTC), "later", ""),
    ],
)
def test_days_end_where_the_desk_is(due: datetime.datetime | None, group: str, tone: str) -> None:
    assert urgency.urgency_of(due, NOON, PLACE) == group
    assert urgency.tone_of(due, NOON, PLACE) == tone


def test_what_is_due_within_two_hours_presses_over_midnight() -> None:
    late = NOON + 11 * HOUR  # 23:00 in Kingston
    assert urgency.urgency_of(late + 2 * HOUR, late, PLACE) == "today"
    assert urgency.urgency_of(late + 2 * HOUR + MINUTE, late, PLACE) == "week"


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (16 * MINUTE, "16 min late"),
        (119 * MINUTE, "119 min late"),
        (2 * HOUR, "2 h late"),
        (47 * HOUR + 59 * MINUTE, "47 h late"),
        (48 * HOUR, "2 days late"),
        (48 * HOUR + MINUTE, "3 days late"),
    ],
)
def test_lateness_is_told_in_minutes_hours_then_days(late: datetime.timedelta, told: str) -> None:
    assert urgency.due(NOON - late, NOON) == told


@pytest.mark.parametrize(
    ("days", "told", "group"),
    [(-20, "20 days late", "overdue"), (-1, "1 day late", "overdue"), (0, "today", "today"), (1, "tomorrow", "week"),
     (6, "in 6 days", "week"), (7, "in 7 days", "later")],
)  # fmt: skip
def test_what_is_due_on_a_day_is_told_in_days_of_the_place(days: int, told: str, group: str) -> None:
    due = urgency.end_of(datetime.date(2009, 3, 2) + datetime.timedelta(days=days), PLACE)
    for now in (NOON - 12 * HOUR, NOON, NOON + 12 * HOUR - MINUTE):  # the whole day in Kingston
        assert urgency.due(due, now) == told
        assert urgency.urgency_of(due, now, PLACE) == group
    assert urgency.late_by(urgency.days_late(due.date(), datetime.date(2009, 3, 2))) == (told if days < 0 else "")


def test_a_page_counts_to_a_moment_and_names_a_day() -> None:
    moment = str(urgency.time_left(NOON - 16 * MINUTE, PLACE, NOON))
    assert moment == f'<time-left datetime="{(NOON - 16 * MINUTE).astimezone(ZoneInfo(PLACE)).isoformat()}"' \
        ' class="t-bad">16 min late</time-left>'  # fmt: skip
    day = urgency.end_of(datetime.date(2009, 3, 1), PLACE)
    assert str(urgency.time_left(day, PLACE, NOON)) == '<span class="t-bad">1 day late</span>'
    stored = day.astimezone(datetime.UTC)
    assert str(urgency.time_left(stored, PLACE, NOON)) == '<span class="t-bad">1 day late</span>', "as it is kept"
