"""Benchmark `lists`: many lists at once beside many mails, from the receipt to the hit.

The workers are those of a portal, started on the database of the benchmark and a part of the broker of their own: what
is measured is what a watch officer waits for, queues and broker included.
"""

import datetime
import os
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from apps.access import outbox
from apps.access.ids import uuid7
from apps.access.models import Dispatch, Heartbeat
from apps.access.workers import INTAKE_WORKER, WORKER
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.screening import actions as screening
from bench.lists import actor
from bench.measure import quantile
from bench.messages import a_list, sought
from bench.scratch import analyse, scratch_database
from bench.serving import environment
from caricom_portal.services.processes import wait_until
from caricom_portal.services.programs import intake_command, worker_command

BROKER = 15
"""Of the broker's 16 databases or more, one that a portal leaves alone."""
PEOPLE = 20
KEEPER, SENDER = "jam.intelligence.officer", "7t.carrier.agent"
STARTED_S, LONGEST_S, LOOK_S = 120, 900, 0.2
TOLD = ("JRCC.watch", "BRB.border", "JAM.border", "TTO.border")


def run(*, lists: int, told: int) -> dict[str, Any]:
    """Seconds from receipt to hit and to answer of so many lists of 20, while notices of `told` events are mailed.

    `read_before_first_answer` says how deep the lane goes: how many lists were read when the first was answered.
    """
    with _broker(), scratch_database(), ExitStack() as running:
        _entries(lists)
        outbox.drain()
        analyse()
        running.enter_context(_workers([intake_command(), worker_command()]))
        _mails(told)
        began = time.monotonic()
        _send(lists)
        posted_s = time.monotonic() - began
        whole = wait_until(lambda: not Submission.objects.exclude(state=Submission.State.ANSWERED).exists(), LONGEST_S)
        return {
            "lists": lists,
            "people_each": PEOPLE,
            "posted_s": round(posted_s, 1),
            "all_answered": whole,
            **_delays(),
            **_order(),
            "load_1_min": round(os.getloadavg()[0], 1),
        }


def _entries(lists: int) -> None:
    """Somebody of each list is looked for."""
    screening.open_watchlist(actor(KEEPER), None, code="JAM-BURST", name="Burst", kind="national")
    for number in range(lists):
        screening.create_watchlist_entry(
            actor(KEEPER), None, list="JAM-BURST", reference=f"B-{number}", subject=sought(number),
            instruction="question", reason="Wanted for questioning",
        )  # fmt: skip


def _mails(told: int) -> None:
    """Events of which many desks are told at once; their people's mails are due from now on."""
    clock = service_actor("JRCC.automation", request_id="bench")
    for number in range(told):
        create_notices(
            clock, None, event="hit.overdue", desks=list(TOLD), object_type="jrcc.hit", object_id=uuid7(),
            number=f"B-{number}", title=f"B-{number}", step=str(number), due_at=timezone.now(), grade="high",
        )  # fmt: skip
    if told and not wait_until(lambda: Dispatch.objects.filter(topic="mail.due").exists(), STARTED_S):
        raise RuntimeError("no mail was due")


def _send(lists: int) -> None:
    sender = actor(SENDER)
    for number in range(lists):
        text = a_list(number, people=PEOPLE).encode()
        intake.receive(sender, text, channel="api", content_type="application/edifact")


def _delays() -> dict[str, Any]:
    """Seconds from each receipt to the first hit and to the answer."""
    came = dict(Submission.objects.values_list("pk", "created_at"))
    hits: dict[Any, datetime.datetime] = {}
    raised = Hit.objects.order_by("-created_at").values_list("traveller__submission_id", "created_at")
    hits.update(raised)
    answered = {pk: at for pk, at in _done("submission.screened", "answer_submission") if at}
    said: dict[str, Any] = {"lists_with_hit": len(hits)}
    for name, moments in (("hit", hits), ("answer", answered)):
        delays = [(at - came[pk]).total_seconds() for pk, at in moments.items()]
        for share in (0.5, 0.95):
            said[f"receipt_to_{name}_s_p{share * 100:.0f}"] = quantile(delays, share) if delays else None
        said[f"receipt_to_first_{name}_s"] = round(min(delays), 2) if delays else None
    return said


def _order() -> dict[str, Any]:
    """How many lists were read before the first was answered, and how many mails went meanwhile."""
    read = [at for _pk, at in _done("submission.received", "read_submission") if at]
    answered = [at for _pk, at in _done("submission.screened", "answer_submission") if at]
    mails = list(Dispatch.objects.filter(topic="mail.due").values_list("done_at", flat=True))
    first, last = min(answered, default=timezone.now()), max(answered, default=timezone.now())
    return {
        "read_before_first_answer": sum(at < first for at in read),
        "mails": len(mails),
        "mails_open_at_first_answer": sum(at is None or at > first for at in mails),
        "mails_open_at_last_answer": sum(at is None or at > last for at in mails),
    }


def _done(topic: str, listener: str) -> list[tuple[Any, datetime.datetime | None]]:
    rows = Dispatch.objects.filter(topic=topic, listener__endswith=f".{listener}")
    return [(uuid.UUID(pk), at) for pk, at in rows.values_list("object_id", "done_at")]


@contextmanager
def _broker() -> Iterator[None]:
    """A part of the broker for this benchmark, empty before and after."""
    url = f"{settings.REDIS_URL}/{BROKER}"
    link = redis.Redis.from_url(url)
    link.flushdb()
    # this process has not spoken to its broker yet, and hands this on to the workers
    os.environ["CELERY_BROKER_URL"] = url
    try:
        with override_settings(CELERY_BROKER_URL=url):
            yield
    finally:
        link.flushdb()


@contextmanager
def _workers(commands: Sequence[Sequence[str]]) -> Iterator[None]:
    """The portal's workers on this database; the lane has given its sign of life when they are handed over."""
    started = [subprocess.Popen(command, env=environment()) for command in commands]  # noqa: S603 - our own commands
    try:
        if not wait_until(_alive, STARTED_S):
            raise RuntimeError("the workers of the benchmark did not start")
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(60)
        connection.close()


def _alive() -> bool:
    outbox.wake()
    current_app.send_task("access.heartbeat", queue=outbox.CLOCK)
    time.sleep(LOOK_S)
    return Heartbeat.objects.filter(name__in=[WORKER, INTAKE_WORKER]).count() == 2
