"""Asking a source over HTTP: many questions a request, a few requests at once, each within its time."""

import ssl
import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from apps.gateway.rules import wire
from apps.gateway.rules.wire import Reply

if TYPE_CHECKING:  # loaded with the first question (caricom_portal.memory.LATER)
    import httpx

LONGEST_ANSWER = 2 * 2**20
"""Bytes; more is no answer."""


def ask_source(
    address: str,
    kind: str,
    purpose: str,
    questions: Mapping[str, Any],
    batches: Sequence[Sequence[str]],
    *,
    timeout_s: float,
    concurrency: int,
) -> dict[str, tuple[Reply, int]]:
    """{question's id: (reply, milliseconds of its request)}, a reply for every question. Never raises for the network.

    Takes at most about `timeout_s` for every `concurrency` batches. Call it outside any transaction.
    """
    import httpx

    url = address + wire.PATHS[kind]
    with (
        httpx.Client(headers=_headers(), timeout=timeout_s, verify=_trust(), trust_env=False) as client,
        ThreadPoolExecutor(concurrency) as pool,
    ):
        tasks = [
            pool.submit(_one, client, url, kind, purpose, {key: questions[key] for key in batch}, timeout_s)
            for batch in batches
        ]
        return {key: pair for task in tasks for key, pair in task.result().items()}


def _headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.INTERPOL_TOKEN}"} if settings.INTERPOL_TOKEN else {}


@cache
def _trust() -> ssl.SSLContext:
    """The machine's certificate authorities, and our own certificate where the bureau asks for one."""
    context = ssl.create_default_context()
    if settings.INTERPOL_CERTIFICATE:
        context.load_cert_chain(settings.INTERPOL_CERTIFICATE)
    return context


def _one(
    client: "httpx.Client", url: str, kind: str, purpose: str, questions: Mapping[str, Any], timeout_s: float
) -> dict[str, tuple[Reply, int]]:
    """One request and what its answer is worth."""
    import httpx

    request, begun = str(uuid.uuid4()), time.monotonic()
    body = wire.asking(kind, request, purpose, questions)
    try:
        status, data = _post(client, url, body, begun + timeout_s)
    except (httpx.TimeoutException, TimeoutError):
        replies = wire.failed(questions, wire.TIMEOUT)
    except httpx.RemoteProtocolError:
        replies = wire.failed(questions, wire.BROKEN)  # hung up in the middle
    except (httpx.HTTPError, OSError):
        replies = wire.failed(questions, wire.UNREACHABLE)
    else:
        replies = _worth(kind, status, data, request, questions)
    ms = int((time.monotonic() - begun) * 1000)
    return {key: (reply, ms) for key, reply in replies.items()}


def _post(client: "httpx.Client", url: str, body: Any, end: float) -> tuple[int, bytes]:
    """(status, body); TimeoutError also for an answer that trickles in too slowly."""
    parts, size = [], 0
    with client.stream("POST", url, json=body) as response:
        for part in response.iter_bytes():
            size += len(part)
            if size > LONGEST_ANSWER:
                return response.status_code, b""
            if time.monotonic() > end:
                raise TimeoutError
            parts.append(part)
        return response.status_code, b"".join(parts)


def _worth(kind: str, status: int, data: bytes, request: str, questions: Mapping[str, Any]) -> dict[str, Reply]:
    import httpx

    if status == httpx.codes.OK:
        return wire.read_source_answer(kind, data, request, questions)
    fault = wire.SERVER if httpx.codes.is_server_error(status) else wire.REFUSED
    return wire.failed(questions, fault)
