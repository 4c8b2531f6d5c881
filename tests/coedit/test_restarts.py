"""Two processes at once; a broker and a database that go away while people write, and come back."""

import asyncio
import contextlib
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from apps.coedit.actions import section_texts
from caricom_portal.services.binaries import valkey_server
from caricom_portal.services.processes import free_port
from tests.coedit.conftest import BARBADOS, JAMAICA, Server, ask
from tests.coedit.writers import Writer


class Broker:
    """A Valkey of the test's own, which can be killed and started again at the same port with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.password = folder, free_port(), secrets.token_hex(8)
        self.process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [valkey_server(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                   "--requirepass", self.password, "--dir", str(self.folder)]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        answers(self.port)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)


def answers(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("does not answer")


class Line:
    """The way from a server to the database. While it is cut every connection is dropped and none is let in, which is
    what a server sees of a database that restarts."""

    def __init__(self, host: str, port: int) -> None:
        self.there = host, port
        self.cut = False
        self.pairs: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                if self.cut:
                    near.close()
                    continue
                far = socket.create_connection(self.there)
                self.pairs += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for each in (one, other):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def down(self) -> None:
        self.cut = True
        for one in self.pairs:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.pairs.clear()

    def up(self) -> None:
        self.cut = False


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    one = Broker(tmp_path)
    one.start()
    yield one
    one.kill()


@contextlib.contextmanager
def started(*servers: Server) -> Iterator[None]:
    try:
        for one in servers:
            one.start()
        yield
    finally:
        for one in servers:
            if one.process is not None:
                one.kill()


async def back(writer: Writer) -> None:
    """Come back as often as it takes, as a browser does."""
    for _try in range(60):
        try:
            await writer.come()
            return
        except Exception:  # whatever it is that a server without its database answers
            await asyncio.sleep(0.25)
    raise AssertionError("not let in again")


def test_what_is_written_at_one_process_reaches_the_other_and_a_right_ends_at_both(server: Server) -> None:
    section, other = server.text("Start."), server.beside()

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna, other.writer(JAMAICA, section) as brian:
            for n in range(20):
                await asyncio.gather(anna.type(f"Anna {n}."), brian.type(f"Brian {n}."))
            await asyncio.gather(anna.acknowledged(), brian.acknowledged())
            await anna.until(lambda: anna.text == brian.text and "Brian 19." in anna.text and "Anna 19." in anna.text)
            stored = await ask(lambda: section_texts.rendered(section).plain)
            assert stored == anna.text
            assert (anna.of("nack"), brian.of("nack")) == ([], [])
            await ask(lambda: server.allow(jam_intelligence_officer=None))
            await brian.until(lambda: brian.closed)
            assert brian.closed == 4403
            assert anna.closed == 0

    with started(other):
        try:
            asyncio.run(story())
        finally:
            server.allow(jam_intelligence_officer="write")


def test_a_broker_that_is_killed_costs_no_letter_and_no_line(server: Server, broker: Broker) -> None:
    section = server.text("Start.")
    one, two = server.beside(REDIS_URL=broker.url), server.beside(REDIS_URL=broker.url)

    async def story() -> None:
        async with one.writer(BARBADOS, section) as anna, two.writer(JAMAICA, section) as brian:
            await anna.type("Before.")
            await brian.until(lambda: "Before." in brian.text)
            await ask(broker.kill)
            await asyncio.gather(anna.type("Anna, without it."), brian.type("Brian, without it."))
            await asyncio.gather(anna.acknowledged(), brian.acknowledged())
            assert "Anna, without it." in await ask(lambda: section_texts.rendered(section).plain)
            await anna.until(lambda: "Brian, without it." in anna.text, 5)
            await brian.until(lambda: "Anna, without it." in brian.text, 5)
            await ask(broker.start)
            await anna.type("After.")
            await brian.until(lambda: "After." in brian.text)
            assert (anna.closed, brian.closed, anna.text) == (0, 0, brian.text)

    with started(one, two):
        asyncio.run(story())


def test_a_database_that_goes_away_loses_nothing_that_was_acknowledged(server: Server) -> None:
    place: Any = connection.settings_dict
    host, port = str(place["HOST"]), int(place["PORT"] or 5432)
    if host.startswith("/"):
        pytest.skip("the database is reached by a file, through which no line can be put")
    line, section, away = Line(host, port), server.text("Start."), server.beside()
    away.database = f"127.0.0.1:{line.port}"

    async def story() -> None:
        anna = away.writer(BARBADOS, section)
        await anna.come()
        for n in range(10):
            await anna.type(f"Before {n}.")
        await anna.acknowledged()
        line.down()
        for n in range(10):
            await anna.type(f"Meanwhile {n}.")
            await asyncio.sleep(0.1)
        acknowledged = anna.of("ack")[-1]["seq"]
        stored = await ask(lambda: section_texts.rendered(section))
        assert stored.seq >= acknowledged
        assert all(f"Before {n}." in stored.plain for n in range(10))
        line.up()
        if anna.closed:
            await back(anna)
        await anna.type("After.")
        with contextlib.suppress(AssertionError):
            await anna.until(lambda: anna.closed, 3)
        if anna.closed:
            await back(anna)
        await anna.acknowledged()
        stored = await ask(lambda: section_texts.rendered(section))
        assert stored.plain == anna.text
        assert all(f"Meanwhile {n}." in stored.plain for n in range(10))
        assert "After." in stored.plain
        await anna.__aexit__()

    with started(away):
        asyncio.run(story())
