"""The programs of a portal and how each is called."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from caricom_portal.services.homes import PROJECT
from caricom_portal.services.keeping import Program

SECONDS_FOR_OPEN_STREAMS = 5
SOCKET_FRAME = 2**20  # bytes; a socket has a narrower limit of its own and says so
KEEP_ALIVE_S = 75
"""Longer than proxies keep a connection to us (nginx 60 s): else they send into one that we are closing."""
HUNG_S = 30
"""A web process that says nothing for so long is replaced; Python may be busy with one page for some seconds."""


def web_command(host: str, port: int, processes: str = "") -> list[str]:
    """Server processes for pages, API and live channels behind one port (docs/decisions/003, 070).

    SIGHUP replaces them one after the other, each when its successor is ready. Two, unless told otherwise, so that one
    that dies or is reloaded leaves the portal open.
    """
    processes = processes or os.environ.get("PORTAL_WEB_PROCESSES", "2")
    return [
        sys.executable, "-m", "uvicorn", "caricom_portal.asgi:application",
        "--host", host, "--port", str(port), "--lifespan", "on", "--log-level", "warning", "--no-access-log",
        "--no-server-header", "--timeout-graceful-shutdown", str(SECONDS_FOR_OPEN_STREAMS),
        "--ws-max-size", str(SOCKET_FRAME), "--timeout-keep-alive", str(KEEP_ALIVE_S),
        "--workers", processes, "--timeout-worker-healthcheck", str(HUNG_S),
        # anybody could otherwise choose the address that rate limits and records show: caricom_portal/forwarding.py
        "--no-proxy-headers",
    ]  # fmt: skip


def intake_command() -> list[str]:
    """Reading and screening of lists, and nothing else: what other work waits does not matter here."""
    return _worker("intake", "intake", os.environ.get("PORTAL_INTAKE_WORKERS", "2"))


def worker_command() -> list[str]:
    """All other work behind the pages: from its queues in turn."""
    return _worker("portal", "fast,clock,mail,slow", os.environ.get("PORTAL_WORKERS", "2"))


def _worker(name: str, queues: str, processes: str) -> list[str]:
    # nobody listens to what workers tell each other: gossip, mingle, heartbeats of theirs
    return [
        sys.executable, "-m", "celery", "-A", "caricom_portal", "worker", "-Q", queues,
        "--concurrency", processes, "--loglevel", "warning",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "-n", f"{name}@%h",
    ]  # fmt: skip


def scheduler_command(home: Path) -> list[str]:
    """The clock: what runs regularly, by the schedule in the settings."""
    return [
        sys.executable, "-m", "celery", "-A", "caricom_portal", "beat", "--pidfile=",
        "--schedule", str(home / "programs" / "schedule"), "--loglevel", "warning",
    ]  # fmt: skip


def simulator_command(url: str) -> list[str]:
    """The INTERPOL side of a demonstration, at this address of this machine."""
    return [sys.executable, str(PROJECT / "manage.py"), "interpol_simulator", "--port", url.rpartition(":")[2]]


def portal_programs(home: Path, env: Mapping[str, str], host: str, port: int, simulator: str = "") -> list[Program]:
    """Scheduler, workers and web, in the order of starting; they are stopped the other way round.

    `simulator` is the address at which a demonstration simulates INTERPOL; "" = not.
    """
    beside = [Program("interpol", simulator_command(simulator), home, env)] if simulator else []
    return [
        *beside,
        Program("scheduler", scheduler_command(home), home, env),
        Program("worker", worker_command(), home, env, hurry=signal.SIGQUIT),
        Program("intake", intake_command(), home, env, hurry=signal.SIGQUIT),
        Program("web", web_command(host, port), home, env),
    ]
