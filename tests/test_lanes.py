"""Each file of tests runs in one lane, and a change finds the tests that it can touch (tests/lanes.py)."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests import lanes

MAKEFILE = (lanes.PROJECT / "Makefile").read_text()


def test_every_file_runs_in_one_lane_and_make_test_runs_every_lane():
    told = Counter(file for lane in lanes.LANES for file in lanes.files_of(lane))
    assert told == Counter(lanes.all_files())
    asked = [line for line in MAKEFILE.splitlines() if "tests.lanes" in line]
    assert f"\nAPP ?= {lanes.TURN}\n" in MAKEFILE
    assert all(any(lane in line.replace("$(APP)", "app") for line in asked) for lane in lanes.LANES)
    assert "\n\t@$(PY) -m tests.whole make --no-print-directory sources portals\n" in MAKEFILE
    for pair, both in (("sources", "check,pure"), ("portals", "browser,app")):
        assert re.search(rf"^{pair}:.*\n\t\$\(call beside,{both}\)$", MAKEFILE, re.MULTILINE)


def test_every_file_of_the_app_lane_has_its_turn_and_what_decides_who_sees_and_does_what_has_each(monkeypatch):
    app, turns = set(lanes.files_of("app")), []
    for turn in range(lanes.TURNS):
        monkeypatch.setattr(lanes, "turn_now", lambda turn=turn: turn)
        turns.append(set(lanes.files_of(lanes.TURN)))
    assert set.union(*turns) == app
    each = {file for file in app if lanes.turn_of(file) is None}
    assert set.intersection(*turns) == each
    assert {file for file in app if file.parent.name in {"access", "adversary", "audit", "entrance", "tests"}} <= each
    assert all(len(turn - each) > (len(app) - len(each)) / 4 for turn in turns)


def test_a_turn_is_of_the_sources_alone():
    assert lanes.turn_now() in range(lanes.TURNS)
    assert lanes.turn_now.__wrapped__() == lanes.turn_now()


def test_what_is_pure_names_nothing_that_needs_django():
    pure = lanes.files_of("pure")
    assert len(pure) > 50
    for file in pure:
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert not {name for name in imported if name.partition(".")[0] in lanes.HEAVY}, file


def test_a_file_of_a_browser_drives_nothing_but_browsers():
    for file in lanes.files_of("browser"):
        assert re.search(r"^pytestmark = .*pytest\.mark\.browser\b", file.read_text(), re.MULTILINE), (
            f"{file}: its other tests would never run"
        )


@pytest.mark.parametrize(
    ("changed", "test", "near"),
    [
        ("apps/council/rules/votes.py", "tests/council/rules/test_votes.py", 1),
        ("templates/region/number.html", "tests/region/test_pages.py", 0),
        ("apps/region/seed/systems.toml", "tests/region/test_counting.py", 0),
        ("tests/rifc/access.toml", "tests/test_matrix.py", 0),
        ("tests/rifc/policy.toml", "tests/test_policies.py", 0),
        ("apps/watch/policy.py", "tests/test_policies.py", 0),
        ("apps/council/policy/room.py", "tests/test_policies.py", 0),
        ("tests/rifc/matrix.py", "tests/test_matrix.py", 0),
        ("tests/test_days.py", "tests/test_days.py", 0),
        ("apps/watch/queries/search.py", "tests/watch/test_search.py", 3),
    ],
)
def test_a_change_finds_its_tests(changed: str, test: str, near: int):
    found = lanes.touched([lanes.PROJECT / changed])
    assert found[lanes.PROJECT / test] <= near


def test_what_no_test_can_see_touches_none():
    assert lanes.touched([lanes.PROJECT / "docs" / "council.md"]) == {}


def test_quick_takes_the_nearest_as_long_as_their_time_goes(monkeypatch: pytest.MonkeyPatch):
    near = lanes.touched(changed := [lanes.PROJECT / "apps/council/rules/votes.py"])
    monkeypatch.setattr(lanes, "read_records", lambda: {name_of(file): {"seconds": 10.0} for file in near})
    chosen, left = lanes.choose_quick(changed, budget_s=35)
    assert len(chosen) == 3
    assert {*chosen, *left} == set(near)
    assert max(near[file] for file in chosen) <= min(near[file] for file in left if lanes.lane_of(file) != "browser")


def test_what_failed_lately_goes_first(monkeypatch: pytest.MonkeyPatch):
    files = lanes.files_of("pure")
    monkeypatch.setattr(lanes, "read_records", lambda: {name_of(files[-1]): {"failures": 2.0}})
    assert lanes.by_failures(files) == [files[-1], *files[:-1]]


def name_of(file: Path) -> str:
    return str(file.relative_to(lanes.PROJECT))
