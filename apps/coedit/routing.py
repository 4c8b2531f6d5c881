"""Addresses of sockets."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from apps.coedit.live.socket import TextSocket


async def _nowhere(_scope: Any, receive: Any, send: Any) -> None:
    """Refuse a socket at any other address before it opens."""
    await receive()
    await send({"type": "websocket.close", "code": 1008, "reason": "no socket at this address"})


nowhere: Any = _nowhere  # Django names its type after pages
sockets = URLRouter(
    [
        path("ws/jta/<uuid:assessment>/sections/<uuid:section>/", TextSocket.as_asgi()),
        re_path("", nowhere),
    ]
)
