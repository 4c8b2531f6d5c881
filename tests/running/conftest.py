"""A whole portal as `make run` starts it, for the tests that need all its processes."""

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.running.browser import _everybody, people  # noqa: F401  (fixtures of the browser tests)

PROJECT = Path(__file__).resolve().parents[2]
START_S = 900


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


class Portal:
    """A running portal with a home and a port of its own."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.home, self.url = home, f"http://127.0.0.1:{self.port}"
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}},
            **{"PORTAL_HOME": str(home), "PORTAL_PORT": str(self.port), "PORTAL_DEMO": "1"},
            "WEBHOOKS_LOCAL": "1",  # a directory that a test runs beside the portal
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, and return when the portal says that it is ready."""
        command = [sys.executable, "-m", "caricom_portal.services", "run"]
        self.process = subprocess.Popen(
            command, cwd=PROJECT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=lambda: [lines.put(line) for line in self.process.stdout], daemon=True).start()
        seen, end = [], time.monotonic() + START_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                seen.append(lines.get(timeout=1))
            except queue.Empty:
                continue
            if seen[-1].startswith("Portal ready at"):
                assert self.url in seen[-1]
                return
        raise AssertionError("the portal did not become ready:\n" + "".join(seen[-40:]))

    def stop(self) -> list[str]:
        """Stop as Ctrl-C would; the names of processes that are left over."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        _, alive = psutil.wait_procs(children, timeout=30)
        return [child.name() for child in alive]

    def kill(self) -> None:
        """End what a failed start has left."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the portal; its standard output."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=PROJECT, env=self.env, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def cast(self) -> dict[str, dict[str, Any]]:
        """The demonstration people by user name."""
        return {person["username"]: person for person in json.loads(self.manage("demo_cast", "--json"))}

    def program(self, desk: str, scope: str = "write") -> httpx.Client:
        """A program with a key of this desk."""
        token = self.manage("create_token", "--desk", desk, "--scope", scope, "--days", "2").splitlines()[-1]
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30)

    def processes(self, matches: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
        """The portal's processes that match."""
        return [child for child in psutil.Process(self.process.pid).children(recursive=True) if matches(child)]


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """One demonstration portal for all tests of this folder that a process runs."""
    home = PROJECT / "var" / f"test-portal-{os.getpid()}"
    running = Portal(home)
    try:
        running.start()
        yield running
        assert running.stop() == []
    finally:
        running.kill()
        shutil.rmtree(home, ignore_errors=True)


def eventually(look: Callable[[], Any], seconds: float = 30) -> Any:
    """The first true answer of `look`, asked again until then; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = look()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} seconds")
