"""The list of the application security verification standard is whole, and the tests that it names are there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "reference" / "asvs.md").read_text()
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([a-z. ]+) \| (.+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)
STATES = {"met", "partly", "not", "operator", "n.a."}
# version 5.0.0: {section: numbers} by the level that asks for them
FIRST = {
    "1.2": "1-5", "1.3": "1-2", "1.5": "1", "2.1": "1", "2.2": "1-2", "2.3": "1", "3.2": "1-2", "3.3": "1",
    "3.4": "1-2", "3.5": "1-3", "4.1": "1", "4.4": "1", "5.2": "1-2", "5.3": "1-2", "6.1": "1", "6.2": "1-8",
    "6.3": "1-2", "6.4": "1-2", "7.2": "1-4", "7.4": "1-2", "8.1": "1", "8.2": "1-2", "8.3": "1", "9.1": "1-3",
    "9.2": "1", "10.4": "1-5", "11.3": "1-2", "11.4": "1", "12.1": "1", "12.2": "1-2", "13.4": "1", "14.2": "1",
    "14.3": "1", "15.1": "1", "15.2": "1", "15.3": "1",
}  # fmt: skip
SECOND = {
    "1.1": "1-2", "1.2": "6-9", "1.3": "3-11", "1.4": "1-3", "1.5": "2", "2.1": "2-3", "2.2": "3", "2.3": "2-4",
    "2.4": "1", "3.3": "2-4", "3.4": "3-6", "3.5": "4-5", "3.7": "1-2", "4.1": "2-3", "4.2": "1", "4.3": "1-2",
    "4.4": "2-4", "5.1": "1", "5.2": "3", "5.4": "1-3", "6.1": "2-3", "6.2": "9-12", "6.3": "3-4", "6.4": "3-4",
    "6.5": "1-5", "6.6": "1-3", "6.8": "1-4", "7.1": "1-3", "7.3": "1-2", "7.4": "3-5", "7.5": "1-2", "7.6": "1-2",
    "8.1": "2", "8.2": "3", "8.4": "1", "9.2": "2-4", "10.1": "1-2", "10.2": "1-2", "10.3": "1-4", "10.4": "6-11",
    "10.5": "1-5", "10.6": "1-2", "10.7": "1-3", "11.1": "1-2", "11.2": "1-3", "11.3": "3", "11.4": "2-4",
    "11.5": "1", "11.6": "1", "12.1": "2-3", "12.3": "1-4", "13.1": "1", "13.2": "1-5", "13.3": "1-2", "13.4": "2-5",
    "14.1": "1-2", "14.2": "2-4", "14.3": "2-3", "15.1": "2-3", "15.2": "2-3", "15.3": "2-7", "16.1": "1",
    "16.2": "1-5", "16.3": "1-4", "16.4": "1-3", "16.5": "1-3", "17.1": "1", "17.2": "1-4", "17.3": "1-2",
}  # fmt: skip
THIRD = {
    "2.3": "5", "6.3": "5-8", "6.4": "5-6", "6.5": "6-8", "6.6": "4", "6.7": "1-2", "7.5": "3", "8.1": "3-4",
    "8.2": "4", "8.3": "2-3", "8.4": "2", "10.2": "3", "10.3": "5", "10.4": "12-16", "11.1": "3-4", "11.2": "4-5",
    "11.3": "4-5", "11.5": "2", "11.6": "2", "11.7": "1-2", "16.5": "4",
}  # fmt: skip
"""Of level 3 the chapters on people, access, tokens, cryptography and logs, 6 to 11 and 16; and two people, 2.3.5."""
LEVELS = {"1": FIRST, "2": SECOND, "3": THIRD}
ASKED = {"1": 70, "2": 183, "3": 38}
"""How many the standard has of each level (of the third: of those)."""


def numbers(said: str) -> list[int]:
    found = []
    for part in said.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


@cache
def functions(path: Path) -> frozenset[str]:
    """Names of the tests that stand in a file, at its top or in a class."""
    nodes = ast.walk(ast.parse(path.read_text()))
    named = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return frozenset(name for name in named if name.startswith("test_"))


def is_test(place: str) -> bool:
    """Whether `tests/…/test_x.py` or `tests/…/test_x.py::test_name` is there and tests something."""
    file, _, name = place.partition("::")
    path = PROJECT / file
    if not (path.is_file() and path.is_relative_to(PROJECT / "tests") and path.name.startswith("test_")):
        return False
    return name in functions(path) if name else bool(functions(path))


@pytest.mark.parametrize("level", LEVELS)
def test_every_requirement_of_the_level_stands_there_once(level):
    wanted = [f"{section}.{number}" for section, said in LEVELS[level].items() for number in numbers(said)]
    assert len(wanted) == ASKED[level]
    assert sorted(row[0] for row in ROWS if row[1] == level) == sorted(wanted)


def test_no_row_stands_there_twice_and_none_is_overlooked():
    assert [number for number, times in Counter(row[0] for row in ROWS).items() if times > 1] == []
    assert len(re.findall(r"^\| \d+\.", PAGE, re.MULTILINE)) == len(ROWS) == sum(ASKED.values())


def test_what_is_said_to_be_met_is_shown_by_a_test_that_exists():
    for number, _level, state, words, places in ROWS:
        assert state in STATES, number
        assert len(words) > 5, number
        named = re.findall(r"`([^`]+)`", places)
        wrong = [one for one in named if not (is_test(one) or (one.endswith(".md") and (PROJECT / one).is_file()))]
        assert wrong == [], number
        if state in {"met", "partly"}:
            assert any(map(is_test, named)), f"{number}: by which test?"
        if state == "operator":
            assert any(one.endswith(".md") for one in named), f"{number}: where is the operator told?"


def test_a_test_that_is_not_there_is_no_proof():
    assert is_test("tests/test_asvs.py::test_a_test_that_is_not_there_is_no_proof")
    for wrong in ("tests/test_asvs.py::test_of_old", "tests/test_of_old.py", "tests/lanes.py", "caricom_portal/csp.py"):
        assert not is_test(wrong)


def test_the_count_at_the_top_is_that_of_the_rows():
    counts = Counter(row[2] for row in ROWS)
    for state in STATES:
        assert f"| {state} | {counts[state]} |" in PAGE, (state, counts[state])
