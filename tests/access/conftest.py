"""The live stream as a signed-in person opens it."""

from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client

from tests.access.listening import Listening, Open


@pytest.fixture
def listen(client_for: Callable[[str], Client]) -> Open:
    """Open the stream as a signed-in person."""

    async def open_stream(who: str | Client, last: str = "") -> Listening:
        browser = await sync_to_async(client_for)(who) if isinstance(who, str) else who
        client = AsyncClient()
        client.cookies = browser.cookies
        return Listening(await client.get("/api/stream/", headers={"Last-Event-ID": last} if last else {}))

    return open_stream
