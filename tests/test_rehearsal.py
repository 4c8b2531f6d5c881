"""The rehearsal says what failed in which circumstance (tests/rehearsal.py)."""

from pathlib import Path

import pytest

from tests import rehearsal
from tests.rehearsal import Round

BARE = ("-o", "addopts=", "-p", "no:django", "-p", "no:cacheprovider", "--noconftest")
ORDERED = (*BARE, "-p", "no:randomly")
NEIGHBOURS = """
met = []

def test_first(): met.append(1)
def test_second(): met.append(2)
def test_third(): assert met == [1, 2], "who came before?"
"""


@pytest.fixture
def alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Three tests of which the last depends on its neighbours."""
    monkeypatch.setattr(rehearsal, "REPORTS", tmp_path / "reports")
    file = tmp_path / "test_neighbours.py"
    file.write_text(NEIGHBOURS)
    return str(file)


def test_in_the_order_of_the_file_nothing_fails(alike: str) -> None:
    assert rehearsal.run("one", Round("one process", ("-n0",)), [*ORDERED, alike]) == []


def test_in_some_order_the_test_that_depends_on_its_neighbours_is_named_with_its_reason(alike: str) -> None:
    found = [
        rehearsal.run("order", Round("in random order", ("-n0", *rounds["order"].arguments[4:])), [*BARE, alike])
        for rounds in map(rehearsal.rounds, range(3))
    ]
    named = {line for lines in found for line in lines}
    assert len(named) == 1
    assert "test_third  AssertionError: who came before?" in named.pop()


def test_a_round_in_which_no_test_ran_is_none_that_passed(alike: str) -> None:
    assert rehearsal.run("one", Round("one process", ("-n0",)), [*BARE, f"{alike}.gone"]) == ["pytest ended with 4"]


def test_neighbours_burn_as_long_as_the_round_lasts(alike: str) -> None:
    with rehearsal.burning(2):
        pass
    assert rehearsal.run("neighbours", Round("", ("-n0",), neighbours=1), [*ORDERED, alike]) == []


def test_what_failed_is_told_by_circumstance() -> None:
    known = {"one": Round("one process"), "four": Round("four processes")}
    assert list(rehearsal.told(known, {"one": [], "four": ["a::b  no"]})) == [
        "one (one process): all passed",
        "four (four processes): 1 failed",
        "    a::b  no",
    ]
