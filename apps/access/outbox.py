"""Work that follows from a fact: written with it, published after it, done once.

An action never calls Celery, mail or a socket. It emits a topic; each listener of the topic gets one Dispatch row in
the action's own transaction. The broker carries only row ids, and losing it loses nothing: the sweeper publishes what
is due again. Exactly once: the listener's action closes the row in its own transaction (Claim).

Work of the intake lane is taken from the table instead, in the order of its urgency (apps.access.intake_lane).
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from kombu import Connection, pools

from apps.access.breaker import breaker_of
from apps.access.database_context import portal_context
from apps.access.guards import guarded
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.access.short_cache import keeping

log = logging.getLogger("portal.outbox")
MAX_ATTEMPTS = 12
FIRST_RETRY_S, LONGEST_RETRY_S = 2, 3600
ANSWERS_IN_S = 2  # the broker needs less than a hundredth of it
CLAIM_S = 30  # a published row is not published again before this

Listener = Callable[[Dispatch], None]
_LISTENERS: dict[str, list[tuple[str, Listener]]] = {}
INTAKE, FAST, CLOCK, MAIL, SLOW = "intake", "fast", "clock", "mail", "slow"
"""Queues: reading and screening of lists, by workers of its own; and what other workers take from in turn: what
somebody waits for, the clock's rounds, what is sent to other servers, what takes long."""
LONGER = {SLOW: {"time_limit": 570}}
"""Seconds after which a worker is taken for stuck, where that is later than CELERY_TASK_TIME_LIMIT: a list of 48 MB is
taken in by one act. Below the broker's visibility_timeout, after which another worker would begin with it, too."""
UNHURRIED = timedelta(hours=3)
"""How urgent work of the intake lane is of which nobody says more: as a list whose flight lands so long after it."""
LONGEST_NAME = int(Dispatch._meta.get_field("listener").max_length or 0)
"""Letters of a listener's name."""
_QUEUES: dict[tuple[str, str], str] = {}
_HELD: ContextVar[bool] = ContextVar("held", default=False)
_CAUSE: ContextVar[Dispatch | None] = ContextVar("cause", default=None)
_FOLLOWING: ContextVar[list[int] | None] = ContextVar("following", default=None)


class AlreadyDone(Exception):
    """Another worker did this work, or is doing it now."""


class UnknownListener(LookupError):
    """This release has no such listener: the row was written by another one, or its app is not installed here."""

    @property
    def code(self) -> str:
        """The listener, which is the name of a function and no secret; the row tells it as its error."""
        return str(self.args[0])


def on(topic: str, *, queue: str = FAST) -> Callable[[Listener], Listener]:
    """Declare a listener of a topic. It is given the Dispatch and carries out at most one action.

    Neither a list of 100,000 entries nor a thousand mails delay a passenger list: the workers of `INTAKE` do nothing
    else, and what takes long or is sent to other servers has another `queue`, too.
    """

    def declare(listener: Listener) -> Listener:
        name = f"{listener.__module__}.{listener.__name__}"
        if len(name) > LONGEST_NAME:
            raise ValueError(f"{name}: the column of listeners holds {LONGEST_NAME} letters")
        _QUEUES[topic, name] = queue
        _LISTENERS.setdefault(topic, []).append((name, listener))
        return listener

    return declare


def write(
    topic: str, row: Any, payload: dict[str, Any], *, request_id: str = "", urgent_at: datetime | None = None
) -> None:
    """One Dispatch per listener of the topic, in the caller's transaction; published after its commit.

    `urgent_at` orders the intake lane; without it what follows is as urgent as what it follows from.
    """
    write_all([(topic, row, payload, urgent_at)], request_id=request_id)


def write_all(facts: Iterable[tuple[str, Any, dict[str, Any], datetime | None]], *, request_id: str = "") -> None:
    """The same of many facts (topic, row, payload, urgent_at), in their order; in one statement."""
    rows = [dispatch for fact in facts for dispatch in _rows_of(*fact, request_id)]
    Dispatch.objects.bulk_create(rows)
    for dispatch in rows:
        transaction.on_commit(partial(publish, dispatch), robust=True)


