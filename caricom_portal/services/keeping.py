"""Keep a set of services and programs running: start in order, restart what dies, stop in reverse."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from caricom_portal.services.homes import ServiceError
from caricom_portal.services.processes import Identity, end_group, signal_group

LOG_LIMIT = 20 * 2**20  # bytes; a longer log is put aside at the next start
STEADY_S = 60  # after this long a program counts as healthy and its back-off begins anew
LONGEST_PAUSE_S = 30


class Kept(Protocol):
    """Something that can be kept running."""

    name: str

    def start(self) -> None:
        """Start; ServiceError when that is impossible."""

    def is_alive(self) -> bool:
        """Whether it runs."""

    def stop(self) -> None:
        """Stop and wait."""


class Program:
    """One of the portal's own programs, in a session of its own so that Ctrl-C reaches the supervisor alone."""

    def __init__(
        self, name: str, command: Sequence[str], home: Path, env: Mapping[str, str], *, hurry: int = signal.SIGTERM
    ) -> None:
        self.name = name
        self.command = list(command)
        self.env = dict(env)
        self.grace_s: float = 10
        self.hurry = hurry  # what makes it drop its work when SIGTERM takes too long
        self.log_path = home / "logs" / f"{name}.log"
        self.note = home / "programs" / f"{name}.json"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, after ending what an earlier one left behind (pool processes of a killed worker)."""
        self.end_left_over()
        self.note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_LIMIT:
            self.log_path.replace(self.log_path.with_suffix(".old.log"))
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        identity = Identity.of(self.process.pid)
        if identity:
            self.note.write_text(json.dumps(identity.as_data()), encoding="utf-8")

    def is_alive(self) -> bool:
        """True while its main process runs."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM without waiting."""
        if self.is_alive() and self.process is not None:
            self.process.terminate()

    def stop(self) -> None:
        """Stop it and every process that it made."""
        if self.process is None:
            return
        self.ask_to_stop()
        for limit_s, number in ((self.grace_s, self.hurry), (self.grace_s / 2, signal.SIGKILL)):
            try:
                self.process.wait(limit_s)
                break
            except subprocess.TimeoutExpired:
                signal_group(self.process.pid, number)
        self.process.wait(5)
        end_group(self.process.pid, 0, signal.SIGKILL)
        self.note.unlink(missing_ok=True)

    def end_left_over(self) -> None:
        """End the process group noted by an earlier start, ours or a killed supervisor's."""
        with contextlib.suppress(OSError, ValueError):
            left = Identity.read(json.loads(self.note.read_text(encoding="utf-8")))
            if left is None:
                return
            holder = Identity.of(left.pid)
            # the system gives a number to nobody else while a group of that number exists: if its leader is gone
            # the rest of the group is ours, if somebody else has the number now there is no rest
            if holder is None or left.is_alive():
                end_group(left.pid, 5)


class Keeper:
    """Restarts what dies, at once the first time and then with growing pauses."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.kept: list[Kept] = []
        self.say = say
        self._failures: dict[str, int] = {}
        self._started: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def start(self, one: Kept) -> None:
        """Start and keep it from now on; ServiceError when it does not start."""
        self.kept.append(one)
        self._started[one.name] = time.monotonic()
        one.start()

    def look(self) -> None:
        """Notice what has died and restart what is due. Call it a few times a second."""
        for one in self.kept:
            if one.is_alive():
                continue
            now = time.monotonic()
            if one.name not in self._due:
                if now - self._started[one.name] > STEADY_S:
                    self._failures[one.name] = 0
                failures = self._failures.get(one.name, 0)
                pause_s = min(2**failures - 1, LONGEST_PAUSE_S)
                self._failures[one.name] = failures + 1
                self._due[one.name] = now + pause_s
                self.say(f"{one.name} ended unexpectedly; starting it again in {pause_s} s (logs/{one.name}.log)")
            if now >= self._due[one.name]:
                self._restart(one)

    def _restart(self, one: Kept) -> None:
        del self._due[one.name]
        self._started[one.name] = time.monotonic()
        try:
            one.start()
        except ServiceError as error:
            self.say(f"{one.name}: {error}")

    def failures(self, name: str) -> int:
        """How often it has died since it last ran steadily."""
        return self._failures.get(name, 0)

    def stop(self) -> None:
        """Stop everything, the last started first; programs that precede in that order may take their time."""
        for one in reversed(self.kept):
            if isinstance(one, Program):
                one.ask_to_stop()
        for one in reversed(self.kept):
            one.stop()
        self.kept.clear()


def stop_on_signals() -> None:
    """Turn SIGINT, SIGTERM and SIGHUP into SystemExit(0).

    Explicitly, because a job started in the background of a script inherits SIGINT as ignored.
    """

    def leave(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, leave)


def ignore_signals() -> None:
    """While stopping, a second Ctrl-C must not leave half of the programs behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def parent_is_gone(parent: int) -> bool:
    """True when the process that started us has ended."""
    return os.getppid() != parent
