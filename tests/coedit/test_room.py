"""A text in a process that is not alone: what is typed there outlasts every other who was first."""

import asyncio
import json
import uuid
from typing import Any

import pytest
from pycrdt import Doc

from apps.coedit.actions import log, rights, section_texts
from apps.coedit.live.admission import Admission, admit
from apps.coedit.live.connection import Connection
from apps.coedit.live.room import Room
from apps.coedit.yjs import tree
from tests.coedit.conftest import BARBADOS, Server, apart
from tests.coedit.writers import paragraph
from tests.offers import offer_alone


@pytest.fixture(autouse=True)
def rule(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, too, people may do what the server was told."""
    offer_alone(monkeypatch, "coedit.rules", lambda actor, *_: rights.Grant(server.modes.get(actor.person), "here"))


class Line:
    """What a person's browser was told."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.closed = 0

    async def send(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Keep the control messages."""
        if text_data:
            self.said.append(json.loads(text_data))

    async def close(self, code: int | None = None) -> None:
        """Note with which code."""
        self.closed = code or 1000

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Control messages of a kind."""
        return [one for one in self.said if one["t"] == kind]


def admitted(server: Server, section: uuid.UUID) -> Admission:
    host = f"127.0.0.1:{server.port}"
    headers = {"host": host, "origin": f"http://{host}", "cookie": f"sessionid={server.sessions[BARBADOS]}"}
    found = admit({name.encode(): value.encode() for name, value in headers.items()}, None, server.assessment, section)
    assert found is not None
    return found


def typed(room: Room, text: str) -> bytes:
    """The update of somebody who has the text as the room has it and adds a paragraph."""
    mine: Doc[Any] = tree.new_doc(room.doc.get_update())
    before = mine.get_state()
    with mine.transaction():
        paragraph(tree.body_of(mine), text, 1)
    return mine.get_update(before)


async def until(condition: Any) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def test_who_is_second_seven_times_is_written_all_the_same(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    section, commit, rivals = apart(lambda: server.text("Start.")), log.commit, list(range(7))

    def beaten(*arguments: Any) -> log.Outcome:
        if rivals:
            now = section_texts.rendered(section)
            section_texts.replace_text(section, f"{now.plain}\n\nRival {rivals.pop(0)}.", now.seq, 22, 2)
        return commit(*arguments)

    monkeypatch.setattr(log, "commit", beaten)

    async def story() -> None:
        room, line = Room(section), Line()
        await room.open()
        one = Connection(await asyncio.to_thread(apart, lambda: admitted(server, section)), line)
        room.enter(one)
        room.take(one, typed(room, "Anna."))
        room.ask_for(one, 1)
        await until(lambda: any(said.get("n") == 1 for said in line.of("ack")))
        stored = await asyncio.to_thread(apart, lambda: section_texts.rendered(section).plain)
        assert sorted(stored.split("\n\n")) == sorted(["Start.", "Anna.", *(f"Rival {n}." for n in range(7))])
        assert tree.plain(tree.to_json(room.doc)) == stored
        room.take(one, typed(room, "Anna again."))
        await until(lambda: not room.pending and not room.lock.locked())
        assert "Anna again." in tree.plain(tree.to_json(room.doc))
        assert line.of("nack") == []
        one.gone()

    asyncio.run(story())


def test_what_a_line_left_behind_that_broke_is_not_written_once_the_right_is_gone(server: Server) -> None:
    section = apart(lambda: server.text("Start."))

    async def story() -> None:
        room, line = Room(section), Line()
        await room.open()
        one = Connection(await asyncio.to_thread(apart, lambda: admitted(server, section)), line)
        room.enter(one)
        await asyncio.to_thread(apart, lambda: server.allow(brb_intelligence_officer=None))
        room.take(one, typed(room, "Anna."))
        one.gone()
        room.leave(one)
        await until(lambda: not room.pending and not room.lock.locked())
        await asyncio.sleep(0.1)
        assert await asyncio.to_thread(apart, lambda: section_texts.rendered(section).plain) == "Start."

    try:
        asyncio.run(story())
    finally:
        apart(lambda: server.allow(brb_intelligence_officer="write"))
