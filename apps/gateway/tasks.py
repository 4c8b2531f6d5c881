"""What follows by itself, and by the clock: asking, asking again, forgetting."""

import logging

from celery import current_app, shared_task
from django.core.cache import cache
from django.utils import timezone

from apps.access import outbox
from apps.access.clock import done
from apps.access.models import Dispatch
from apps.access.retention import round_done
from apps.gateway import actions, asking, queries
from apps.people.queries import service_actor
from apps.screening.matching import REVIEW_THRESHOLD

log = logging.getLogger("portal.gateway")
BUSY, BUSY_S = "gateway.tick", 120
"""Held while a worker asks; one that died lets go of it after this."""


@outbox.on("checks.queued")
def ask_soon(_dispatch: Dispatch) -> None:
    """Have a worker ask at once. A broker that is away is no error: the clock asks every few seconds."""
    try:
        current_app.send_task("gateway.tick", queue="slow", retry=False)
    except Exception as gone:  # any broker error
        log.warning("publish failed", extra={"error": type(gone).__name__})


@outbox.on("thresholds.lowered", queue=outbox.SLOW)
def ask_below(dispatch: Dispatch) -> None:
    """Records that were not alike enough may be now; above the matcher's own threshold none was put aside."""
    if asking.least_alike() < REVIEW_THRESHOLD:
        asking.ask_again(service_actor("JRCC.automation", request_id=dispatch.request_id))


@shared_task(name="gateway.tick")
def tick() -> int:
    """Ask each source that is on what is due; how many questions were put.

    One worker at a time: a source that is slow must not hold those that screen lists.
    """
    if not cache.add(BUSY, 1, timeout=BUSY_S):
        return 0
    try:
        actor = service_actor("JRCC.automation", request_id="gateway")
        return sum(asking.work_off(actor, source) for source in queries.sources_on())
    finally:
        cache.delete(BUSY)


@shared_task(name="gateway.tidy")
def tidy() -> int:
    """Forget answers that may no longer be kept, and whom ended entries meant; how many rounds that took."""
    actor, rounds, now = service_actor("JRCC.automation", request_id="gateway"), 0, timezone.now()
    answers = queries.not_to_keep(now).count()
    while (first := queries.first_running_out(now)) is not None and done(actions.expire, actor, first, now=now):
        rounds += 1
    entries = queries.to_forget()
    if entries:
        actions.forget(actor, queries.any_source(actor), entries=entries)
    round_done("gateway.tidy", {"answers": answers - queries.not_to_keep(now).count(), "entries": len(entries)})
    return rounds
