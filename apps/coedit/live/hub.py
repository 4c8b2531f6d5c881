"""The rooms of this process, and the two tasks that keep them in step: what is told, and what the database says.

Twice a second all open texts and all claims are looked up in two statements: so nothing depends on a message that
may be lost, and a right that ends is gone within a second, however it ended.
"""

import asyncio
import logging
import time
import uuid
from typing import Any

from channels.layers import get_channel_layer
from django.db import DatabaseError, InterfaceError
from redis.exceptions import RedisError

from apps.coedit.actions import epochs, sittings
from apps.coedit.live import admission, broadcast
from apps.coedit.live.connection import BROKEN, FORBIDDEN, Connection
from apps.coedit.live.room import PROCESS, Room
from apps.coedit.live.threads import ask
from apps.coedit.queries import compactions_due
from apps.coedit.yjs import frames
from apps.coedit.yjs.wire import Reader

log = logging.getLogger("portal.coedit")
LOOK_S = 0.4
RECHECK_S = 30
EMPTY_S = 60
SOCKETS = 80  # of one text


class Hub:
    """Everything that is open in this process; made in its event loop."""

    def __init__(self) -> None:
        self.rooms: dict[uuid.UUID, Room] = {}
        self._opening: dict[uuid.UUID, asyncio.Task[Room]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._rechecked = time.monotonic()

    async def room(self, section: uuid.UUID) -> Room:
        """The room of a text; opened once, however many come at the same time."""
        self._start()
        if section not in self._opening:
            self._opening[section] = asyncio.get_running_loop().create_task(self._open(section))
        try:
            room = await asyncio.shield(self._opening[section])
            room.empty_since = time.monotonic()  # somebody is about to enter
            return room
        except BaseException:
            self._opening.pop(section, None)
            raise

    async def _open(self, section: uuid.UUID) -> Room:
        room = Room(section)
        await room.open()
        self.rooms[section] = room
        return room

    def _start(self) -> None:
        if not self._tasks or any(task.done() for task in self._tasks):
            loop = asyncio.get_running_loop()
            for task in self._tasks:
                task.cancel()
            self._tasks = [loop.create_task(self._listen()), loop.create_task(self._watch())]

    # --- what is told -----------------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        layer: Any = get_channel_layer()
        while True:
            try:
                channel = await layer.new_channel()
                await layer.group_add(broadcast.GROUP, channel)
                while True:
                    await self._hear(await layer.receive(channel))
            except (RedisError, OSError) as away:
                log.warning("not listening", extra={"error": type(away).__name__})
                await asyncio.sleep(1)

    async def _hear(self, message: dict[str, Any]) -> None:
        """One message; it comes from our own processes and is believed."""
        if message.get("from") == PROCESS:
            return
        if message["type"] == "coedit.grants":
            for room in list(self.rooms.values()):
                for one in list(room.connections):
                    if str(one.admission.assessment) == message["assessment"]:
                        one.grants = 0
            await self.look()
            return
        room = self.rooms.get(uuid.UUID(message["section"]))  # type: ignore[assignment]
        if room is None:
            return
        if message["type"] == "coedit.rows" and message["epoch"] == room.epoch:
            await room.catch_up(message.get("first", 0), message["seq"], message["rows"])
        elif message["type"] == "coedit.presence":
            reader = Reader(message["data"])
            reader.byte()
            room.show(room.presence.heard(message["from"], frames.read_awareness(reader)), told=False)
        elif message["type"] in ("coedit.state", "coedit.epoch"):
            await self.look()

    # --- what the database says -------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.look()
            except (DatabaseError, InterfaceError) as away:
                log.warning("no look at rights", extra={"error": type(away).__name__})
            except Exception:
                log.exception("the look at rights has failed")

    async def look(self) -> None:
        """End what has no right any more, and take what other processes have done."""
        present = [(room, one) for room in self.rooms.values() for one in room.connections if not one.dead]
        if self.rooms:
            claims = {one.admission.claim for _, one in present}
            rooms = list(self.rooms.values())  # one that opens during the question is not in the answer
            parties = {one.party for _, one in present}
            lost, shut, rows = await ask(_state_of_things, claims, parties, [room.section for room in rooms])
            for _, one in present:
                if code := lost.get(one.admission.claim) or shut.get(one.party):
                    one.end(code)
            for room in rooms:
                await self._compare(room, rows.get(room.section))
        await self._tidy()

    async def _compare(self, room: Room, row: tuple[int, int, bool, int] | None) -> None:
        if row is None:
            for one in list(room.connections):
                one.end(FORBIDDEN)
            return
        epoch, seq, frozen, grants = row
        if epoch != room.epoch:
            room.begin_anew(epoch)
            self._forget(room)
            return
        if seq > room.seq:
            await room.catch_up(seq=seq)
        room.freeze(frozen)
        for one in list(room.connections):
            if one.grants != grants and not one.dead:
                await room.recheck(one)

    async def _tidy(self) -> None:
        now = time.monotonic()
        again = now - self._rechecked > RECHECK_S
        if again:
            self._rechecked = now
        for room in list(self.rooms.values()):
            room.show(room.presence.silent(), told=True)
            if again:
                for one in list(room.connections):
                    await room.recheck(one)
            if not room.connections and not room.pending and now - room.empty_since > EMPTY_S:
                self._forget(room)
                await ask(epochs.compact, room.section)

    def _forget(self, room: Room) -> None:
        if self.rooms.get(room.section) is room:
            del self.rooms[room.section]
            self._opening.pop(room.section, None)

    async def closed(self, room: Room, one: Connection, code: int) -> None:
        """A socket has closed."""
        one.gone()
        room.leave(one)
        await ask(
            sittings.close_one, one.admission.sitting, one.dead if one.dead != BROKEN else code, one.updates, one.size
        )


def _state_of_things(
    claims: set[Any], parties: set[str], sections: list[uuid.UUID]
) -> tuple[dict[Any, int], dict[str, int], dict[uuid.UUID, Any]]:
    return admission.lost(claims) if claims else {}, admission.shut_out(parties), compactions_due.states(sections)


hub = Hub()
