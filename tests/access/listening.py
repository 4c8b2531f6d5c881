"""An open stream read block by block, and events to hear."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from apps.access.models import StreamEvent
from apps.people.models import Desk

SOON_S = 10  # events come within a second; a machine full of tests is slow
SILENT_S = 1.2


def an_event(*desks: str, object_type: str = "jrcc.hit", level: int = 1, object_id: str = "7") -> StreamEvent:
    """A change of a record that these desks may see."""
    with transaction.atomic():
        event = StreamEvent.objects.create(
            tx=RawSQL("pg_current_xact_id()::text::bigint", []),
            verb="jrcc.hit.refer",
            object_type=object_type,
            object_id=object_id,
            version=3,
            level=level,
            groups=list(Desk.objects.filter(code__in=desks).values_list("pk", flat=True)),
        )
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY portal_stream")
    event.refresh_from_db()
    return event


class Listening:
    """An open stream, read block by block."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.rest = aiter(response)
        self.last = ""
        self.coming: asyncio.Future[bytes] | None = None

    async def frame(self, seconds: float) -> str:
        """The next bytes; TimeoutError if none come. What was not waited for comes with the next call."""
        self.coming = self.coming or asyncio.ensure_future(anext(self.rest))
        done, _ = await asyncio.wait({self.coming}, timeout=seconds)
        if not done:
            raise TimeoutError
        frame, self.coming = self.coming, None
        return (await frame).decode()

    async def block(self, seconds: float = SOON_S) -> dict[str, str]:
        """The next block that is no ping; TimeoutError if none comes, StopAsyncIteration at the end."""
        async with asyncio.timeout(seconds + 1):
            while True:
                lines = (await self.frame(seconds)).strip().splitlines()
                fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
                self.last = fields.get("id", self.last)
                if fields["event"] != "ping":
                    return fields

    async def first_ping(self) -> str:
        """The id of the ping with which every stream begins."""
        self.last = (await self.frame(SOON_S)).split("id: ")[1].split("\n")[0]
        return self.last

    async def silent(self) -> bool:
        """Does nothing but pings come?"""
        try:
            await self.block(SILENT_S)
        except TimeoutError:
            return True
        return False

    async def close(self) -> None:
        if self.coming:
            self.coming.cancel()
        await self.rest.aclose()


Open = Callable[..., Awaitable[Listening]]


async def closes(stream: Listening) -> bool:
    """Does the stream say `closed`, within a second and the time of a slow machine, and end?"""
    if (await stream.block(3))["event"] != "closed":
        return False
    with pytest.raises(StopAsyncIteration):
        await stream.block(1)
    return True


def story(tell: Callable[[], Any]) -> None:
    """Run an asynchronous story in a test."""
    async_to_sync(tell)()
