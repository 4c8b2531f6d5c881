"""What follows by itself, and by the clock: asking, asking again, forgetting."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from apps.access import outbox
from apps.access.clock import done
from apps.access.models import Dispatch
from apps.access.retention import round_done
from apps.gateway import actions
from apps.gateway.actions import question_loop
from apps.gateway.queries import questions
from apps.people.queries import service_actor
from apps.screening.matching import REVIEW_THRESHOLD

BUSY, BUSY_S = "gateway.tick", 120
"""Held while a worker asks; one that died lets go of it after this."""


@outbox.on("checks.queued")
def ask_soon(_dispatch: Dispatch) -> None:
    """Have a worker ask at once. A broker that is away is no error: the clock asks every few seconds."""
    outbox.tell_worker("gateway.tick", queue=outbox.SLOW)


@outbox.on("thresholds.lowered", queue=outbox.SLOW)
def ask_below(dispatch: Dispatch) -> None:
    """Records that were not alike enough may be now; above the matcher's own threshold none was put aside."""
    if question_loop.least_alike() < REVIEW_THRESHOLD:
        question_loop.ask_again(service_actor("JRCC.automation", request_id=dispatch.request_id))


@shared_task(name="gateway.tick")
def run_gateway_clock() -> int:
    """Ask each source that is on what is due; how many questions were put.

    One worker at a time: a source that is slow must not hold those that screen lists.
    """
    if not cache.add(BUSY, 1, timeout=BUSY_S):
        return 0
    try:
        actor = service_actor("JRCC.automation", request_id="gateway")
        return sum(question_loop.work_off(actor, source) for source in questions.sources_on())
    finally:
        cache.delete(BUSY)


@shared_task(name="gateway.tidy")
def tidy() -> int:
    """Forget answers that may no longer be kept, and whom ended entries meant; how many rounds that took."""
    actor, rounds, now = service_actor("JRCC.automation", request_id="gateway"), 0, timezone.now()
    answers = questions.not_to_keep(now).count()
    while (first := questions.first_running_out(now)) is not None and done(
        actions.expire_source_check, actor, first, now=now
    ):
        rounds += 1
    entries = questions.to_forget()
    if entries:
        actions.erase_ended_questions(actor, questions.any_source(actor), entries=entries)
    round_done("gateway.tidy", {"answers": answers - questions.not_to_keep(now).count(), "entries": len(entries)})
    return rounds