def _rows_of(
    topic: str, row: Any, payload: dict[str, Any], urgent_at: datetime | None, request_id: str
) -> Iterator[Dispatch]:
    now, cause, follows = timezone.now(), _CAUSE.get(), _FOLLOWING.get() is not None
    urgent_at = urgent_at or (cause and cause.urgent_at) or now + UNHURRIED
    for name, _ in _LISTENERS.get(topic, []):
        lane = queue_of(topic, name) == INTAKE
        yield Dispatch(
            topic=topic,
            listener=name,
            object_type=row._meta.label_lower,
            object_id=str(row.pk),
            payload=payload,
            request_id=request_id,
            # nobody else takes what the worker that wrote it does next, unless that worker dies
            available_at=now if lane and not follows else now + timedelta(seconds=CLAIM_S),
            urgent_at=urgent_at if lane else None,
        )


def queue_of(topic: str, listener: str) -> str:
    """The queue in which the work of a listener waits."""
    return _QUEUES.get((topic, listener), FAST)


@contextmanager
def held() -> Iterator[None]:
    """Tell no worker of work that this process drains itself; what is left in the end is published."""
    token = _HELD.set(True)
    try:
        yield
    finally:
        _HELD.reset(token)
    for dispatch in _open():
        publish(dispatch)


def publish(dispatch: Dispatch) -> None:
    """Tell a worker. A broker that is away is no error: the sweeper will try again."""
    if _HELD.get():
        return
    following = _FOLLOWING.get()
    if dispatch.urgent_at is None:
        tell_worker("access.work", dispatch.pk, queue=queue_of(dispatch.topic, dispatch.listener))
    elif following is None:
        wake()
    else:
        following.append(dispatch.pk)


def wake() -> None:
    """Tell a worker of the intake lane that something waits there; a call that is not heard is forgotten."""
    tell_worker("access.intake", queue=INTAKE, expires=CLAIM_S)


def tell_worker(task: str, *args: int, queue: str = FAST, **more: Any) -> None:
    """Put a task into a queue, or leave it where the broker is away: rows and the clock are the truth.

    Somebody waits for the page meanwhile: a broker that hangs is waited for once in some seconds, and never long.
    """
    breaker = breaker_of(settings.CELERY_BROKER_URL)
    if not breaker.may_try():
        return
    try:
        with _producers().acquire(block=True, timeout=ANSWERS_IN_S) as producer:
            more = LONGER.get(queue, {}) | more
            current_app.send_task(task, args=list(args), queue=queue, retry=False, producer=producer, **more)
    except Exception as gone:  # any broker error
        breaker.failed()
        log.warning("publish failed", extra={"dispatch": args[0] if args else None, "error": type(gone).__name__})
    else:
        breaker.worked()


@cache
def _producers() -> Any:
    """Connections for telling alone: a worker's own wait half a minute for an answer, and try to connect for ever."""
    limits = {"socket_connect_timeout": ANSWERS_IN_S, "socket_timeout": ANSWERS_IN_S, "max_retries": 0}
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **limits, "connect_retries_timeout": ANSWERS_IN_S}
    broker = Connection(settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=ANSWERS_IN_S)
    return pools.producers[broker]


@contextmanager
def followed_by(following: list[int]) -> Iterator[None]:
    """What is caused within in the intake lane is told to no worker, but added here once it is committed."""
    token = _FOLLOWING.set(following)
    try:
        yield
    finally:
        _FOLLOWING.reset(token)


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


@dataclass
class AlsoDone:
    """The guard of an action that does the work of further rows as well: those that nobody else holds are closed."""

    dispatch_ids: Sequence[int]
    held: list[int] = field(default_factory=list)

    def enter(self) -> None:
        """Lock the rows that are open and free."""
        rows = Dispatch.objects.filter(pk__in=self.dispatch_ids, done_at=None).order_by("pk")
        self.held = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))

    def leave(self, row: Any) -> None:
        """Close them, visible with the action's own commit."""
        Dispatch.objects.filter(pk__in=self.held).update(done_at=timezone.now(), error="", attempts=F("attempts") + 1)


def waiting_with(dispatch: Dispatch, most: int) -> list[Dispatch]:
    """Further open rows of the same topic and listener that have not been tried yet, oldest first."""
    rows = _open().filter(topic=dispatch.topic, listener=dispatch.listener, attempts=0)
    return list(rows.exclude(pk=dispatch.pk)[:most])


