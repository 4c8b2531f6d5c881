"""Whether the portal works is said in about two seconds, whatever hangs, and whoever else waits."""

import asyncio
import datetime
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from apps.access.models import Heartbeat
from caricom_portal import health, room_left
from caricom_portal.asgi import Portal

PATIENCE_S = 8
"""Much more than the two seconds it takes; without a bound a part that hangs is waited for without end."""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for an answer of another test."""
    for name in ("DATABASE", "BROKER", "ROOM"):
        probe = getattr(health, name)
        monkeypatch.setattr(health, name, health.Probe(probe.ask, *probe.names))


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(50)
        yield mute.getsockname()[1]


def asked(path: str) -> tuple[int, Any, float]:
    """(status, body, seconds) as the server answers while every thread for pages is taken."""
    sent: list[dict[str, Any]] = []

    async def never(*_given: Any) -> None:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    begun = time.monotonic()
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    asyncio.run(Portal(never, never, never)(scope, never, send))
    return sent[0]["status"], json.loads(sent[1]["body"]), time.monotonic() - begun


@pytest.mark.django_db(transaction=True)
def test_all_is_well_with_workers_of_both_kinds_that_live() -> None:
    assert asked("/healthz")[:2] == (503, {"status": "unavailable", "missing": ["worker", "intake"]})
    for name in ("worker", "intake"):
        Heartbeat.objects.create(name=name, at=timezone.now())
    assert asked("/healthz")[:2] == (200, {"status": "ok"})
    for name in ("worker", "intake"):
        Heartbeat.objects.update(at=timezone.now())
        long_ago = timezone.now() - datetime.timedelta(seconds=2 * health.WORKER_SILENT_S)
        Heartbeat.objects.filter(name=name).update(at=long_ago)
        assert asked("/healthz")[:2] == (503, {"status": "unavailable", "missing": [name]})


def test_a_broker_that_hangs_is_named(settings: Any, silent: int, monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "DATABASE", health.Probe(frozenset, "database"))
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent}/0"
    status, body, seconds = asked("/healthz")
    assert (status, body) == (503, {"status": "unavailable", "missing": ["broker"]})
    assert seconds < PATIENCE_S
    assert not health.broker_answers()


def test_a_database_that_hangs_is_named(silent: int, monkeypatch: Any) -> None:
    place = connections["default"].settings_dict
    monkeypatch.setitem(place, "HOST", "127.0.0.1")
    monkeypatch.setitem(place, "PORT", silent)
    status, body, seconds = asked("/healthz")
    assert (status, body) == (503, {"status": "unavailable", "missing": ["database", "worker", "intake"]})
    assert seconds < PATIENCE_S


def test_of_a_part_that_hangs_nobody_asks_twice_at_once(monkeypatch: Any) -> None:
    goes_on, times = threading.Event(), []

    def hang() -> frozenset[str]:
        times.append(1)
        goes_on.wait()
        return frozenset()

    monkeypatch.setattr(health, "BROKER", health.Probe(hang, "broker"))
    monkeypatch.setattr(health, "ANSWERS_IN_S", 0.05)
    assert [health.broker_answers() for _ in range(20)] == [False] * 20
    assert len(times) == 1
    goes_on.set()
    health.BROKER.begin().result(PATIENCE_S)
    assert health.broker_answers()


def test_the_process_says_that_it_lives_whatever_hangs(monkeypatch: Any) -> None:
    for name in ("DATABASE", "BROKER", "ROOM"):
        monkeypatch.setattr(health, name, health.Probe(threading.Event().wait, "all"))
    status, body, seconds = asked("/livez")
    assert (status, body) == (200, {"status": "ok"})
    assert seconds < PATIENCE_S


def test_a_disk_that_fills_is_told_before_it_is_full(monkeypatch: Any) -> None:
    for name in ("DATABASE", "BROKER"):
        monkeypatch.setattr(health, name, health.Probe(frozenset, "none"))
    monkeypatch.setattr(room_left.shutil, "disk_usage", lambda _place: room_left.shutil._ntuple_diskusage(100, 95, 5))
    assert asked("/healthz")[:2] == (200, {"status": "ok", "degraded": ["disk"]})


def test_each_disk_is_told_once_with_the_folders_on_it(settings: Any, tmp_path: Any) -> None:
    settings.HOME, settings.FILE_ROOT, settings.DROP_ROOT = tmp_path, tmp_path / "not" / "there", tmp_path
    [disk] = room_left.disks()
    assert disk.folders == (str(tmp_path), str(tmp_path))
    assert 0 < disk.free <= disk.total
