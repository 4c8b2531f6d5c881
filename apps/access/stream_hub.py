"""One task per process that reads the log of changes once and passes each change on to the streams that may know."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

import psycopg
from django.db import DatabaseError, InterfaceError, connection, connections

from apps.access import stream_log
from apps.access.database_context import portal_context
from apps.access.stream_log import Event, Position

log = logging.getLogger("portal.stream")
CHANNEL = "portal_stream"
QUEUE = 100  # frames that a slow client may be behind
WAIT_S = 0.7  # longest time between two looks; a lost right shows within a second
GATHER_S = 0.02  # one look for changes that come together
PING_S = 10
STREAMS_PER_HOLDER = 3
MARKINGS = "ORCS"
"""Letters of levels 0 to 3: official, restricted, confidential, secret (contract-rifc.md, section 3)."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody who may listen: which groups and levels they hear, on which claim, and who holds the stream."""

    groups: frozenset[int]
    clearance: int
    holder: str
    claim: Any


class Doorkeeper(Protocol):
    """Who may listen, and for how long; apps.people.actions.stream_rights is the portal's."""

    def admit(self, request: Any) -> Admission | None:
        """The admission of a request, None when nobody is signed in or sits nowhere."""

    def challenge(self, request: Any) -> str:
        """What a 401 asks for."""

    def still_held(self, claims: Collection[Any]) -> set[Any]:
        """Those of the claims that hold now, in one query."""


@dataclass(eq=False)
class Subscriber:
    """One open stream: what it has heard up to where, and what waits to be sent. None in the queue ends it."""

    admission: Admission
    after: Position
    pinged: float = 0.0
    frames: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def may_know(self, event: Event) -> bool:
        """Is this record shared with one of the groups, at a level within the clearance?"""
        return event.level <= self.admission.clearance and not self.admission.groups.isdisjoint(event.groups)

    def put(self, frame: bytes) -> None:
        """Queue a frame; a client that is too far behind is told to load everything again instead."""
        if self.frames.full():
            self._forget()
            frame = resync(self.after)
        self.frames.put_nowait(frame)

    def close(self) -> None:
        """Say that the stream has ended, in place of anything that still waits."""
        self._forget()
        self.frames.put_nowait(block("closed", data="{}"))
        self.frames.put_nowait(None)

    def _forget(self) -> None:
        while not self.frames.empty():
            self.frames.get_nowait()


def block(event: str, *, place: Position | None = None, data: str = "") -> bytes:
    """One block of a text/event-stream body."""
    lines = [f"id: {place}"] if place else []
    lines += [f"event: {event}"] + ([f"data: {data}"] if data else [])
    return ("\n".join(lines) + "\n\n").encode()


def ping(place: Position, behind_s: int = 0) -> bytes:
    """The link is whole and everything up to `place` was told; a client that breaks off resumes there.

    `behind_s`: what was committed since so many seconds may not have been told yet.
    """
    return b": ping\n" + block("ping", place=place, data=json.dumps({"behind_s": behind_s}))


def resync(place: Position) -> bytes:
    """Something may have been missed up to `place`: load what is shown again."""
    return block("resync", place=place, data="{}")


