"""Behind one trusted proxy: what it says of the client, and nothing that the client has said before it.

A proxy writes `X-Forwarded-For` anew or adds the address that it saw to what the client sent (nginx's
`$proxy_add_x_forwarded_for`); either way the last one is the proxy's own. The server's own reader of these headers
takes the first, by which anybody could choose the address that networks of parties, rate limits and the audit go by.
"""

import ipaddress
from typing import Any

from caricom_portal.spooling import App, Receive, Scope, Send

FOR, PROTO = b"x-forwarded-for", b"x-forwarded-proto"
SECURE = {"http": "https", "websocket": "wss"}


class Forwarded:
    """Gives each connection the address and the scheme that the proxy has seen."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await self.app(scope if scope["type"] == "lifespan" else forwarded(scope), receive, send)


def forwarded(scope: Scope) -> Scope:
    """The scope of a connection as the proxy saw it: of each forwarding header its last value is left."""
    last = {name: value.rpartition(b",")[2].strip() for name, value in scope["headers"] if name in {FOR, PROTO}}
    others = [(name, value) for name, value in scope["headers"] if name not in last]
    seen: dict[str, Any] = {**scope, "headers": [*others, *last.items()]}
    if last.get(PROTO) == b"https":
        seen["scheme"] = SECURE[scope["type"]]
    if address := _address(last.get(FOR, b"").decode("latin-1")):
        seen["client"] = (address, 0)
    return seen


def _address(said: str) -> str:
    """The address in "192.0.2.7", "192.0.2.7:4711", "2001:db8::7" or "[2001:db8::7]:4711"; "" for anything else."""
    bare = said[1:].partition("]")[0] if said.startswith("[") else said
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return ""
