"""Whether the suite holds on any day, in any order and beside any neighbour: `python -m tests.rehearsal`.

Every test without a browser is run once for each circumstance that has made one fail before: moved clocks
(tests/on_day.py), a fast one (tests/fast_clock.py), other orders, one process and four, and two processes that burn the
cores meanwhile. It takes hours; `ROUNDS` chooses circumstances, and what follows goes to pytest, so that it can be done
in pieces:

    make rehearse ROUNDS="order four" ARGS=tests/jrcc

What failed in which circumstance comes last; the reports lie in `var/rehearsal`.
"""

import argparse
import multiprocessing
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import on_day

REPORTS = on_day.PROJECT / "var" / "rehearsal"
TWO = ("-n", "2", "--dist", "worksteal")
NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Round:
    """A circumstance: in words, the arguments of pytest, the moment of the clocks, how many processes burn a core."""

    what: str
    arguments: tuple[str, ...] = TWO
    moment: str = ""
    neighbours: int = 0


def rounds(seed: int) -> dict[str, Round]:
    """All circumstances by their names; `seed` decides the order of the one that has another."""
    shuffled = ("-p", "randomly", f"--randomly-seed={seed}", "--randomly-dont-reset-seed")
    return {
        **{moment: Round(what, moment=moment) for moment, what in on_day.DAYS.items()},
        "order": Round(f"in random order, seed {seed}", (*TWO, *shuffled)),
        "fast": Round("by a clock that begins a minute each second", (*TWO, "-p", "tests.fast_clock")),
        "one": Round("one process", ("-n0",)),
        "four": Round("four processes", ("-n", "4", "--dist", "worksteal")),
        "neighbours": Round("beside two processes that burn both cores", neighbours=NEIGHBOURS),
    }


def run(name: str, one: Round, arguments: Iterable[str]) -> list[str]:
    """Run the tests in a circumstance; which failed, or what kept them from being run."""
    report = REPORTS / f"{name.replace(':', '')}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    given = [*one.arguments, f"--junit-xml={report}", *arguments]
    with burning(one.neighbours):
        if one.moment:
            code = on_day.main(one.moment, *given)
        else:
            command = [sys.executable, "-m", "pytest", "-m", "not browser", "-q", *given]
            code = subprocess.run(command, cwd=on_day.PROJECT, check=False).returncode
    failed = list(read_failures(report)) if report.exists() else []
    return failed or ([f"pytest ended with {code}"] if code else [])


def read_failures(report: Path) -> Iterator[str]:
    """The tests that a report of pytest says failed, each with the first line of its reason."""
    for case in ElementTree.parse(report).iter("testcase"):
        for kind in ("failure", "error"):
            if (found := case.find(kind)) is not None:
                reason = (found.get("message") or kind).strip().split("\n")[0]
                yield f"{case.get('classname')}::{case.get('name')}  {reason[:120]}"


@contextmanager
def burning(processes: int) -> Iterator[None]:
    """So many processes that count as fast as they can."""
    running = [multiprocessing.Process(target=_burn, daemon=True) for _ in range(processes)]
    for one in running:
        one.start()
    try:
        yield
    finally:
        for one in running:
            one.terminate()
            one.join()


def _burn() -> None:
    while True:
        pass


def main() -> int:
    """Run the rounds that are named, all without a name; 0 where no test failed in any."""
    seed = random.SystemRandom().randrange(10**6)
    parser = argparse.ArgumentParser(prog="make rehearse", description=__doc__)
    parser.add_argument("--rounds", default="", help="names of circumstances, apart by spaces; all without it")
    parser.add_argument("--seed", type=int, default=seed, help="of the random order")
    chosen, arguments = parser.parse_known_args()
    known = rounds(chosen.seed)
    names = chosen.rounds.split() or list(known)
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no such round: {', '.join(unknown)}; there are {', '.join(known)}")
    found = {name: run(name, known[name], arguments) for name in names}
    sys.stdout.write("\n" + "\n".join(told(known, found)) + "\n")
    return int(any(found.values()))


def told(known: dict[str, Round], found: dict[str, list[str]]) -> Iterator[str]:
    """What failed where, a line each."""
    for name, failed in found.items():
        yield f"{name} ({known[name].what}): {f'{len(failed)} failed' if failed else 'all passed'}"
        yield from (f"    {line}" for line in failed)


if __name__ == "__main__":
    sys.exit(main())
