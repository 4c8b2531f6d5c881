"""The three programs of a portal and how each is called."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from caricom_portal.services.homes import PROJECT
from caricom_portal.services.keeping import Program

SECONDS_FOR_OPEN_STREAMS = 5
SOCKET_FRAME = 2**20  # bytes; a socket has a narrower limit of its own and says so


def web_command(host: str, port: int) -> list[str]:
    """One server process for pages, API and live channels (docs/decisions/003)."""
    return [
        sys.executable, "-m", "uvicorn", "caricom_portal.asgi:application",
        "--host", host, "--port", str(port), "--lifespan", "on", "--log-level", "warning", "--no-access-log",
        "--no-server-header", "--timeout-graceful-shutdown", str(SECONDS_FOR_OPEN_STREAMS),
        "--ws-max-size", str(SOCKET_FRAME),
        # anybody could otherwise choose the address that rate limits and records show: caricom_portal/forwarding.py
        "--no-proxy-headers",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Work behind the pages, both queues."""
    return [
        sys.executable, "-m", "celery", "-A", "caricom_portal", "worker", "-Q", "fast,mail,slow",
        "--concurrency", os.environ.get("PORTAL_WORKERS", "2"), "--loglevel", "warning",
        "--without-gossip", "--without-mingle", "-n", "portal@%h",
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
    """Scheduler, worker and web, in the order of starting; they are stopped the other way round.

    `simulator` is the address at which a demonstration simulates INTERPOL; "" = not.
    """
    beside = [Program("interpol", simulator_command(simulator), home, env)] if simulator else []
    return [
        *beside,
        Program("scheduler", scheduler_command(home), home, env),
        Program("worker", worker_command(), home, env, hurry=signal.SIGQUIT),
        Program("web", web_command(host, port), home, env),
    ]
