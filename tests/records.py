"""How long each file of tests took and how often it failed, kept from run to run: what fails most often goes first.

A plugin (`-p tests.records`); the record lies in the tests' home and may be lost without harm.
"""

import contextlib
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FILE = Path(os.environ.get("PORTAL_TEST_HOME") or PROJECT / "var" / "test").resolve() / "records.json"
FADES = 0.7
"""What is left of a failure's weight after each later run of its file."""
_seconds: dict[str, float] = defaultdict(float)
_failures: dict[str, int] = defaultdict(int)


def read_records() -> dict[str, dict[str, float]]:
    """`seconds` and `failures` by file of tests; {} without a record."""
    with contextlib.suppress(OSError, ValueError):
        found: dict[str, dict[str, float]] = json.loads(FILE.read_text())
        return found
    return {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that began the run: it hears of all tests."""
    file = report.nodeid.partition("::")[0]
    _seconds[file] += report.duration
    _failures[file] += report.failed


def pytest_sessionfinish(session: Any) -> None:
    """Add this run to the record."""
    if hasattr(session.config, "workerinput") or not _seconds:
        return
    records = read_records()
    for file, seconds in _seconds.items():
        old = records.get(file, {}).get("failures", 0.0)
        records[file] = {"seconds": round(seconds, 2), "failures": round(old * FADES + _failures[file], 3)}
    with contextlib.suppress(OSError):
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(records, indent=0, sort_keys=True))
