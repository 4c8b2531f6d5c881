"""One open socket of a text: what may go in, and a queue of what goes out."""

import asyncio
import json
import time
from collections import deque
from typing import Any, Protocol

from apps.coedit.live.admission import Admission

FRAME = 262_144  # bytes of one frame
PER_S, BURST = 60, 300  # frames
WAITING = 2**20  # bytes of frames above the rate that wait for their turn
QUEUE = 1000  # frames that a slow reader may be behind
BAD_FRAME, ENDED, FORBIDDEN, UNKNOWN, NEW_EPOCH, TOO_LARGE, SCHEMA, RATE = (
    *(4400, 4401, 4403, 4404),
    *(4409, 4413, 4422, 4429),
)

BROKEN = 1006  # RFC 6455, 7.4.1: closed without a word


class Wire(Protocol):
    """What a connection sends by."""

    async def send(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Send one frame."""

    async def close(self, code: int | None = None) -> None:
        """Close the socket."""


class Connection:
    """A person in a text. Nothing is sent once `dead`."""

    def __init__(self, admission: Admission, wire: Wire) -> None:
        self.admission = admission
        self.wire = wire
        self.user_id = admission.actor.user_id
        self.party = admission.actor.party_code
        self.mode = admission.mode
        self.reason = admission.reason
        self.grants = admission.grants
        self.dead = 0
        self.asked: list[dict[str, int]] = []
        self.updates = self.size = 0
        self.touched = time.monotonic()
        self.bucket = Bucket()
        self._out: asyncio.Queue[tuple[str | None, bytes | None]] = asyncio.Queue(QUEUE)
        self._sender = asyncio.get_running_loop().create_task(self._send(), name="coedit socket")

    @property
    def writes(self) -> bool:
        """Whether its updates are taken now."""
        return self.mode == "write" and not self.dead

    @property
    def may_finish(self) -> bool:
        """Whether what it has sent is still to be written: a line that broke takes nothing back."""
        return self.mode == "write" and self.dead in (0, BROKEN)

    def put(self, data: bytes) -> None:
        """Queue a binary frame."""
        self._queue(None, data)

    def say(self, kind: str, **more: Any) -> None:
        """Queue a control message."""
        self._queue(json.dumps({"t": kind, **more}), None)

    def refuse(self, code: str, seq: int, detail: str, close: int = 0) -> None:
        """Say that the last update was not taken; close after it, where the contract says so."""
        self.say("nack", code=code, seq=seq, detail=detail)
        if close:
            self.end(close)

    def set_mode(self, mode: Any, reason: str) -> None:
        """Change what it may do, and say so if that is new."""
        if (mode, reason) != (self.mode, self.reason):
            self.mode, self.reason = mode, reason
            self.say("state", mode=mode, reason=reason)

    def end(self, code: int) -> None:
        """Take nothing more from now on; close once what is queued was sent."""
        if not self.dead:
            self.dead = code
            if self._out.full():
                self._out.get_nowait()
            self._out.put_nowait((None, None))

    def gone(self) -> None:
        """The socket is closed."""
        self.dead = self.dead or BROKEN
        self._sender.cancel()

    def _queue(self, text: str | None, data: bytes | None) -> None:
        if self.dead:
            return
        if self._out.full():  # begins anew when it comes back
            self.end(1013)
            return
        self._out.put_nowait((text, data))

    async def _send(self) -> None:
        while True:
            text, data = await self._out.get()
            if text is None and data is None:
                await self.wire.close(self.dead)
                return
            await self.wire.send(text_data=text, bytes_data=data)


class Bucket:
    """How fast a connection may send: 60 frames a second, 300 at once."""

    def __init__(self) -> None:
        self.left = float(BURST)
        self.at = time.monotonic()
        self.waiting: deque[tuple[str | None, bytes | None]] = deque()
        self.size = 0

    def take(self) -> bool:
        """Whether one more frame may come now."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * PER_S)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def hold(self, text: str | None, data: bytes | None) -> bool:
        """Let a frame wait; False when too much waits already."""
        self.waiting.append((text, data))
        self.size += len(text or b"") + len(data or b"")
        return self.size <= WAITING

    def next(self) -> tuple[str | None, bytes | None]:
        """The frame that has waited longest."""
        text, data = self.waiting.popleft()
        self.size -= len(text or b"") + len(data or b"")
        return text, data
