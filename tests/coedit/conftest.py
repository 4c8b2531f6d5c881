"""A server as the portal runs it, with texts and people that are really stored."""

import asyncio
import contextlib
import copy
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from apps.coedit.actions import rights, section_texts
from apps.people.models import Seat, User
from tests.coedit.writers import Writer

BARBADOS, JAMAICA, READER, GUYANA = (
    *("brb.intelligence.officer", "jam.intelligence.officer"),
    *("tto.contact.reader", "guy.contact.officer"),
)
PEOPLE = (BARBADOS, JAMAICA, READER, GUYANA, "grd.intelligence.officer")
PROJECT = Path(__file__).resolve().parents[2]


class Server:
    """One process of the portal; texts, rights and sessions for its tests."""

    def __init__(self, folder: Path) -> None:
        self.rule = folder / "rule.json"
        self.assessment = uuid.uuid4()
        self.modes: dict[str, str] = {}
        self.sessions = {name: self.sign_in(name) for name in PEOPLE}
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.env: dict[str, str] = {}
        self.database = ""

    def start(self) -> None:
        """Start; returns when it answers."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        place = connection.settings_dict
        name, secret = quote(place["USER"]), quote(place["PASSWORD"] or "")
        at = f"{quote(place['HOST'], safe='')}:{place['PORT']}" if place["PORT"] else quote(place["HOST"], safe="")
        env = {
            **os.environ,
            "DATABASE_URL": f"postgresql://{name}:{secret}@{self.database or at}/{place['NAME']}",
            "COEDIT_RULE": str(self.rule),
            "DATABASE_POOL": "10",
            "COEDIT_CACHE": "" if "REDIS_URL" in self.env else settings.CACHES["default"]["LOCATION"],
            **self.env,
        }
        command = [sys.executable, "-m", "uvicorn", "tests.coedit.server:application", "--port", str(self.port),
                   "--ws-max-size", "1048576", "--log-level", "warning", "--lifespan", "on"]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=env, stdout=log, stderr=log)
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def beside(self, **env: str) -> "Server":
        """Another process of the same portal, not started yet: the same texts, people and rights."""
        other = copy.copy(self)
        other.process, other.port, other.env = None, 0, env
        other.log = self.log.with_name(f"{uuid.uuid4()}.log")
        return other

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(20)

    def text(self, plain: str = "") -> uuid.UUID:
        """A new section with this text."""
        key = uuid.uuid4()
        section_texts.create(key, self.assessment, plain)
        return key

    def allow(self, **modes: str | None) -> None:
        """From now on these people may do this: `jam_border_head="write"`; None takes it away."""
        for name, mode in modes.items():
            self.modes[name.replace("_", ".")] = mode  # type: ignore[assignment]
        draft = self.rule.with_suffix(".new")
        draft.write_text(json.dumps(self.modes))
        draft.replace(self.rule)
        rights.changed(self.assessment)

    def sign_in(self, username: str, desk: str = "") -> str:
        """The key of a session of this person at their own desk, or at this one."""
        client, user = Client(), User.objects.get(username=username)
        client.force_login(user)
        session = client.session
        seats = Seat.objects.filter(user=user, state="current").order_by("pk")
        session["seat"] = (seats.filter(desk__code__iexact=desk or username.rpartition(".")[0]) or seats)[0].pk
        session.save()
        return str(session.session_key)

    def writer(self, username: str, section: uuid.UUID, **headers: str) -> Writer:
        """A person who is about to open a text."""
        return self.at(self.sessions[username], section, **headers)

    def at(self, session: str, section: Any, **headers: str) -> Writer:
        """Somebody with this session."""
        url = f"ws://127.0.0.1:{self.port}/ws/jta/{self.assessment}/sections/{section}/"
        return Writer(url, session, **headers)


def apart[T](question: Callable[[], T]) -> T:
    """Ask the database in a thread of its own, where an event loop runs in this one."""

    def run() -> T:
        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


async def ask[T](question: Callable[[], T]) -> T:
    """Ask the database from a coroutine."""
    return await asyncio.to_thread(apart, question)


@contextlib.contextmanager
def serving(one: Server, clone: Callable[[], Any]) -> Iterator[Server]:
    """Started once for a file of tests; what they stored goes with the database's copy."""
    one.start()
    try:
        yield one
        assert "Traceback" not in one.log.read_text(), one.log.read_text()[-4000:]
    finally:
        one.kill()
        clone()


@pytest.fixture(scope="module")
def server(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where four people have rights."""
    with django_db_blocker.unblock():
        one = Server(tmp_path_factory.mktemp("coedit"))
        one.allow(
            brb_intelligence_officer="write", jam_intelligence_officer="write", tto_contact_reader="read",
            guy_contact_officer="write",
        )  # fmt: skip
        with serving(one, django_db_setup.clone):
            yield one
