"""When something is due: hours that can stand still, and working days of a State."""

import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest

from apps.access.service_clock import add_working_days, due_after, is_working_day, time_spent

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "clock_vectors.json").read_text())["cases"]
HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2008, 2, 11, 9, tzinfo=datetime.UTC)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.parametrize("case", [case for case in CASES if case["mode"] == "calendar"])
def test_a_clock_of_hours_stands_still_in_its_pauses(case: dict[str, Any]) -> None:
    pauses = [(at(begins), at(ends)) for begins, ends in case["pauses"]]
    length = case["hours"] * HOUR
    assert due_after(at(case["start"]), length, pauses) == at(case["due"])
    assert time_spent(at(case["start"]), at(case["due"]), pauses) == length


@pytest.mark.parametrize("case", [case for case in CASES if case["mode"] == "working days"])
def test_a_clock_of_days_counts_the_working_days_of_the_state(case: dict[str, Any]) -> None:
    off = {datetime.date.fromisoformat(day) for day in case["holidays"]}
    start, due = datetime.date.fromisoformat(case["start"]), datetime.date.fromisoformat(case["due"])
    assert add_working_days(start, case["days"], off) == due
    if is_working_day(start, off):
        assert add_working_days(due, -case["days"], off) == start


def test_what_is_due_is_due_whatever_begins_then() -> None:
    due, now = START + 8 * HOUR, START + 20 * HOUR
    assert due_after(START, 8 * HOUR, [(due, now)]) == due
    assert due_after(START, 8 * HOUR, [(due - HOUR, now)]) == now + HOUR
    assert time_spent(START, now, [(due - HOUR, now)]) == 7 * HOUR


def test_pauses_that_overlap_or_lie_before_the_start_count_once() -> None:
    once = [(START + HOUR, START + 4 * HOUR)]
    twice = [(START + 2 * HOUR, START + 4 * HOUR), (START + HOUR, START + 3 * HOUR), (START - HOUR, START)]
    assert due_after(START, 8 * HOUR, twice) == due_after(START, 8 * HOUR, once) == START + 11 * HOUR
    assert time_spent(START, START - HOUR) == datetime.timedelta()


def test_when_it_is_due_all_of_its_time_has_run_and_not_a_minute_before() -> None:
    chance = random.Random(7)
    for _one in range(400):
        length = chance.randrange(1, 72) * HOUR
        pauses = []
        for _pause in range(chance.randrange(6)):
            begins = START + chance.randrange(-5, 90) * HOUR
            pauses.append((begins, begins + chance.randrange(0, 20) * HOUR))
        due = due_after(START, length, pauses)
        assert time_spent(START, due, pauses) == length
        assert time_spent(START, due - HOUR / 60, pauses) < length
