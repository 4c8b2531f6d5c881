"""The worker's entry points."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from apps.access import outbox, retention
from apps.access.models import Heartbeat


@shared_task(name="access.work", bind=True, max_retries=0)
def work(task: Any, dispatch_id: int) -> None:
    """Do one Dispatch. A failure is on the row, and the sweeper brings it back; the broker need not know."""
    try:
        outbox.run(dispatch_id)
    except Exception as failure:
        outbox.log.warning("listener failed", extra={"dispatch": dispatch_id, "error": type(failure).__name__})


@shared_task(name="access.sweep")
def sweep() -> None:
    """Publish what was lost between commit and broker."""
    outbox.sweep()


@shared_task(name="access.heartbeat")
def heartbeat() -> None:
    """The worker (and the scheduler that asked it) is alive."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task(name="access.purge")
def purge() -> None:
    """Forget old events, answers and done work."""
    retention.round_done("access.purge", retention.purge())
