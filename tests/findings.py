"""What a run found, told at its end: the slowest tests, seconds by folder, and each failed test with its reason.

A plugin (`-p tests.findings`) writes it down for the lane that PORTAL_TEST_LANE names; `summary` puts the lanes
together, so that the last lines of `make test` are all that somebody needs to begin with.
"""

import contextlib
import json
import os
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.records import FILE, PROJECT

FOLDER = FILE.parent / "findings"
"""A file for each lane, and `pages` with what browsers showed when their test failed."""
PAGES = FOLDER / "pages"
LOGS = PROJECT / "var"
"""Where make keeps what a lane printed."""
LANES = ("check", "pure", "app", "browser")
SLOWEST = 20
LINES = 36
"""For what failed: the last forty of the whole, with what make says of it."""
WIDTH = 240
SAID = 8
"""Last lines of a lane that names no test."""
_LANE = os.environ.pop("PORTAL_TEST_LANE", "")  # what a test runs itself is no part of its lane
_seconds: dict[str, float] = defaultdict(float)
_failed: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that began the run: it hears of all tests."""
    _seconds[report.nodeid] += report.duration
    if report.failed:
        _failed.setdefault(report.nodeid, first_line(report.longrepr))


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file that cannot be loaded has failed, too."""
    if report.failed:
        _failed.setdefault(report.nodeid, first_line(report.longrepr))


def pytest_sessionfinish(session: Any) -> None:
    """Write down what was found."""
    if not _LANE or hasattr(session.config, "workerinput"):
        return
    found = {"seconds": {test: round(took, 2) for test, took in _seconds.items()}, "failed": _failed}
    with contextlib.suppress(OSError):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{_LANE}.json").write_text(json.dumps(found, indent=0))


def first_line(reason: Any) -> str:
    """Of a failure: what was raised, without the way there."""
    crash = getattr(reason, "reprcrash", None)
    lines = [line.strip() for line in str(crash.message if crash else reason).splitlines() if line.strip()]
    raised = [line.removeprefix("E ").strip() for line in lines if line.startswith("E ")]
    return (raised or lines or [""])[0]


def read_findings() -> dict[str, dict[str, Any]]:
    """`seconds` and `failed` of the lanes that came to their end."""
    return {lane: json.loads(file.read_text()) for lane in LANES if (file := FOLDER / f"{lane}.json").exists()}


def summary() -> Iterator[str]:
    """The lines at the end of `make test`."""
    found = read_findings()
    seconds = {test: took for lane in found.values() for test, took in lane["seconds"].items()}
    failed = {test: reason for lane in found.values() for test, reason in lane["failed"].items()}
    yield from slowest(seconds)
    yield from by_folder(seconds)
    yield ""
    silent = [line for lane in LANES for line in last_words(lane) if not found.get(lane, {}).get("failed")]
    yield from silent
    yield from told(failed, LINES - len(silent))
    if any(PAGES.glob("*")):
        yield f"What the browsers showed, as text and picture: {PAGES.relative_to(PROJECT)}"
    ran = ", ".join(f"{len(lane['seconds']):,} {name}" for name, lane in found.items())
    yield f"{len(failed)} failed of {ran or 'no test'}"


def slowest(seconds: dict[str, float]) -> Iterator[str]:
    """The tests that took longest."""
    for test, took in sorted(seconds.items(), key=lambda one: -one[1])[:SLOWEST]:
        yield f"{took:7.1f} s  {test}"


def by_folder(seconds: dict[str, float]) -> Iterator[str]:
    """Seconds of each folder of tests, the longest first."""
    if not seconds:
        return
    folders: dict[str, float] = defaultdict(float)
    for test, took in seconds.items():
        folder = Path(test.partition("::")[0]).parts[1:-1]
        folders[folder[0] if folder else "tests"] += took
    longest_first = sorted(folders.items(), key=lambda one: -one[1])
    yield from textwrap.wrap(
        "Seconds by folder: " + ", ".join(f"{name} {took:,.0f}" for name, took in longest_first), 118
    )


def last_words(lane: str) -> list[str]:
    """What a lane said last, when make had to end it; [] for one that passed or was not begun."""
    log = LOGS / f"{lane}.log"
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()] if log.exists() else []
    if not lines or not (lines[-1].startswith("make") and "*** [" in lines[-1]):
        return []
    said = [line for line in lines if not line.startswith("make")]
    return [f"make {lane} failed; it said last:", *(f"    {line[:WIDTH]}" for line in said[-SAID:])]


def told(failed: dict[str, str], room: int) -> Iterator[str]:
    """A line for each failed test; where they are too many, one for all that failed for the same reason."""
    if len(failed) <= room:
        yield from (f"{test}  {reason}"[:WIDTH] for test, reason in failed.items())
        return
    same: dict[str, list[str]] = defaultdict(list)
    for test, reason in failed.items():
        same[reason].append(test)
    lines = [f"{others(tests)}  {reason}"[:WIDTH] for reason, tests in same.items()]
    yield from lines[: room - 1]
    if len(lines) >= room:
        yield f"and {len(lines) - room + 1} other reasons: {FOLDER.relative_to(PROJECT)}"


def others(tests: Iterable[str]) -> str:
    """The first of some tests, and how many more there are."""
    first, *more = tests
    return f"{first} and {len(more)} more" if more else first
