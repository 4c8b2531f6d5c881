"""What a moved date proposes, when enough answers are in, and which work waits for itself."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.impacs.plan.rules import schedule
from apps.impacs.plan.rules.schedule import FF, FS, SS, Item, Link, Shift, Span, chain, circle, proposal, span_of
from tests.properties import examples

FILE = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors" / "governance" / "schedule_vectors.json").read_text()
)
DAY = date(2009, 3, 2)


def day(n: int) -> date:
    """The n-th day of the plan."""
    return DAY + timedelta(days=n)


def item(key: str, first: int, last: int, **more: Any) -> Item:
    """A task from one day of the plan to another."""
    return Item(key, Span(day(first), day(last)), **more)


def read(vector: dict[str, Any]) -> tuple[list[Item], list[Link]]:
    """The tasks and links of a worked case."""
    iso = date.fromisoformat
    items = [
        Item(
            task["id"],
            Span(iso(task["start"]), iso(task["due"])),
            iso(task["clause_due"]) if "clause_due" in task else None,
            started="actual_start" in task,
        )
        for task in vector["tasks"]
    ]
    links = [
        Link(before["id"], task["id"], FS, before.get("lag", 0))
        for task in vector["tasks"]
        for before in task.get("after", [])
    ]
    return items, links


def told(shift: Shift) -> dict[str, Any]:
    """A shift as the worked cases write it."""
    found: dict[str, Any] = {
        "task": shift.key,
        "old": [shift.old.start.isoformat(), shift.old.due.isoformat()],
        "new": [shift.new.start.isoformat(), shift.new.due.isoformat()],
    }
    if shift.flags:
        (found["flag"],) = shift.flags
    return found | ({"days_over": shift.days_over} if shift.days_over else {})


def test_there_are_seven_worked_slips_and_five_worked_waits():
    assert (len(FILE["vectors"]), len(FILE["readiness"])) == (7, 5)


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_slip(vector: dict[str, Any]):
    items, links = read(vector)
    old = next(one.span for one in items if one.key == vector["moved"])
    moves = {vector["moved"]: Span(old.start, date.fromisoformat(vector["new_due"]))}
    assert [told(shift) for shift in proposal(items, links, moves)] == vector["expected"]


@pytest.mark.parametrize("case", FILE["readiness"], ids=lambda case: case["title"])
def test_a_worked_wait_for_states(case: dict[str, Any]):
    or_on = date.fromisoformat(case["or_on"]) if case["or_on"] else None
    today = date.fromisoformat(case["today"])
    found = schedule.readiness(case["n"], case["threshold"], case["submitted_or_verified"], or_on, today)
    assert found == case["expected"]


@pytest.mark.parametrize(
    ("n", "threshold", "gone", "left"),
    [(11, 10, 0, (11, 10)), (11, 10, 2, (9, 8)), (11, 11, 2, (9, 9)), (3, 1, 1, (2, 1)), (2, 2, 2, (0, 0))],
)
def test_states_to_which_it_does_not_apply_lower_both_numbers(n, threshold, gone, left):
    assert schedule.shrunk(n, threshold, gone) == left


def test_work_that_waits_for_nobody_any_more_is_ready():
    assert schedule.readiness(0, 0, 0, None, DAY) == schedule.READY_COUNT


def test_a_start_to_start_link_moves_with_the_start_and_not_with_the_end():
    items, links = [item("a", 0, 9), item("b", 2, 5)], [Link("a", "b", SS, 2)]
    assert proposal(items, links, {"a": Span(day(0), day(30))}) == []
    (shift,) = proposal(items, links, {"a": Span(day(4), day(9))})
    assert shift.new == Span(day(6), day(9))


def test_a_finish_to_finish_link_keeps_the_end_behind_the_end():
    items, links = [item("a", 0, 9), item("b", 2, 9)], [Link("a", "b", FF, 1)]
    (shift,) = proposal(items, links, {"a": Span(day(0), day(12))})
    assert shift.new == Span(day(6), day(13))


def test_what_is_done_moves_no_more_and_passes_nothing_on():
    items = [item("a", 0, 4), item("b", 5, 9, over=True), item("c", 10, 14)]
    assert proposal(items, [Link("a", "b"), Link("b", "c")], {"a": Span(day(0), day(20))}) == []


def test_what_has_no_dates_is_left_alone():
    items = [item("a", 0, 4), Item("b", None), item("c", 5, 9)]
    assert proposal(items, [Link("a", "b"), Link("b", "c")], {"a": Span(day(0), day(20))}) == []


def test_a_flaw_that_was_there_before_is_not_blamed_on_the_move():
    items = [item("a", 0, 4), item("x", 0, 40), item("c", 6, 9)]
    assert proposal(items, [Link("a", "c"), Link("x", "c")], {"a": Span(day(0), day(5))}) == []


def test_the_predecessor_that_decides_is_named():
    items = [item("a", 0, 4), item("b", 0, 4), item("c", 5, 9)]
    moves = {"a": Span(day(0), day(6)), "b": Span(day(0), day(8))}
    (shift,) = proposal(items, [Link("a", "c"), Link("b", "c")], moves)
    assert shift.because == Link("b", "c")
    assert shift.new.start == day(9)


def test_started_work_beyond_its_clause_is_told_both():
    items = [item("a", 0, 4), item("b", 5, 9, clause_due=day(10), started=True)]
    (shift,) = proposal(items, [Link("a", "b")], {"a": Span(day(0), day(6))})
    assert (shift.flags, shift.days_over) == (("NEEDS_EXTENSION", "ALREADY_STARTED"), 1)


def test_two_thousand_tasks_in_a_row_are_moved_without_running_out_of_stack():
    items = [item(str(n), n, n) for n in range(2000)]
    links = [Link(str(n), str(n + 1)) for n in range(1999)]
    found = proposal(items, links, {"0": Span(day(0), day(7))})
    assert len(found) == 1999
    assert found[-1].new.start == day(1999 + 7)


def test_dates_the_wrong_way_round_are_no_span():
    assert span_of(day(3), day(2)) is None
    assert span_of(None, day(2)) == Span(day(2), day(2))
    assert span_of(None, None) is None
    with pytest.raises(ValueError, match="lies before"):
        Span(day(3), day(2))


def test_a_circle_is_named_from_end_to_end():
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "a"), ("c", "y")]
    assert circle(links) == ("a", "b", "c", "a")
    assert chain(links, "x", "y") == ("x", "a", "b", "c", "y")


def test_what_waits_for_itself_is_a_circle():
    assert circle([("a", "a")]) == ("a", "a")


def test_no_way_back_is_no_circle():
    assert circle([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]) == ()
    assert chain([("a", "b")], "b", "a") == ()


PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)
NETS = st.tuples(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=2, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([FS, SS, FF]), st.integers(-3, 9))),
    st.integers(-10, 40),
)


def reaches(pairs: list[tuple[int, int]], start: int, goal: int) -> bool:
    """The slow twin: follow the links until nothing new is found."""
    found = {start}
    while more := {b for a, b in pairs if a in found} - found:
        found |= more
    return goal in found


@given(PAIRS)
@examples(200)
def test_links_accepted_one_by_one_never_close_a_circle(pairs):
    kept: list[tuple[int, int]] = []
    for first, second in pairs:
        if not chain(kept, second, first):
            kept.append((first, second))
        else:
            assert reaches(kept, second, first)
    assert circle(kept) == ()


@given(PAIRS)
@examples(200)
def test_a_circle_is_found_exactly_if_there_is_one(pairs):
    found = circle(pairs)
    there = any(reaches(pairs, second, first) for first, second in pairs)
    assert bool(found) == there
    assert all((first, second) in pairs for first, second in pairwise(found))
    assert not found or found[0] == found[-1]


def net(drawn: Any) -> tuple[list[Item], list[Link], int]:
    spans, raw, by = drawn
    items = [Item(n, Span(day(first), day(first + length))) for n, (first, length) in enumerate(spans)]
    # from lower to higher numbers: an accepted graph has no circle
    links = [Link(a, b, kind, lag) for a, b, kind, lag in raw if a < b < len(items)]
    return items, links, by


@given(NETS)
@examples(200)
def test_a_slip_never_pulls_forward_keeps_durations_and_leaves_no_link_of_what_moved_broken(drawn):
    items, links, by = net(drawn)
    first = items[0].span
    moves = {0: Span(first.start, max(first.start, first.due + timedelta(days=by)))}
    shifts = proposal(items, links, moves)
    spans = {one.key: one.span for one in items} | moves | {shift.key: shift.new for shift in shifts}
    for shift in shifts:
        assert shift.new.start > shift.old.start
        assert shift.new.days == shift.old.days
        rooms = [room(spans[link.before], link, shift.new) for link in links if link.after == shift.key]
        assert min(rooms) == 0


def room(before: Span, link: Link, after: Span) -> int:
    """How many days a link leaves between two spans; below 0 it is broken."""
    between = {
        FS: (after.start - before.due).days - 1,
        SS: (after.start - before.start).days,
        FF: (after.due - before.due).days,
    }
    return between[link.kind] - link.lag


@given(NETS)
@examples(200)
def test_accepting_a_whole_proposal_leaves_nothing_to_propose(drawn):
    items, links, by = net(drawn)
    first = items[0].span
    moves = {0: Span(first.start, max(first.start, first.due + timedelta(days=by)))}
    shifts = proposal(items, links, moves)
    accepted = moves | {shift.key: shift.new for shift in shifts}
    after = [Item(one.key, accepted.get(one.key, one.span)) for one in items]
    assert proposal(after, links, moves) == []
