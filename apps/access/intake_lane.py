"""The intake lane: lists are taken by their urgency, and each is carried through before the next one is begun.

The broker's message says that something waits, the table says what: a queue of messages knows no order but that of
coming. A list is taken by making its row unavailable for some seconds (a lease), so that nobody else begins with it; if
its worker dies, the row is due again by itself. What makes each step happen once is the row's lock in the step's own
transaction, here as everywhere (outbox.Claim). Source of the order: earliest deadline first (Liu and Layland 1973).
"""

import itertools
import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch, Heartbeat
from apps.access.workers import INTAKE_WORKER

BEAT_S = 5
AT_A_TIME_S = 5
"""How long one message keeps a worker, the last list apart: a worker that has to stop waits for it."""
PATIENCE = timedelta(minutes=10)
"""Who has waited so long gets every TURN-th place, oldest first: lists of today never push out one of next week."""
TURN = 4
_turns = itertools.count(1)
_beaten: dict[str, float] = {}

_TAKE = """
UPDATE access_dispatch SET available_at = %s WHERE id = (
    SELECT id FROM access_dispatch
    WHERE done_at IS NULL AND dead_at IS NULL AND urgent_at IS NOT NULL AND available_at <= %s AND created_at <= %s
    ORDER BY {order} LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_BY_URGENCY, _BY_AGE = _TAKE.format(order="urgent_at, id"), _TAKE.format(order="id")


def work_off(seconds: float = AT_A_TIME_S) -> int:
    """Carry lists through, the most urgent first, until none waits or the time is over; how many.

    Another worker is called when more than one waits, and again when the time is over before the work.
    """
    end, done = time.monotonic() + seconds, 0
    while (first := take()) is not None:
        if not done and waits():
            outbox.wake()
        carry_through(first)
        done += 1
        if time.monotonic() >= end:
            if waits():
                outbox.wake()
            break
    return done


def carry_through(dispatch_id: int) -> None:
    """Do one row and at once what follows from it in the lane: a list is read, screened and answered in one go.

    A step that fails ends it: the row says why and comes back later, the rows before it stay done.
    """
    following = [dispatch_id]
    with outbox.followed_by(following):
        while following:
            beat(INTAKE_WORKER)
            step = following.pop(0)
            try:
                outbox.run(step)
            except Exception as failure:
                outbox.log.warning("listener failed", extra={"dispatch": step, "error": type(failure).__name__})


def take() -> int | None:
    """Make the row that is done next this worker's for some seconds; its id, None when nothing is due."""
    now = timezone.now()
    lease = now + timedelta(seconds=outbox.CLAIM_S)
    with connection.cursor() as cursor:
        if next(_turns) % TURN == 0:
            cursor.execute(_BY_AGE, [lease, now, now - PATIENCE])
            if found := cursor.fetchone():
                return int(found[0])
        cursor.execute(_BY_URGENCY, [lease, now, now])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def waits() -> bool:
    """Whether something is due."""
    due = Dispatch.objects.filter(done_at=None, dead_at=None, urgent_at__isnull=False, available_at__lte=timezone.now())
    return due.exists()


def beat(worker: str) -> None:
    """Note a sign of life of this worker, at most one in some seconds."""
    moment = time.monotonic()
    if moment - _beaten.get(worker, -BEAT_S) < BEAT_S - 1:
        return
    _beaten[worker] = moment
    now = timezone.now()
    if not Heartbeat.objects.filter(name=worker).update(at=now):
        Heartbeat.objects.bulk_create([Heartbeat(name=worker, at=now)], ignore_conflicts=True)
