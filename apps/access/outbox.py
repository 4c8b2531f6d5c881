"""Work that follows from a fact: written with it, published after it, done once.

An action never calls Celery, mail or a socket. It emits a topic; each listener of the topic gets one Dispatch row in
the action's own transaction. The broker carries only row ids, and losing it loses nothing: the sweeper publishes what
is due again. Exactly once: the listener's action closes the row in its own transaction (Claim).
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from apps.access.guards import guarded
from apps.access.models import Dispatch
from apps.access.refused import Refused
from apps.access.remembering import keeping

log = logging.getLogger("portal.outbox")
MAX_ATTEMPTS = 12
FIRST_RETRY_S, LONGEST_RETRY_S = 2, 3600
CLAIM_S = 30  # a published row is not published again before this

Listener = Callable[[Dispatch], None]
_LISTENERS: dict[str, list[tuple[str, Listener]]] = {}
FAST, MAIL, SLOW = "fast", "mail", "slow"
"""Queues: what somebody waits for; what is sent to other servers; what takes long. Workers take from them in turn."""
_QUEUES: dict[str, str] = {}
_HELD: ContextVar[bool] = ContextVar("held", default=False)


class AlreadyDone(Exception):
    """Another worker did this work, or is doing it now."""


def on(topic: str, *, queue: str = FAST) -> Callable[[Listener], Listener]:
    """Declare a listener of a topic. It is given the Dispatch and carries out at most one action.

    Neither a list of 100,000 entries nor a thousand mails delay a passenger list: their topics have another `queue`.
    """

    def declare(listener: Listener) -> Listener:
        if queue != FAST:
            _QUEUES[topic] = queue
        name = f"{listener.__module__}.{listener.__name__}"
        _LISTENERS.setdefault(topic, []).append((name, listener))
        return listener

    return declare


def write(topic: str, row: Any, payload: dict[str, Any], *, request_id: str = "") -> None:
    """One Dispatch per listener of the topic, in the caller's transaction; published after its commit."""
    rows = [
        Dispatch(
            topic=topic,
            listener=name,
            object_type=row._meta.label_lower,
            object_id=str(row.pk),
            payload=payload,
            request_id=request_id,
            available_at=timezone.now() + timedelta(seconds=CLAIM_S),
        )
        for name, _ in _LISTENERS.get(topic, [])
    ]
    Dispatch.objects.bulk_create(rows)
    for dispatch in rows:
        transaction.on_commit(partial(publish, dispatch.pk, topic), robust=True)


def queue_of(topic: str) -> str:
    """The queue in which the work of a topic waits."""
    return _QUEUES.get(topic, FAST)


@contextmanager
def held() -> Iterator[None]:
    """Tell no worker of work that this process drains itself; what is left in the end is published."""
    token = _HELD.set(True)
    try:
        yield
    finally:
        _HELD.reset(token)
    for dispatch_id, topic in _open().values_list("pk", "topic"):
        publish(dispatch_id, topic)


def publish(dispatch_id: int, topic: str) -> None:
    """Tell a worker. A broker that is away is no error: the sweeper will try again."""
    if _HELD.get():
        return
    try:
        current_app.send_task("access.work", args=[dispatch_id], queue=queue_of(topic), retry=False)
    except Exception as gone:  # any broker error; the row is the truth
        log.warning("publish failed", extra={"dispatch": dispatch_id, "error": type(gone).__name__})


@dataclass
class Claim:
    """The guard that makes a listener's action and its Dispatch one fact (doors.Guard)."""

    dispatch_id: int
    met: bool = False

    def enter(self) -> None:
        """Lock the row; AlreadyDone if it is done or somebody else holds it."""
        self.met = True
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM access_dispatch WHERE id = %s AND done_at IS NULL FOR UPDATE SKIP LOCKED",
                [self.dispatch_id],
            )
            if cursor.fetchone() is None:
                raise AlreadyDone

    def leave(self, row: Any) -> None:
        """Close the row; it becomes visible with the action's own commit."""
        Dispatch.objects.filter(pk=self.dispatch_id).update(
            done_at=timezone.now(), error="", attempts=F("attempts") + 1
        )


def run(dispatch_id: int) -> bool:
    """Do the work of one row now; False if it was done already. Any error is written on the row and raised."""
    dispatch = Dispatch.objects.filter(pk=dispatch_id, done_at=None).first()
    if dispatch is None:
        return False
    listener = dict(_LISTENERS.get(dispatch.topic, [])).get(dispatch.listener)
    claim = Claim(dispatch_id)
    try:
        if listener is not None:
            with guarded(claim):
                listener(dispatch)
    except AlreadyDone:
        return False
    except Exception as failure:
        if isinstance(failure, Refused) and failure.reason == "wrong-state":
            return _close(dispatch_id, failure.code)  # the record has moved on: there is nothing left to do
        _failed(dispatch, failure)
        raise
    return True if claim.met else _close(dispatch_id)


def _close(dispatch_id: int, error: str = "") -> bool:
    return Dispatch.objects.filter(pk=dispatch_id, done_at=None).update(done_at=timezone.now(), error=error) == 1


def is_last_try(dispatch: Dispatch) -> bool:
    """Whether this work is not tried again when it fails now."""
    return dispatch.attempts + 1 >= MAX_ATTEMPTS


def _failed(dispatch: Dispatch, failure: Exception) -> None:
    attempts = dispatch.attempts + 1
    wait = min(FIRST_RETRY_S * 2**attempts, LONGEST_RETRY_S)
    Dispatch.objects.filter(pk=dispatch.pk, done_at=None).update(
        attempts=attempts,
        error=f"{type(failure).__name__}: {getattr(failure, 'code', '')}"[:200],
        available_at=timezone.now() + timedelta(seconds=wait),
        dead_at=timezone.now() if attempts >= MAX_ATTEMPTS else None,
    )


def sweep(limit: int = 200) -> int:
    """Publish what is due and not done; the number of rows. Rows that somebody works on are skipped."""
    with transaction.atomic():
        due = Dispatch.objects.filter(done_at=None, dead_at=None, available_at__lte=timezone.now())
        rows = list(due.order_by("id").select_for_update(skip_locked=True).values_list("pk", "topic")[:limit])
        claimed = Dispatch.objects.filter(pk__in=[pk for pk, _topic in rows])
        claimed.update(available_at=timezone.now() + timedelta(seconds=CLAIM_S))
    for dispatch_id, topic in rows:
        publish(dispatch_id, topic)
    return len(rows)


def revive(dispatch: Dispatch) -> None:
    """Let failed work begin anew, in the caller's transaction that has locked it; published after its commit."""
    dispatch.attempts, dispatch.dead_at, dispatch.available_at = 0, None, timezone.now()
    dispatch.save(update_fields=["attempts", "dead_at", "available_at"])
    transaction.on_commit(partial(publish, dispatch.pk, dispatch.topic), robust=True)


def due() -> list[int]:
    """Ids of the rows that are neither done nor dead, oldest first."""
    return list(_open().values_list("pk", flat=True))


def _open() -> Any:
    return Dispatch.objects.filter(done_at=None, dead_at=None).order_by("id")


def drain(*, but: str = "") -> int:
    """Work off what is open, of all queues `but` one, in this process (commands and tests); the number of rows done."""
    done = 0
    with keeping():
        while ids := [pk for pk, topic in _open().values_list("pk", "topic") if queue_of(topic) != but]:
            for dispatch_id in ids:
                done += run(dispatch_id)
    return done
