"""A thousand readers of live streams in one process: each a socket that reads server-sent events as they come.

HTTP by hand: a client library would take more of the machine than the server that is measured.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

from django.conf import settings

from bench.hearing import Heard

AT_A_TIME = 20
"""Streams that are opened at once."""
OPENS_S = 60
QUIET = frozenset({"ping"})


@dataclass
class Stream:
    """One stream: what it told, each with the moment it came (Unix time, seconds), and what went wrong."""

    session: str
    heard: list[tuple[float, Heard]] = field(default_factory=list)
    broken: str = ""


def listen(url: str, sessions: Sequence[str], link: Any, last: Any) -> None:
    """Open the streams, say `open` through `link`, read until it says anything, answer with the streams.

    `last` (a shared double) is the moment at which the last event came.
    """
    asyncio.run(_listen(url, [Stream(session) for session in sessions], link, last))


async def _listen(url: str, streams: list[Stream], link: Any, last: Any) -> None:
    place, gate = urlparse(url), asyncio.Semaphore(AT_A_TIME)
    opened = [asyncio.Event() for _ in streams]
    tasks = [
        asyncio.create_task(_read(place.hostname, place.port, one, gate, ready, last))
        for one, ready in zip(streams, opened, strict=True)
    ]
    await asyncio.gather(*(ready.wait() for ready in opened))
    link.send("open")
    await asyncio.to_thread(link.recv)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    link.send(streams)


async def _read(host: Any, port: Any, stream: Stream, gate: asyncio.Semaphore, ready: asyncio.Event, last: Any) -> None:
    try:
        async with gate, asyncio.timeout(OPENS_S):
            reader, writer = await asyncio.open_connection(host, port)
            cookie = f"{settings.SESSION_COOKIE_NAME}={stream.session}"
            asked = f"GET /api/stream/ HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n"
            writer.write(asked.encode())
            status = (await reader.readline()).split()[1].decode()
            if status == "200":
                await _first_ping(reader)
            else:
                stream.broken = status
        ready.set()
        if not stream.broken:
            await _events(reader, stream, last)
    except (OSError, TimeoutError, IndexError) as error:
        stream.broken = type(error).__name__
    finally:
        ready.set()


async def _first_ping(reader: asyncio.StreamReader) -> None:
    while not (await reader.readline()).startswith(b"event: ping"):
        if reader.at_eof():
            raise ConnectionResetError


async def _events(reader: asyncio.StreamReader, stream: Stream, last: Any) -> None:
    """Each block's lines arrive in one piece of the chunked body; the lines between are lengths and ends."""
    event = ""
    while line := await reader.readline():
        if line.startswith(b"event: "):
            event = line[7:].decode().strip()
        elif line.startswith(b"data: ") and event not in QUIET:
            last.value = time.time()
            told = json.loads(line[6:])
            if "id" in told:
                stream.heard.append((last.value, Heard(event, told["type"], told["id"], told["version"])))
            else:
                stream.broken = event  # `resync` or `closed`: something may have been lost
    stream.broken = stream.broken or "ended"