class Hub:
    """The streams of this process and the task that feeds them, which lives as long as there are any."""

    def __init__(self, doorkeeper: Doorkeeper, url_of: Callable[[Event], str]) -> None:
        self.doorkeeper = doorkeeper
        self.url_of = url_of
        self._subscribers: list[Subscriber] = []
        self._task: asyncio.Task[None] | None = None
        self._check_at = 0.0
        self._read_at = 0.0
        """When the last look began that came to the end of the log."""

    def join(self, subscriber: Subscriber) -> None:
        """Begin to feed a stream; the holder's oldest one closes when they have too many. Call it in the event loop."""
        holder = subscriber.admission.holder
        theirs = [one for one in self._subscribers if one.admission.holder == holder]
        for oldest in theirs[: max(0, len(theirs) - STREAMS_PER_HOLDER + 1)]:
            self._close(oldest)
        subscriber.pinged = time.monotonic()
        subscriber.put(ping(subscriber.after))
        self._subscribers.append(subscriber)
        if self._task is None or self._task.done():
            self._read_at = time.monotonic()
            self._task = asyncio.get_running_loop().create_task(self._feed(), name="stream hub")

    def leave(self, subscriber: Subscriber) -> None:
        """Stop feeding a stream. The task ends by itself when nobody is left."""
        if subscriber in self._subscribers:
            self._subscribers.remove(subscriber)

    def _close(self, subscriber: Subscriber) -> None:
        subscriber.close()
        self.leave(subscriber)

    async def _feed(self) -> None:
        listener = Listener()
        try:
            while self._subscribers:
                try:
                    while await self.look():
                        pass
                except (DatabaseError, InterfaceError) as away:
                    # nothing is sent while rights cannot be checked, no ping either: pages then load by themselves
                    log.warning("no look at changes", extra={"error": type(away).__name__})
                await listener.wait(WAIT_S)
        finally:
            await listener.close()

    async def look(self) -> bool:
        """Check rights when it is time, then pass on what is new; True if there is more to read at once."""
        present = list(self._subscribers)
        if not present:
            return False
        now = time.monotonic()
        claims = {one.admission.claim for one in present} if now >= self._check_at else None
        start = min(one.after for one in present)
        held, events, reached = await asyncio.to_thread(self._ask, claims, start)
        if held is not None:
            self._check_at = now + WAIT_S / 2
            for lost in [one for one in present if one.admission.claim not in held]:
                self._close(lost)
        more = len(events) == stream_log.BATCH
        if not more:
            self._read_at = now
        self._tell([one for one in present if one in self._subscribers], events, reached)
        return more

    def _ask(self, claims: set[Any] | None, start: Position) -> tuple[set[Any] | None, list[Event], Position]:
        """Everything that a look asks of the database, in a thread whose connection goes back at once."""
        try:
            with portal_context("live channels"):
                held = self.doorkeeper.still_held(claims) if claims is not None else None
                stream_log.give_numbers()
                return held, *stream_log.read(start)
        finally:
            connection.close()

    def _tell(self, subscribers: list[Subscriber], events: list[Event], reached: Position) -> None:
        for event in events:
            knowing = [one for one in subscribers if one.after < event.at and one.may_know(event)]
            frame = self._frame(event) if knowing else b""
            for one in knowing:
                one.after = event.at
                one.put(frame)
        now = time.monotonic()
        for one in subscribers:
            one.after = max(one.after, reached)
            if now - one.pinged >= PING_S:
                one.pinged = now
                one.put(ping(one.after, int(now - self._read_at)))

    def _frame(self, event: Event) -> bytes:
        data = {
            "type": event.object_type,
            "id": event.object_id,
            "version": event.version,
            "url": self.url_of(event),
            "marking": MARKINGS[event.level],
        }
        return block(event.verb, place=event.at, data=json.dumps(data))


class Listener:
    """The process's one connection that hears NOTIFY; opened when needed, and again after it broke."""

    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def wait(self, seconds: float) -> None:
        """Return soon after somebody wrote an event, at the latest after `seconds`."""
        try:
            heard = self._connection = self._connection or await self._open()
            async for _notification in heard.notifies(timeout=seconds, stop_after=1):
                await asyncio.sleep(GATHER_S)
        except (psycopg.OperationalError, OSError) as broken:
            log.warning("not listening", extra={"error": type(broken).__name__})
            await self.close()
            await asyncio.sleep(seconds)

    async def _open(self) -> psycopg.AsyncConnection[Any]:
        place = connections["default"].settings_dict
        opened = await psycopg.AsyncConnection.connect(
            host=place["HOST"] or None,
            port=place["PORT"] or None,
            user=place["USER"] or None,
            password=place["PASSWORD"] or None,
            dbname=place["NAME"],
            application_name=place["OPTIONS"]["application_name"],
            autocommit=True,
        )
        await opened.execute(f"LISTEN {CHANNEL}")
        return opened

    async def close(self) -> None:
        """Give the connection back."""
        gone, self._connection = self._connection, None
        if gone is not None:
            await gone.close()
