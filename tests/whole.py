"""`make test` as a whole: nothing begins that cannot end well, and what failed comes last.

`python -m tests.whole make sources portals` runs that command, prints the summary of tests/findings.py and ends with
the command's code; with 2 and one sentence where the machine or a neighbour does not allow it.
"""

import contextlib
import fcntl
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests import findings

ROOM = 500 * 2**20
"""Bytes that must be free where temporary files and test databases are made."""
LOCK = findings.LOGS / "make-test.lock"


def obstacle() -> str:
    """Why a run would fail whatever the code says, in one sentence; "" when nothing is in its way."""
    try:
        temporary = tempfile.gettempdir()
    except OSError as failure:
        return f"Nothing can be written to a temporary folder: {failure.strerror}."
    for folder in (temporary, str(findings.LOGS)):
        free = shutil.disk_usage(folder).free
        if free < ROOM:
            return f"{free / 2**20:.0f} MB are free in {folder}; the tests need {ROOM / 2**20:.0f} MB."
    return ""


@contextlib.contextmanager
def alone() -> Iterator[bool]:
    """Whether no other `make test` is under way in this folder; none can begin before the block ends."""
    findings.LOGS.mkdir(parents=True, exist_ok=True)
    with open(LOCK, "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.contextmanager
def outlived_by(lanes: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Whoever ends this process ends the lanes first, which end what they have begun; a terminal tells them itself."""
    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: lanes.terminate()),
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(command: list[str]) -> int:
    """Run the lanes and say what they found."""
    shutil.rmtree(findings.FOLDER, ignore_errors=True)
    for lane in findings.LANES:
        (findings.LOGS / f"{lane}.log").unlink(missing_ok=True)
    with subprocess.Popen(command, cwd=findings.PROJECT) as lanes, outlived_by(lanes):
        code = lanes.wait()
    sys.stdout.writelines(f"{line}\n" for line in findings.summary())
    return code


def main(*command: str) -> int:
    """Run a command as the whole of the tests; its exit code, or 2."""
    with alone() as free:
        why = obstacle() if free else "Another make test is under way in this folder."
        if why:
            sys.stderr.write(f"{why}\n")
            return 2
        return run([*command])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
