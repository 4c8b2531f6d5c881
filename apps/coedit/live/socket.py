"""`/ws/jta/<assessment>/sections/<section>/`: the socket of a text (contract-rifc.md, section 2)."""

import asyncio
import json
import logging
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError, InterfaceError

from apps.coedit.live import connection as c
from apps.coedit.live.admission import PROTOCOL, admit
from apps.coedit.live.connection import Connection
from apps.coedit.live.hub import SOCKETS, hub
from apps.coedit.live.room import Room
from apps.coedit.live.threads import ask
from apps.coedit.yjs import frames
from apps.coedit.yjs.judge import Refusal
from apps.coedit.yjs.wire import Malformed, Reader

log = logging.getLogger("portal.coedit")
CLOSES = {"schema": c.SCHEMA, "decode": c.BAD_FRAME, "dependency": c.BAD_FRAME}
NO_LAYER = "none: the hub listens for all sockets of the process"


class TextSocket(AsyncWebsocketConsumer):
    """Decides, then carries frames between a browser and its room."""

    channel_layer_alias = NO_LAYER
    one: Connection | None = None
    room: Room

    async def connect(self) -> None:
        """Refuse with 403 whatever the reason, or say hello; nothing is sent before the decision."""
        ids = self.scope["url_route"]["kwargs"]
        if PROTOCOL not in self.scope["subprotocols"]:
            await self.close()
            return
        try:
            headers, (address, *_) = dict(self.scope["headers"]), self.scope.get("client") or (None,)
            admission = await ask(admit, headers, address, ids["assessment"], ids["section"])
            room = await hub.room(ids["section"]) if admission else None
        except (DatabaseError, InterfaceError, LookupError) as away:
            log.warning("nobody admitted", extra={"error": type(away).__name__})
            admission = room = None
        if admission is None or room is None or len(room.connections) >= SOCKETS:
            await self.close()
            return
        await self.accept(subprotocol=PROTOCOL)
        self.room, self.one = room, Connection(admission, self)
        room.enter(self.one)

    async def disconnect(self, code: int) -> None:
        """Leave the room; what was taken is still committed."""
        if self.one is not None:
            one, self.one = self.one, None
            await hub.closed(self.room, one, code)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame: at once, or when its turn comes."""
        one = self.one
        if one is None or one.dead:
            return
        if len(text_data or b"") + len(bytes_data or b"") > c.FRAME:
            one.refuse("size", self.room.seq, f"a frame has at most {c.FRAME} bytes", c.TOO_LARGE)
        elif not one.bucket.waiting and one.bucket.take():
            self._frame(one, text_data, bytes_data)
        elif not one.bucket.hold(text_data, bytes_data):
            one.refuse("rate", self.room.seq, "too fast", c.RATE)
        elif len(one.bucket.waiting) == 1:
            self.turns = asyncio.get_running_loop().create_task(self._in_turn(one))

    async def _in_turn(self, one: Connection) -> None:
        while one.bucket.waiting and not one.dead:
            if one.bucket.take():
                self._frame(one, *one.bucket.next())
            else:
                await asyncio.sleep(1 / c.PER_S)

    def _frame(self, one: Connection, text: str | None, data: bytes | None) -> None:
        """In one piece, without a pause in which something else could happen to the document."""
        try:
            if data is None:
                self._control(one, json.loads(text or ""))
            else:
                self._binary(one, Reader(data))
        except Refusal as refusal:
            code = "decode" if refusal.code == "dependency" else refusal.code
            one.refuse(code, self.room.seq, refusal.detail, CLOSES[refusal.code])
        except (Malformed, ValueError, RecursionError):
            one.end(c.BAD_FRAME)

    def _control(self, one: Connection, message: Any) -> None:
        kind = message.get("t") if isinstance(message, dict) else None
        if kind == "ping":
            one.say("pong", n=message.get("n") if isinstance(message.get("n"), int) else 0)
        elif kind == "ack?":
            self.room.ask_for(one, message.get("n"))
        else:
            raise Malformed("unknown message")

    def _binary(self, one: Connection, reader: Reader) -> None:
        kind = reader.byte()
        if kind == frames.AWARENESS:
            self._presence(one, reader)
        elif kind == frames.SYNC:
            step, data = frames.read_sync(reader)
            if step == frames.STEP_1:
                self.room.answer(one, data)
            else:
                self._update(one, data)
        else:
            raise Malformed("unknown frame")

    def _update(self, one: Connection, data: bytes) -> None:
        if one.writes:
            self.room.take(one, data)
        elif data != b"\0\0":  # the answer of somebody who has nothing new is no attempt to write
            code = "frozen" if one.reason == "frozen" else "readonly"
            one.refuse(code, self.room.seq, one.reason)

    def _presence(self, one: Connection, reader: Reader) -> None:
        states = frames.read_awareness(reader)
        if one.mode == "write":  # who reads, and when, is nobody's business
            changes = self.room.presence.take(one, states, one.admission.user)
            self.room.show(changes, told=True, besides=one)
