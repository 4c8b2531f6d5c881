"""`make test` ends with what somebody needs to begin with, or says in one sentence why it did not begin."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import findings, lanes, whole

LAST = 40
TESTS = """
import pytest

def test_right():
    pass

def test_wrong():
    assert [1, 2] == [1, 3], "the list of the watch"

@pytest.fixture
def portal():
    raise RuntimeError("PostgreSQL did not start:\\nno room")

def test_not_begun(portal):
    pass
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Findings and logs of this test alone."""
    monkeypatch.setattr(findings, "PROJECT", tmp_path)
    monkeypatch.setattr(findings, "LOGS", tmp_path / "var")
    monkeypatch.setattr(findings, "FOLDER", tmp_path / "findings")
    monkeypatch.setattr(findings, "PAGES", tmp_path / "findings" / "pages")
    monkeypatch.setattr(whole, "LOCK", tmp_path / "lock")
    (tmp_path / "var").mkdir()
    return tmp_path


def ended(name: str, failed: dict[str, str], passed: int = 3) -> None:
    """A lane that came to its end."""
    seconds = {
        **{f"tests/rifc/test_a.py::test_{number}": number / 10 for number in range(passed)},
        **dict.fromkeys(failed, 2.0),
    }
    findings.FOLDER.mkdir(exist_ok=True)
    (findings.FOLDER / f"{name}.json").write_text(json.dumps({"seconds": seconds, "failed": failed}))


def run_tests(here: Path, *arguments: str) -> None:
    """TESTS as a lane of make runs them."""
    (here / "test_it.py").write_text(TESTS)
    (here / "test_unreadable.py").write_text("import nothing_of_that_name\n")
    bare = ("-o", "addopts=", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "tests.findings")
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(here), *bare, *arguments]
    subprocess.run(
        [*command, "--continue-on-collection-errors", str(here)],
        env={**os.environ, "PORTAL_TEST_HOME": str(here), "PORTAL_TEST_LANE": "pure"},
        cwd=lanes.PROJECT,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("processes", ["-n0", "-n2"])
def test_each_failed_test_is_told_with_what_was_raised(here: Path, processes: str) -> None:
    run_tests(here, processes)
    failed = {test.rpartition("/")[2]: reason for test, reason in findings.read_findings()["pure"]["failed"].items()}
    assert failed == {
        "test_it.py::test_wrong": "AssertionError: the list of the watch",
        "test_it.py::test_not_begun": "RuntimeError: PostgreSQL did not start:",
        "test_unreadable.py": "ModuleNotFoundError: No module named 'nothing_of_that_name'",
    }


@pytest.mark.parametrize("number", [1, 36, 37, 400])
def test_the_last_forty_lines_hold_every_failed_test(number: int) -> None:
    ended("app", {f"tests/jrcc/test_gate.py::test_{one}": f"AssertionError: {one}" for one in range(number)})
    ended("browser", {"tests/running/test_live.py::test_told": "TimeoutError"})
    findings.PAGES.mkdir()
    (findings.PAGES / "test_told-1.txt").write_text("")
    last = list(findings.summary())[-LAST + 1 :]  # and one by make
    if number < findings.LINES:
        assert all(any(f"::test_{one}  AssertionError: {one}" in line for line in last) for one in range(number))
        assert any("test_live.py::test_told  TimeoutError" in line for line in last)
    else:
        assert f"and {number + 1 - (findings.LINES - 1)} other reasons: findings" in last
    assert "What the browsers showed, as text and picture: findings/pages" in last
    assert last[-1] == f"{number + 1} failed of {number + 3:,} app, 4 browser"


def test_what_all_failed_for_is_told_once() -> None:
    ended(
        "app", {f"tests/rifc/test_b.py::test_{one}": "ServiceError: PostgreSQL did not start:" for one in range(4000)}
    )
    assert "tests/rifc/test_b.py::test_0 and 3999 more  ServiceError: PostgreSQL did not start:" in findings.summary()


def test_a_lane_that_names_no_test_says_its_last_words() -> None:
    said = ["All checks passed!", "PostgreSQL did not start:", "no room", "make: *** [Makefile:110: app] Error 1", ""]
    (findings.LOGS / "app.log").write_text("\n".join(said))
    (findings.LOGS / "check.log").write_text("Success: no issues found in 2106 source files\n")
    told = list(findings.summary())
    assert [line.strip() for line in told if line][:4] == ["make app failed; it said last:", *said[:3]]
    assert not any("make check" in line for line in told)


def test_the_slowest_and_the_seconds_by_folder_come_before() -> None:
    ended("app", {}, passed=30)
    ended("pure", {"tests/test_days.py::test_sunday": "AssertionError"})
    told = list(findings.summary())
    assert told[0] == "    2.9 s  tests/rifc/test_a.py::test_29"
    assert told[findings.SLOWEST] == "Seconds by folder: rifc 44, tests 2"


def end_with(code: int) -> list[str]:
    return [sys.executable, "-c", f"raise SystemExit({code})"]


@pytest.mark.parametrize("code", [0, 2])
def test_the_whole_ends_as_its_lanes_do(capsys: pytest.CaptureFixture[str], code: int) -> None:
    assert whole.main(*end_with(code)) == code
    assert capsys.readouterr().out.splitlines()[-1] == "0 failed of no test"


def test_beside_another_one_it_says_so_and_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with whole.alone():
        assert whole.main(*end_with(0)) == 2
    assert capsys.readouterr() == ("", "Another make test is under way in this folder.\n")
    assert whole.main(*end_with(0)) == 0


def test_without_room_it_says_where_and_how_much(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "ROOM", 2**60)
    assert whole.main(*end_with(0)) == 2
    assert capsys.readouterr().err.endswith("the tests need 1099511627776 MB.\n")


def test_where_nothing_can_be_written_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(whole.tempfile, "gettempdir", none)
    assert whole.obstacle() == "Nothing can be written to a temporary folder: No usable temporary directory found."
