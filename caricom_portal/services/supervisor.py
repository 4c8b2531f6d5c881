"""`make run`: everything a portal needs on one machine, under one process, until it is told to stop."""

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from caricom_portal.keys import kept_key
from caricom_portal.services.embedded import LOOK_S, sole_use, start_services
from caricom_portal.services.health import ask_health
from caricom_portal.services.homes import PROJECT, ServiceError, make_home
from caricom_portal.services.keeping import Keeper, ignore_signals, parent_is_gone, stop_on_signals
from caricom_portal.services.locate import note_path
from caricom_portal.services.prepare import collect_static, manage, prepare_database, refuse_unsafe_start
from caricom_portal.services.processes import free_port
from caricom_portal.services.programs import portal_programs

READY_LIMIT_S = 180
HOPELESS = 4  # a program that dies this often before the portal was ready once will not come up


def say(line: str) -> None:
    """One line for the operator; a reader that has gone away does not stop the portal."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the rest of our life


class Supervisor:
    """Runs one portal in one home."""

    def __init__(self, home: Path, *, host: str, port: int, demo: bool) -> None:
        self.home = home
        self.host = host
        self.port = port
        self.demo = demo
        self.keeper = Keeper(say)
        self.env: dict[str, str] = {}
        # a demonstration without a gateway of its own simulates one
        self.simulator = f"http://127.0.0.1:{free_port()}" if demo and not os.environ.get("INTERPOL_URL") else ""

    @property
    def address(self) -> str:
        """Where people reach it."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def run(self, *, until_parent_ends: bool = False) -> None:
        """Start everything, say when it is ready, keep it running until a signal comes; then stop everything."""
        parent = os.getppid()
        make_home(self.home)
        stop_on_signals()
        with sole_use(self.home, say), contextlib.ExitStack() as ending:
            ending.callback(self._stop)
            self._start()
            self._wait_until_ready()
            say(f"Portal ready at {self.address}")
            if self.demo:
                self._say_where_to_sign_in()
            while not (until_parent_ends and parent_is_gone(parent)):
                self.keeper.look()
                time.sleep(LOOK_S)

    def _refuse_taken_port(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise ServiceError(
                    f"Port {self.port} of {self.host} cannot be used ({error.strerror}); set PORTAL_PORT to another."
                ) from error

    def _start(self) -> None:
        for program in portal_programs(self.home, {}, self.host, self.port, self.simulator):
            program.end_left_over()  # of a supervisor that was killed
        self._refuse_taken_port()
        urls = start_services(self.keeper, self.home, "portal", demo=self.demo)
        self.env = env = self._environment(urls)
        done = prepare_database(self.home, env, urls, demo=self.demo, say=say)
        if collect_static(self.home, env):
            say("static files: collected")
        if not self.demo or "migrate" in done:
            refuse_unsafe_start(env)
        for program in portal_programs(self.home, env, self.host, self.port, self.simulator):
            self.keeper.start(program)

    def _environment(self, urls: Mapping[str, str]) -> dict[str, str]:
        return {
            **os.environ,
            **urls,
            "DJANGO_SETTINGS_MODULE": "caricom_portal.settings",
            "PORTAL_HOME": str(self.home),
            "PORTAL_HOST": self.host,
            "PORTAL_PORT": str(self.port),
            "PORTAL_DEMO": "1" if self.demo else "0",
            "PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "PYTHONUNBUFFERED": "1",
            **self._interpol(),
        }

    def _interpol(self) -> dict[str, str]:
        if not self.simulator:
            return {}
        return {"INTERPOL_URL": self.simulator, "INTERPOL_TOKEN": kept_key("interpol", self.home)}

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + READY_LIMIT_S
        answer = ""
        while time.monotonic() < end:
            ok, answer = ask_health(self.host, self.port)
            if ok:
                return
            self.keeper.look()
            for one in self.keeper.kept:
                if self.keeper.failures(one.name) >= HOPELESS:
                    raise ServiceError(f"{one.name} does not stay up; it says:\n{_end_of(one)}")
            time.sleep(LOOK_S)
        raise ServiceError(f"The portal was not ready after {READY_LIMIT_S} s: {answer or 'no answer'}")

    def _say_where_to_sign_in(self) -> None:
        # with the addresses: a command that outlives a stop at this moment must not start services of its own
        try:
            cast = json.loads(manage("demo_cast", "--json", env=self.env))
        except (ServiceError, ValueError) as error:
            say(f"Sign in at {self.address}/ (the demonstration people cannot be listed: {error})")
            return
        say(f"Sign in at {self.address}/ as one of the {len(cast)} demonstration people, for example:")
        for person in cast[:6]:
            second = "  + one-time code" if person.get("totp_secret") else ""
            say(f"  {person['username']:<28} {person['password']}{second}")
        say(f"All of them, with the secrets of their one-time codes: {_python()} manage.py demo_cast --json")
        say("Ctrl-C stops everything.")

    def _stop(self) -> None:
        ignore_signals()
        note_path(self.home).unlink(missing_ok=True)
        self.keeper.stop()


def _end_of(one: object) -> str:
    path = getattr(one, "log_path", None)
    if path is None or not path.exists():
        return ""
    return str(path.read_text(encoding="utf-8", errors="replace")[-2000:])


def _python() -> str:
    python = Path(sys.executable)
    return str(python.relative_to(PROJECT)) if python.is_relative_to(PROJECT) else sys.executable
