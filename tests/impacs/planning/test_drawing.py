"""Where bars, days and arrows stand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.impacs.plan.rules import timeline as timeline_rules
from apps.impacs.plan.rules.schedule import FF, FS, SS, Link, Span
from apps.impacs.plan.rules.timeline import LEFT, RIGHT, WIDTH, Line, frame, sheet, ticks, timeline, usual
from tests.properties import examples

TODAY = date(2008, 2, 12)
SPRING = frame("quarter", date(2008, 1, 15))


def line(key: str, start: date, due: date, **more: object) -> Line:
    """A row of the drawing."""
    return Line(key, Span(start, due), "going", **more)  # type: ignore[arg-type]


def drawn(*lines: Line, links: tuple[Link, ...] = ()) -> timeline_rules.Timeline:
    """The first quarter of 2008, seen in February."""
    return timeline(lines, SPRING, TODAY, links)


def test_a_frame_shows_whole_months():
    assert (SPRING.first, SPRING.last) == (date(2008, 1, 1), date(2008, 3, 31))
    assert frame("month", date(2008, 2, 12)).last == date(2008, 2, 29)
    assert (SPRING.beside(1), SPRING.beside(-1)) == (date(2008, 4, 1), date(2007, 10, 1))


def test_the_usual_frame_shows_the_month_before_so_that_what_is_late_is_seen():
    assert usual("quarter", date(2008, 1, 31)).first == date(2007, 12, 1)
    assert usual("month", TODAY).first == date(2008, 2, 1)
    assert usual("year", TODAY).last == date(2008, 12, 31)


def test_an_unknown_zoom_is_refused():
    with pytest.raises(ValueError, match="decade"):
        frame("decade", TODAY)


def test_a_bar_goes_from_its_first_day_to_the_end_of_its_last():
    whole = drawn(line("a", SPRING.first, SPRING.last)).bars[0]
    assert (whole.x, whole.x + whole.width) == (LEFT, RIGHT)
    (one,) = drawn(line("a", date(2008, 2, 1), date(2008, 2, 29))).bars
    assert (one.x, one.x + one.width) == (SPRING.x(date(2008, 2, 1)), SPRING.x(date(2008, 3, 1)))


def test_the_darker_part_is_a_share_of_the_whole_span_even_if_only_a_piece_is_seen():
    early = line("a", date(2007, 12, 1), date(2008, 1, 31), done_pct=50)
    (one,) = drawn(early).bars
    assert one.done == SPRING.x(date(2008, 1, 1)) - LEFT == 0
    (two,) = drawn(line("a", date(2008, 1, 1), date(2008, 1, 20), done_pct=50)).bars
    assert two.done == SPRING.x(date(2008, 1, 11)) - LEFT


def test_work_beyond_the_frame_is_named_at_its_edge():
    before, after = drawn(
        line("a", date(2007, 1, 1), date(2007, 12, 31)), line("b", date(2008, 4, 1), date(2008, 4, 2))
    ).bars
    assert (before.outside, before.width) == ("before", 0)
    assert (after.outside, after.label_left) == ("after", True)


def test_work_without_dates_keeps_its_row():
    (one,) = drawn(Line("a", None, "todo")).bars
    assert (one.width, one.outside) == (0, "")


def test_today_is_marked_when_it_is_in_the_frame():
    assert drawn().now == SPRING.x(TODAY)
    assert timeline([], SPRING, date(2008, 4, 1)).now is None


def test_a_milestone_is_a_diamond_in_the_middle_of_its_day():
    (one,) = drawn(line("a", date(2008, 2, 1), date(2008, 2, 20), milestone=True)).bars
    left, top, right, bottom = (tuple(map(int, each.split(","))) for each in one.diamond.split())
    assert SPRING.x(date(2008, 2, 20)) <= top[0] <= SPRING.x(date(2008, 2, 21))
    assert (top[0] - left[0], right[0] - top[0], bottom[1] - top[1]) == (8, 8, 16)


def test_a_label_without_room_on_the_right_stands_on_the_left():
    (one,) = drawn(line("a", date(2008, 3, 1), date(2008, 3, 31), label="75%, due 31 Mar")).bars
    assert one.label_left
    assert one.label_x == one.x - 8


@pytest.mark.parametrize(
    ("kind", "start", "broken"),
    [(FS, 11, True), (FS, 12, False), (SS, 1, True), (SS, 2, False), (FF, 1, True), (FF, 2, False)],
)
def test_a_link_that_does_not_hold_is_drawn_as_broken(kind, start, broken):
    first, begins = date(2008, 1, 1), date(2008, 1, start)
    lines = [line("a", first, date(2008, 1, 10)), line("b", begins, begins + timedelta(days=9))]
    (one,) = drawn(*lines, links=(Link("a", "b", kind, 1),)).arrows
    assert one.broken is broken


def test_links_to_what_is_not_shown_are_left_out():
    shown, far = line("a", date(2008, 1, 1), date(2008, 1, 5)), line("b", date(2009, 1, 1), date(2009, 1, 5))
    links = (Link("a", "b"), Link("a", "c"), Link("c", "a"))
    assert drawn(shown, far, links=links).arrows == []


def test_a_month_has_mondays_a_year_has_months_and_quarters():
    month = ticks(frame("month", TODAY))
    assert [tick.day.day for tick in month] == [1, 4, 11, 18, 25]
    year = ticks(frame("year", date(2008, 1, 1)))
    assert [tick.day.month for tick in year if tick.long] == [1, 4, 7, 10]
    assert [tick.day.month for tick in ticks(SPRING)] == [1, 2, 3]


def test_a_sheet_of_a_leap_february_begins_on_monday_and_counts_what_it_does_not_show():
    weeks = sheet(date(2008, 2, 1), {TODAY: ["a", "b", "c"]}, TODAY, 2)
    days = [one for week in weeks for one in week]
    assert {len(week) for week in weeks} == {7}
    assert (days[0].day, days[0].within, days[-1].day) == (date(2008, 1, 28), False, date(2008, 3, 2))
    (today,) = [one for one in days if one.today]
    assert (today.shown, today.more) == (["a", "b"], 1)


@given(st.integers(-400, 400), st.integers(0, 500), st.integers(0, 100), st.booleans())
@examples(200)
def test_nothing_is_drawn_outside_the_drawing(first, length, pct, milestone):
    start = TODAY + timedelta(days=first)
    one = line("a", start, start + timedelta(days=length), done_pct=pct, label="due", milestone=milestone)
    (bar,) = drawn(one).bars
    assert bar.outside or LEFT - 8 <= bar.x < bar.x + bar.width <= RIGHT + 8
    assert 0 <= bar.done <= max(bar.width, 0)
    assert 0 <= bar.label_x <= WIDTH
