"""Bodies are taken in before a page thread is taken; sockets and live channels go their own way."""

import asyncio
import json
import select
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware

from caricom_portal import spooling
from caricom_portal.services.processes import free_port, wait_until
from caricom_portal.spooling import Spooled


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """A WSGI application that says how many bytes it was given."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(body)} bytes".encode()]


@contextmanager
def serving(seconds: float) -> Iterator[int]:
    """A real server with two page threads, which waits so long for the rest of a body."""
    number = free_port()
    app = Spooled(WSGIMiddleware(echo, workers=2), limit=200_000, seconds=seconds, memory=1000)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=number, lifespan="off", log_level="error"))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert wait_until(lambda: server.started, 10)
    yield number
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server that soon loses patience."""
    with pytest.MonkeyPatch.context() as patched, serving(seconds=2) as number:
        patched.setattr(spooling, "SILENCE_S", 0.3)
        yield number


def ask(port: int, request: bytes) -> bytes:
    """Send bytes, read to the end."""
    with closing(socket.create_connection(("127.0.0.1", port), 60)) as wire:
        wire.sendall(request)
        answer = b""
        while part := wire.recv(65536):
            answer += part
        return answer


def send_for_ever(wire: socket.socket) -> None:
    """Until nobody takes it."""
    while True:
        wire.sendall(b"x" * 65536)


def post(path: str, *headers: str) -> bytes:
    """The head of a request."""
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]).encode()


def test_a_page_answers_while_more_slow_uploads_than_threads_are_under_way() -> None:
    with serving(seconds=60) as port, ExitStack() as wires:
        slow = [wires.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(8)]
        for wire in slow:
            wire.sendall(post("/upload", "Content-Length: 1000") + b"x")
        assert b"0 bytes" in ask(port, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answered, _, _ = select.select(slow, [], [], 0)
        assert answered == [], "they are under way still"


def test_a_chunked_body_arrives_whole(port: int) -> None:
    chunks = b"5\r\nhello\r\n2\r\n!!\r\n0\r\n\r\n"
    assert b"7 bytes" in ask(port, post("/", "Transfer-Encoding: chunked") + chunks)


def test_a_body_longer_than_memory_arrives_whole(port: int) -> None:
    assert b"150000 bytes" in ask(port, post("/", "Content-Length: 150000") + b"x" * 150_000)


def test_a_declared_length_above_the_limit_is_refused_with_a_problem(port: int) -> None:
    answer = ask(port, post("/api/v1/jrcc/submissions/", "Content-Length: 200001"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b" 413 " in head.splitlines()[0]
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == 413


def test_a_chunked_body_above_the_limit_is_refused(port: int) -> None:
    chunk = b"30000\r\n" + b"x" * 0x30000 + b"\r\n"
    assert b" 413 " in ask(port, post("/", "Transfer-Encoding: chunked") + chunk + chunk).splitlines()[0]


@pytest.mark.parametrize("head", ["Content-Length: 20000000", "Transfer-Encoding: chunked"])
def test_whoever_sends_to_the_end_reads_why_it_was_refused(port: int, head: str) -> None:
    """Far more than a socket holds: a server that closed at once would reset the connection, answer and all."""
    rest = b"x" * 20_000_000 if "Length" in head else (b"30000\r\n" + b"x" * 0x30000 + b"\r\n") * 100 + b"0\r\n\r\n"
    answer = ask(port, post("/api/v1/jrcc/submissions/", head) + rest)
    assert b" 413 " in answer.splitlines()[0]
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["detail"] == "The request is larger than 200000 bytes."


def test_whoever_is_refused_and_goes_on_for_ever_is_not_heard_for_ever(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooling, "LINGER_S", 0.5)
    with closing(socket.create_connection(("127.0.0.1", port), 5)) as wire:
        wire.sendall(post("/", "Content-Length: 20000000000"))
        with pytest.raises(ConnectionError):
            send_for_ever(wire)


def test_a_body_that_does_not_come_is_given_up(port: int) -> None:
    assert b" 408 " in ask(port, post("/", "Content-Length: 10") + b"x").splitlines()[0]


def test_a_client_that_leaves_in_the_middle_costs_no_thread() -> None:
    async def scenario() -> list[str]:
        reached: list[str] = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            reached.append(scope["path"])

        events = iter(
            [{"type": "http.request", "body": b"part", "more_body": True}, {"type": "http.disconnect"}],
        )

        async def receive() -> Any:
            return next(events)

        async def send(_message: Any) -> None:
            reached.append("answered")

        scope = {"type": "http", "path": "/", "headers": [(b"content-length", b"100")]}
        await Spooled(app, limit=1000, seconds=1)(scope, receive, send)
        return reached

    assert asyncio.run(scenario()) == []


def test_a_body_for_which_the_disk_has_no_room_is_refused_with_a_problem(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_given, **_named: open("/dev/full", "wb", 0))  # noqa: SIM115
    answer = ask(port, post("/api/v1/files/uploads/", "Content-Length: 5000") + bytes(5000))
    assert answer.startswith(b"HTTP/1.1 507 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["title"] == "No room left"
