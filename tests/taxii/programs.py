"""Programs of desks, and a way to serve them in the test's own process."""

from typing import Any

import httpx
from django.test.client import ClientHandler

from tests import keys
from tests.taxii.conformance import Client

DESK, STRANGER = "BRB.intelligence", "JAM.customs"


def a_key(desk: str, scope: str = "write", label: str = "feed") -> tuple[str, str]:
    """(user, password) of a new key."""
    return f"{desk}.{label}", keys.a_key(desk, scope, label=label).secret


def served(environ: Any, start_response: Any) -> list[bytes]:
    """The portal as a WSGI application that keeps the test's connection to the database."""
    response = HANDLER(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [b"".join(response)]


HANDLER = ClientHandler()


def a_client(desk: str = DESK, scope: str = "write", stranger: str = STRANGER) -> Client:
    """A program of a desk, served in this process: the test's own transaction is what it sees."""
    http = httpx.Client(transport=httpx.WSGITransport(app=served), base_url="http://127.0.0.1")
    return Client(http, *a_key(desk, scope), stranger=a_key(stranger))
