"""Take in a request's body before a page thread is taken; plain ASGI, nothing of Django.

Without this, as many slow uploads as there are threads stop every page, and a chunked body arrives empty, because a
WSGI request wants CONTENT_LENGTH.
"""

import asyncio
import errno
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from typing import IO, Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CHUNK = 65_536  # bytes handed on at a time
LINGER_S = 30.0  # at most for the rest of a body that was refused
SILENCE_S = 2.0  # without a byte of it
NO_ROOM = "The portal has no room for this at the moment. Nothing of it was kept."
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})  # as apps.access.full_disk, which needs Django
TITLES = {
    400: "Bad request",
    408: "Request timeout",
    413: "Content too large",
    429: "Too many requests",
    503: "Service unavailable",
    507: "No room left",
}
REPLACED = (b"content-length", b"transfer-encoding")


class BodyTooLarge(Exception):
    """The body is longer than the limit."""


class BodyBroken(Exception):
    """The client went away before the body was complete."""


class Spooled:
    """Wraps an ASGI app so that it gets whole bodies with their length.

    Answers 413 above `limit` bytes, 408 after `seconds`, 400 for a length that is no number; up to `memory` bytes
    stay in memory, the rest goes to a temporary file. With `hands_on` a body that is too long is not refused here: the
    app gets its length, and of it no more than was read to know that, and answers itself.
    """

    def __init__(self, app: App, *, limit: int, seconds: float, memory: int = 2**20, hands_on: bool = False) -> None:
        self.app = app
        self.hands_on = hands_on
        self.limit = limit
        self.seconds = seconds
        self.memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit():
            async with _closing(receive, send) as closing:
                await refuse(scope, closing, 400, "The Content-Length is not a number.")
        elif int(declared) > self.limit:
            async with _closing(receive, send) as closing:
                await self._serve_too_large(scope, closing)
        else:
            await self._serve_spooled(scope, receive, send)

    async def _serve_too_large(self, scope: Scope, send: Send) -> None:
        if self.hands_on:
            await self.app(scope, _nothing, send)
        else:
            await refuse(scope, send, 413, f"The request is larger than {self.limit} bytes.")

    async def _serve_spooled(self, scope: Scope, receive: Receive, send: Send) -> None:
        with tempfile.SpooledTemporaryFile(max_size=self.memory) as body:
            try:
                async with asyncio.timeout(self.seconds):
                    size = await self._take_in(receive, body)
            except TimeoutError:
                async with _closing(receive, send) as closing:
                    late = f"The request was not complete after {self.seconds:.0f} seconds."
                    await refuse(scope, closing, 408, late)
            except BodyTooLarge:
                async with _closing(receive, send) as closing:
                    await self._serve_too_large(_with_length(scope, self.limit + 1), closing)
            except BodyBroken:
                return
            except OSError as failure:
                if failure.errno not in FULL:
                    raise
                async with _closing(receive, send) as closing:
                    await refuse(scope, closing, 507, NO_ROOM)
            else:
                await self.app(_with_length(scope, size), _replay(body, size, receive), send)

    async def _take_in(self, receive: Receive, body: IO[bytes]) -> int:
        size, more = 0, True
        while more:
            event = await receive()
            if event["type"] == "http.disconnect":
                raise BodyBroken
            part = event.get("body", b"")
            size += len(part)
            if size > self.limit:
                raise BodyTooLarge
            body.write(part)
            more = event.get("more_body", False)
        body.seek(0)
        return size


@asynccontextmanager
async def _closing(receive: Receive, send: Send) -> AsyncIterator[Send]:
    """What is sent by this is the last on its connection; its end waits for the rest of a body, on its way still."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        else:
            message = {**message, "more_body": True}
        await send(message)

    yield closing
    await _hear_out(receive)
    await send({"type": "http.response.body", "body": b""})


async def _hear_out(receive: Receive) -> None:
    """Read what still comes and keep nothing of it.

    A connection that is closed while bytes arrive is reset (RFC 9112, section 9.6): whoever is still sending would
    lose the answer that was written before.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_S):
            more = True
            while more:
                async with asyncio.timeout(SILENCE_S):
                    event = await receive()
                more = event["type"] == "http.request" and event.get("more_body", False)


async def _nothing() -> Message:
    """In place of a body that nobody will read."""
    return {"type": "http.request", "body": b"", "more_body": False}


def _with_length(scope: Scope, size: int) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name not in REPLACED]
    return {**scope, "headers": [*kept, (b"content-length", str(size).encode())]}


def _replay(body: IO[bytes], size: int, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()  # nothing is left but the disconnect
        part = body.read(CHUNK)
        sent = body.tell() >= size
        return {"type": "http.request", "body": part, "more_body": not sent}

    return replayed


async def refuse(scope: Scope, send: Send, status: int, detail: str, *, wait_s: int = 0) -> None:
    """Answer as API, TAXII and pages say what is wrong.

    With `wait_s` it is to be tried again after so many seconds, as a browser does by itself.
    """
    headers = [(b"retry-after", str(wait_s).encode())] if wait_s else []
    if scope["path"].startswith("/taxii2/"):
        error = {"title": detail, "http_status": str(status)}
        kind, text = b"application/taxii+json;version=2.1", json.dumps(error).encode()
    elif scope["path"].startswith("/api/"):
        problem = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, "errors": []}
        kind, text = b"application/problem+json", json.dumps(problem).encode()
    else:
        kind, text = b"text/plain; charset=utf-8", detail.encode()
        if wait_s and scope["method"] == "GET":
            headers.append((b"refresh", str(wait_s).encode()))
    headers += [
        (b"content-type", kind),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
