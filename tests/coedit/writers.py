"""Scripted people at sockets: they hold a Yjs document as the editor in a browser does."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from typing import Any

from pycrdt import Doc, XmlElement, XmlText
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apps.coedit.live.admission import PROTOCOL
from apps.coedit.yjs import frames, tree
from apps.coedit.yjs.wire import Reader

PATIENCE_S = 60
"""Which only what hangs reaches."""


class Writer:
    """One person at one socket; use it as `async with`."""

    def __init__(self, url: str, session: str, **headers: str) -> None:
        self.url = url
        origin = url.replace("ws://", "http://").split("/ws/")[0]
        self.headers = {"Cookie": f"sessionid={session}", "Origin": origin, **headers}
        self.doc: Doc[Any] = tree.new_doc()
        self.hello: dict[str, Any] = {}
        self.said: list[dict[str, Any]] = []
        self.people: dict[int, Any] = {}
        self.updates = self.asked = 0
        self.synced = False
        self.closed = 0

    async def __aenter__(self) -> "Writer":
        await self.come()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reading.cancel()
        await self.socket.close()

    async def come(self, protocols: tuple[str, ...] = (PROTOCOL,)) -> None:
        """Open the socket and exchange what each has; InvalidStatus when refused."""
        self.closed, self.synced = 0, False
        self.socket = await connect(
            self.url,
            subprotocols=protocols or None,
            additional_headers=self.headers,
            max_size=2**24,  # type: ignore[arg-type]
            ping_interval=None,
            open_timeout=PATIENCE_S,
        )
        self.hello = json.loads(await self.socket.recv())
        self._reading = asyncio.create_task(self._read())
        await self.until(lambda: self.synced)

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                if isinstance(frame, str):
                    self.said.append(json.loads(frame))
                else:
                    await self._take(Reader(frame))
        except ConnectionClosed:
            pass
        self.closed = self.socket.close_code or 1006

    async def _take(self, reader: Reader) -> None:
        if reader.number() == frames.AWARENESS:
            for client, (_, state) in frames.read_awareness(reader).items():
                self.people[client] = state
            return
        step, data = frames.read_sync(reader)
        if step == frames.STEP_1:
            await self.socket.send(frames.sync(frames.STEP_2, self.doc.get_update(data)))
            await self.socket.send(frames.sync(frames.STEP_1, self.doc.get_state()))
            return
        self.doc.apply_update(data)
        self.updates += step == frames.UPDATE
        self.synced = self.synced or step == frames.STEP_2

    async def until(self, condition: Callable[[], Any], seconds: float = PATIENCE_S) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, (self.said[-3:], self.closed, self.text)
            await asyncio.sleep(0.005)

    async def send(self, frame: bytes | str) -> None:
        """Send something, whatever it is; a closed socket is no error here."""
        with contextlib.suppress(ConnectionClosed):
            await self.socket.send(frame)

    async def write(self, change: Callable[[Any], None]) -> None:
        """Change the document and send what that made."""
        before = self.doc.get_state()
        with self.doc.transaction():
            change(tree.body_of(self.doc))
        await self.send(frames.sync(frames.UPDATE, self.doc.get_update(before)))

    async def type(self, text: str, at: int | None = None) -> None:
        """A paragraph of one's own, at the end or in front of another."""
        await self.write(lambda body: paragraph(body, text, len(list(body.children)) if at is None else at))

    async def acknowledged(self) -> int:
        """Wait until everything sent so far is on disk; the number."""
        self.asked += 1
        await self.send(json.dumps({"t": "ack?", "n": self.asked}))
        await self.until(lambda: any(one.get("n") == self.asked for one in self.of("ack")))
        return int(self.of("ack")[-1]["seq"])

    async def driven_out(self) -> int:
        """Write on until the socket closes; with which code. How soon it does is measured by `manage.py bench`."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.closed:
                await self.type("Too late?")
                await asyncio.sleep(0.02)
        return self.closed

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Control messages of a kind."""
        return [one for one in self.said if one["t"] == kind]

    @property
    def text(self) -> str:
        """The text as this person has it."""
        return tree.plain(tree.to_json(self.doc))


def paragraph(body: Any, text: str, at: int) -> None:
    """Insert a paragraph."""
    body.children.insert(at, XmlElement("paragraph"))
    body.children[at].children.append(XmlText(text))


async def refused(writer: Writer, protocols: tuple[str, ...] = (PROTOCOL,)) -> int:
    """The HTTP status with which a handshake is refused."""
    try:
        await writer.come(protocols)
    except InvalidStatus as answer:
        return answer.response.status_code
    raise AssertionError("let in")
