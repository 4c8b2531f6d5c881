"""Processes by identity: a pid alone is reused by the system, a pid with its start time is not."""

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil


@dataclass(frozen=True)
class Identity:
    """One process of this machine, for as long as it lives; `started` in seconds since the epoch."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """The identity of a running process, None when there is none with that pid."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return cls(pid, process.create_time())
        except psutil.Error:
            return None

    @classmethod
    def own(cls) -> "Identity":
        """The identity of this process."""
        return cls(os.getpid(), psutil.Process().create_time())

    @classmethod
    def read(cls, data: Any) -> "Identity | None":
        """From `as_data()` as it stood in a file; None for anything else."""
        try:
            return cls(int(data["pid"]), float(data["started"]))
        except (KeyError, TypeError, ValueError):
            return None

    def as_data(self) -> dict[str, float]:
        """For a JSON file."""
        return {"pid": self.pid, "started": self.started}

    def is_alive(self) -> bool:
        """True while this very process runs (zombies do not count)."""
        now = Identity.of(self.pid)
        # psutil derives the start time from the boot time, which may move by some hundredths of a second
        return now is not None and abs(now.started - self.started) < 2


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def signal_group(leader: int, number: int) -> bool:
    """Send a signal to the process group of `leader`; False when nobody is left in it."""
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # only processes of other accounts are left in a group of that number: not ours
        return False
    return True


def end_group(leader: int, grace_s: float, first: int = signal.SIGTERM) -> None:
    """End every process in the group of `leader`: `first`, and SIGKILL for what is left after `grace_s`."""
    if not signal_group(leader, first):
        return
    if not wait_until(lambda: not _group_alive(leader), grace_s):
        signal_group(leader, signal.SIGKILL)
        wait_until(lambda: not _group_alive(leader), 5)


def _group_alive(leader: int) -> bool:
    for process in psutil.process_iter(["status"]):
        with contextlib.suppress(OSError):
            if process.info["status"] != psutil.STATUS_ZOMBIE and os.getpgid(process.pid) == leader:
                return True
    return False


def wait_until(condition: Callable[[], bool], limit_s: float, step_s: float = 0.05) -> bool:
    """Wait for `condition()` to become true; False when `limit_s` seconds went by without it."""
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(step_s)
    return True
