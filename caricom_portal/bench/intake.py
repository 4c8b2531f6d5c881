"""Benchmark `intake`: a message of 300 passengers read, read and stored, and screened."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from apps.access import outbox
from apps.jrcc import intake, paxlst
from apps.people.models import Seat, User
from apps.people.queries import actor_for
from caricom_portal.bench.measure import quantile
from caricom_portal.bench.messages import a_list
from caricom_portal.bench.scratch import scratch_database

PEOPLE = 300


def run(*, rounds: int) -> dict[str, Any]:
    """Milliseconds to read, seconds from the bytes to stored travellers, and on to the screened answer."""
    texts = [a_list(number, people=PEOPLE).encode() for number in range(rounds)]
    paxlst.read(texts[0])  # airports and codes are loaded once per process
    reading = [_ms(partial(paxlst.read, data)) for data in texts]
    with scratch_database():
        user = User.objects.get(username="7t.carrier.agent")
        actor = actor_for(user, Seat.objects.get(user=user).pk)
        received, stored, answered = [], [], []
        for data in texts:
            received.append(_ms(partial(_receive, actor, data)))
            stored.append(received[-1] + _ms(_next_step))
            answered.append(stored[-1] + _ms(outbox.drain))
    return {
        "passengers": PEOPLE,
        "message_bytes": len(texts[0]),
        "read_300_ms_p50": quantile(reading, 0.5),
        "read_300_ms_p95": quantile(reading, 0.95),
        "receipt_ms_p95": quantile(received, 0.95),
        "read_and_stored_300_s_p50": _s(stored, 0.5),
        "read_and_stored_300_s_p95": _s(stored, 0.95),
        "answered_300_s_p95": _s(answered, 0.95),
    }


def _receive(actor: Any, data: bytes) -> None:
    intake.receive(actor, data, channel="api", content_type="application/edifact")


def _next_step() -> None:
    for dispatch_id in outbox.due():
        outbox.run(dispatch_id)


def _s(values_ms: list[float], share: float) -> float:
    return round(quantile(values_ms, share) / 1000, 3)


def _ms(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
