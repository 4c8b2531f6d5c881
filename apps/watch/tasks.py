"""What time alone brings about: bulletins that end, receipts that are late, digests that hold what was recalled."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import desk_by_desk, done
from apps.access.retention import round_done
from apps.files.queries.attachments import GIVEN_UP_KEPT
from apps.people.queries import service_actor
from apps.rifc.queries import vocabulary
from apps.watch.actions import bulletins, deletions, digests, receipts
from apps.watch.queries import bulletins as queries
from apps.watch.queries import deletions_due as forgettable
from apps.watch.queries.digests import stale


@shared_task(name="watch.tick")
def run_watch_deletions() -> dict[str, int]:
    """Each minute: how many bulletins ended, receipts were noted as late, digests rebuilt."""
    return run_watch_clock(timezone.now())


def run_watch_clock(now: datetime.datetime) -> dict[str, int]:
    """All that is due at a moment, each thing one action; again at the same moment it does nothing."""
    clock = service_actor("RIFC.automation", request_id="watch")
    again = vocabulary.detail("bulletin_period", "again")
    every = datetime.timedelta(minutes=again["minutes"])
    return {
        "ended": sum(done(bulletins.expire_bulletin, clock, row, now=now) for row in queries.ended(clock, now)),
        "late": sum(
            done(receipts.expire_bulletin_receipt, clock, row, now=now)
            for row in queries.overdue(clock, now, every, again["times"])
        ),
        "rebuilt": sum(done(digests.rebuild_digest, clock, row) for row in stale()),
    }


@shared_task(name="watch.purge")
def forget_by_the_clock() -> int:
    """Each night: how many drafts that were thrown away were forgotten."""
    gone = delete_expired_bulletins(timezone.now())
    round_done("watch.purge", gone)
    return gone


def delete_expired_bulletins(now: datetime.datetime) -> int:
    """Forget what was thrown away thirty days before, one action for each desk and kind."""
    clock, before = service_actor("RIFC.automation", request_id="watch"), now - GIVEN_UP_KEPT
    kinds = (
        (forgettable.bulletins, deletions.delete_discarded_bulletins),
        (forgettable.digests, deletions.delete_discarded_digests),
    )
    return sum(desk_by_desk(act, clock, rows(before), before=before) for rows, act in kinds)
