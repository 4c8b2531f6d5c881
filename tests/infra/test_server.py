"""One server for pages, live channels and nothing else."""

import asyncio
import gc
from typing import Any

import pytest

from apps.coedit.routing import sockets
from caricom_portal.asgi import Portal


def serve(scope: dict[str, Any], *events: dict[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """Which branch was reached, and what was sent."""
    reached: list[str] = []
    sent: list[dict[str, Any]] = []
    waiting = list(events)

    def branch(name: str) -> Any:
        async def app(_scope: Any, _receive: Any, _send: Any) -> None:
            reached.append(name)

        return app

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Portal(branch("pages"), branch("live"), branch("sockets"))(scope, receive, send))
    return reached, sent


@pytest.mark.parametrize(
    ("path", "branch"),
    [("/", "pages"), ("/api/v1/jrcc/hits/", "pages"), ("/api/stream/", "live"), ("/api/streams", "pages")],
)
def test_only_the_stream_is_served_as_a_coroutine(path: str, branch: str) -> None:
    reached, _ = serve({"type": "http", "path": path, "headers": []})
    assert reached == [branch]


def test_a_socket_goes_to_the_sockets_and_is_refused_there_at_an_unknown_address() -> None:
    assert serve({"type": "websocket", "path": "/ws/any"})[0] == ["sockets"]
    sent: list[dict[str, Any]] = []

    async def connect() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(sockets({"type": "websocket", "path": "/ws/any"}, connect, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_start_and_stop_of_the_server_are_answered() -> None:
    _, sent = serve({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_what_was_loaded_at_the_start_is_no_longer_looked_through_for_garbage() -> None:
    gc.unfreeze()
    serve({"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    try:
        assert gc.get_freeze_count() > 100_000
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    finally:
        gc.unfreeze()