def run(dispatch_id: int) -> bool:
    """Do the work of one row now; False if it was done already. Any error is written on the row and raised.

    Work whose listener nobody knows waits, and is tried again for as long as it takes: a later release may know it.
    """
    dispatch = Dispatch.objects.filter(pk=dispatch_id, done_at=None).first()
    if dispatch is None:
        return False
    claim, token = Claim(dispatch_id), _CAUSE.set(dispatch)
    try:
        listener = _listener_of(dispatch)
        with guarded(claim), portal_context("worker"):
            listener(dispatch)
    except AlreadyDone:
        return False
    except Exception as failure:
        if isinstance(failure, Refused) and failure.reason == "wrong-state":
            return _close(dispatch_id, failure.code)  # the record has moved on: there is nothing left to do
        _failed(dispatch, failure)
        raise
    finally:
        _CAUSE.reset(token)
    return True if claim.met else _close(dispatch_id)


def _listener_of(dispatch: Dispatch) -> Listener:
    for name, listener in _LISTENERS.get(dispatch.topic, []):
        if name == dispatch.listener:
            return listener
    about = {"dispatch": dispatch.pk, "error": f"nobody is {dispatch.listener}, to whom {dispatch.topic} is told"}
    log.error("unknown listener", extra=about)
    raise UnknownListener(dispatch.listener)


def _close(dispatch_id: int, error: str = "") -> bool:
    return Dispatch.objects.filter(pk=dispatch_id, done_at=None).update(done_at=timezone.now(), error=error) == 1


def is_last_try(dispatch: Dispatch) -> bool:
    """Whether this work is not tried again when it fails now."""
    return dispatch.attempts + 1 >= MAX_ATTEMPTS


def _failed(dispatch: Dispatch, failure: Exception) -> None:
    attempts = dispatch.attempts + 1
    if isinstance(failure, UnknownListener):  # none of its own tries has been made
        attempts = min(attempts, MAX_ATTEMPTS - 1)
    wait = min(FIRST_RETRY_S * 2**attempts, LONGEST_RETRY_S)
    Dispatch.objects.filter(pk=dispatch.pk, done_at=None).update(
        attempts=attempts,
        error=f"{type(failure).__name__}: {getattr(failure, 'code', '')}"[:200],
        available_at=timezone.now() + timedelta(seconds=wait),
        dead_at=timezone.now() if attempts >= MAX_ATTEMPTS else None,
    )


def sweep(limit: int = 200) -> int:
    """Publish what is due and not done; the number of rows. Rows that somebody works on are skipped.

    Work of the intake lane is none of it: its workers look themselves.
    """
    with transaction.atomic():
        due = Dispatch.objects.filter(done_at=None, dead_at=None, urgent_at=None, available_at__lte=timezone.now())
        rows = list(due.order_by("id").select_for_update(skip_locked=True)[:limit])
        claimed = Dispatch.objects.filter(pk__in=[dispatch.pk for dispatch in rows])
        claimed.update(available_at=timezone.now() + timedelta(seconds=CLAIM_S))
    for dispatch in rows:
        publish(dispatch)
    return len(rows)


def revive(dispatch: Dispatch) -> None:
    """Let failed work begin anew, in the caller's transaction that has locked it; published after its commit."""
    dispatch.attempts, dispatch.dead_at, dispatch.available_at = 0, None, timezone.now()
    dispatch.save(update_fields=["attempts", "dead_at", "available_at"])
    transaction.on_commit(partial(publish, dispatch), robust=True)


def due() -> list[int]:
    """Ids of the rows that are neither done nor dead, oldest first."""
    return list(_open().values_list("pk", flat=True))


def _open() -> Any:
    return Dispatch.objects.filter(done_at=None, dead_at=None).order_by("id")


def drain(*, but: str = "") -> int:
    """Work off what is open, of all queues `but` one, in this process (commands and tests); the number of rows done."""
    done = 0
    with keeping():
        while ids := [pk for pk, *whose in _open().values_list("pk", "topic", "listener") if queue_of(*whose) != but]:
            for dispatch_id in ids:
                done += run(dispatch_id)
    return done
