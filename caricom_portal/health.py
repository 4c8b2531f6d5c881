"""Whether the portal works, said within two seconds whatever hangs: `/livez`, `/healthz`, and the operators' page.

A part that hangs keeps whoever asks it. So each is asked in a thread of its own, at most one at a time; while that one
waits, nobody asks again, and the part counts as away. The server answers before pages' threads, which may all be
waiting for the same part (caricom_portal.asgi).
"""

import asyncio
import concurrent.futures
import json
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.db import connections

from apps.access.workers import INTAKE_WORKER, WORKER
from caricom_portal import room_left
from caricom_portal.spooling import Receive, Scope, Send

ANSWERS_IN_S = 1.5
WORKER_SILENT_S = 25
LIVE, HEALTH = "/livez", "/healthz"
BEATS = "SELECT name FROM access_heartbeat WHERE at > now() - make_interval(secs => %s)"
WORKERS = frozenset({WORKER, INTAKE_WORKER})
Asked = Callable[[], frozenset[str]]


class Probe:
    """A question that may hang. `ask` gives the names of what is away."""

    def __init__(self, ask: Asked, *names: str) -> None:
        self.ask, self.names = ask, frozenset(names)
        self._lock = threading.Lock()
        self._asked: concurrent.futures.Future[frozenset[str]] | None = None

    def begin(self) -> "concurrent.futures.Future[frozenset[str]]":
        """The answer to be; the one that is waited for already if there is one."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = concurrent.futures.Future()
                threading.Thread(target=self._run, args=(self._asked,), name="health", daemon=True).start()
            return self._asked

    def _run(self, answer: "concurrent.futures.Future[frozenset[str]]") -> None:
        try:
            answer.set_result(self.ask())
        except Exception:  # whatever it is, the part does not answer
            answer.set_result(self.names)


def _database() -> frozenset[str]:
    """Asked over a connection of its own: those of the pool may all be in use or hang."""
    place = connections["default"].settings_dict
    with psycopg.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        dbname=place["NAME"],
        application_name=place["OPTIONS"]["application_name"],
        connect_timeout=2,
        autocommit=True,
        tcp_user_timeout=5_000,
        options="-c statement_timeout=1500",
    ) as own:
        heard = own.execute(BEATS, [WORKER_SILENT_S]).fetchall()
    return WORKERS - {name for (name,) in heard}


def _broker() -> frozenset[str]:
    limits = {"socket_connect_timeout": ANSWERS_IN_S, "socket_timeout": ANSWERS_IN_S, "retry": None}
    with (
        redis.ConnectionPool.from_url(settings.CELERY_BROKER_URL, **limits) as pool,
        redis.Redis(connection_pool=pool) as own,
    ):
        own.ping()
    return frozenset()


def _room() -> frozenset[str]:
    return frozenset({"disk"}) if room_left.is_low() else frozenset()


# without a database nothing is known of the workers
DATABASE, BROKER = Probe(_database, "database", *WORKERS), Probe(_broker, "broker")
ROOM = Probe(_room, "disk")
ORDER = ("database", "broker", WORKER, INTAKE_WORKER)


def answers(probe: Probe) -> frozenset[str]:
    """Names of what is away of a probe's parts; waits for ANSWERS_IN_S at most."""
    return _of(probe, concurrent.futures.wait([probe.begin()], ANSWERS_IN_S).done)


def _of(probe: Probe, done: Any) -> frozenset[str]:
    return next((one.result() for one in done), probe.names)


def broker_answers() -> bool:
    """Whether the broker, which is also the cache, answers."""
    return not answers(BROKER)


def report() -> tuple[int, dict[str, Any]]:
    """(status, body) of /healthz, for a thread."""
    asked = [probe.begin() for probe in (DATABASE, BROKER, ROOM)]
    concurrent.futures.wait(asked, ANSWERS_IN_S)
    return _said(asked)


async def _report() -> tuple[int, dict[str, Any]]:
    asked = [probe.begin() for probe in (DATABASE, BROKER, ROOM)]
    await asyncio.wait([asyncio.wrap_future(one) for one in asked], timeout=ANSWERS_IN_S)
    return _said(asked)


def _said(asked: "list[concurrent.futures.Future[frozenset[str]]]") -> tuple[int, dict[str, Any]]:
    database, broker, room = (
        one.result() if one.done() else probe.names for one, probe in zip(asked, (DATABASE, BROKER, ROOM), strict=True)
    )
    missing = [name for name in ORDER if name in database | broker]
    if missing:
        return 503, {"status": "unavailable", "missing": missing}
    return 200, {"status": "ok", **({"degraded": sorted(room)} if room else {})}


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer /livez and /healthz."""
    status, body = (200, {"status": "ok"}) if scope["path"] == LIVE else await _report()
    text = json.dumps(body).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(text)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else text})
