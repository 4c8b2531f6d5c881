"""Run tests as if it were another day: `python -m tests.on_day 2028-02-29 [arguments of pytest]`.

The clock of everything is moved, of Python, PostgreSQL and Valkey, by Debian's libfaketime; services and databases of
such a run lie in a home of their own. `make days` asks for the days below.
"""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PLACES = ("/usr/lib", "/usr/local/lib")
MISSING = "The clock of a test run is moved by libfaketime: install Debian's package `faketime`."
DAYS = {
    "2026-12-31T15:00": "the last day of a year",
    "2026-12-31T23:59": "the last minute of a year",
    "2027-02-28T15:00": "a Sunday, the last of a short February",
    "2027-03-14T06:55": "clocks go forward in New York, and so in Nassau and Port-au-Prince",
    "2027-03-28T00:55": "clocks go forward in London; Easter Sunday",
    "2027-04-30T15:00": "the last day of a short month",
    "2027-06-15T23:59": "the last minute of a day",
    "2027-10-31T00:55": "clocks go back in London",
    "2027-11-07T05:55": "clocks go back in New York",
    "2028-02-29T15:00": "the leap day",
    "2028-08-01T15:00": "Emancipation Day, a holiday of several States",
}
"""Moments in UTC on which day-bound tests break."""


def find_library() -> Path | None:
    """The library that moves the clock, installed where we may; None without it."""
    if not _found() and os.geteuid() == 0 and shutil.which("apt-get"):
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "faketime"]):
            subprocess.run(["apt-get", *arguments], check=False, capture_output=True)
    return _found()


def _found() -> Path | None:
    return next((found for place in PLACES for found in Path(place).rglob("libfaketimeMT.so.1")), None)


def moved_environment(moment: str, library: Path) -> dict[str, str]:
    """The environment of a process for which it is now `moment` (UTC; noon for a day alone)."""
    then = datetime.datetime.fromisoformat(moment if "T" in moment else f"{moment}T12:00").replace(tzinfo=datetime.UTC)
    seconds = int((then - datetime.datetime.now(datetime.UTC)).total_seconds())
    moved = {"LD_PRELOAD": str(library), "FAKETIME": f"{seconds:+d}s", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    home = PROJECT / "var" / "on-days" / moment.replace(":", "")
    return os.environ | moved | {"PORTAL_TEST_HOME": str(home)}


def main(moment: str, *arguments: str) -> int:
    """Run pytest at the moment; its exit code."""
    library = find_library()
    if library is None:
        sys.exit(MISSING)
    sys.stdout.write(f"as if it were {moment}: {DAYS.get(moment, '')}\n")
    sys.stdout.flush()
    run = [sys.executable, "-m", "pytest", "-m", "not browser", "-q", *arguments]
    return subprocess.run(run, cwd=PROJECT, env=moved_environment(moment, library), check=False).returncode


if __name__ == "__main__":
    chosen = list(DAYS) if sys.argv[1:2] == ["all"] else sys.argv[1:2]
    sys.exit(max(main(moment, *sys.argv[2:]) for moment in chosen))
