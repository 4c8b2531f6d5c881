"""The worker's entry points."""

from typing import Any

from celery import shared_task

from apps.access import intake_lane, outbox, retention
from apps.access.workers import INTAKE_WORKER, WORKER


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


@shared_task(name="access.intake")
def intake() -> None:
    """Read and screen what waits in the intake lane; asked for by each list that comes, and by the clock."""
    try:
        intake_lane.beat(INTAKE_WORKER)
        intake_lane.work_off()
    except Exception as failure:  # mostly a database that is away; the clock calls again
        outbox.log.warning("intake stopped", extra={"error": type(failure).__name__})


@shared_task(name="access.heartbeat")
def heartbeat() -> None:
    """The worker (and the scheduler that asked it) is alive."""
    intake_lane.beat(WORKER)


@shared_task(name="access.purge")
def purge() -> None:
    """Forget old events, answers and done work."""
    retention.round_done("access.purge", retention.purge())
