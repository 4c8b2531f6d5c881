"""What time alone brings about: reminders, what is late, subjects that two parties ask about, what is forgotten."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import desk_by_desk, done
from apps.access.retention import round_done
from apps.exchange.actions import clock as acts
from apps.exchange.actions import deletions
from apps.exchange.queries import matches, requests
from apps.exchange.queries.deletions_due import forgettable
from apps.exchange.rules import lines
from apps.files.queries.attachments import GIVEN_UP_KEPT
from apps.people.queries import service_actor


@shared_task(name="exchange.tick")
def run_exchange_deletions() -> dict[str, int]:
    """Each minute: how many parts and requests were noted as late, reminders sent, pairs found."""
    return run_exchange_clock(timezone.now())


def run_exchange_clock(now: datetime.datetime) -> dict[str, int]:
    """All that is due at a moment, each thing one action; again at the same moment it does nothing."""
    counts = {"late": 0, "reminded": 0, "requests": 0, "pairs": 0}
    for desk in sorted({line.clock for line in lines.every()}):
        clock = service_actor(desk, request_id="exchange")
        late = requests.late_parts(clock, now)
        counts["late"] += sum(done(acts.expire_rfi_addressee, clock, part, now=now) for part in late)
        remind = requests.to_remind(clock, now)
        counts["reminded"] += sum(done(acts.remind_rfi_addressee, clock, part, now=now) for part in remind)
        counts["requests"] += sum(done(acts.expire_rfi, clock, row) for row in requests.late_requests(clock, now))
        counts["pairs"] += sum(done(acts.record_overlap, clock, None, pair=pair) for pair in matches.pairs(clock, now))
    return counts


@shared_task(name="exchange.purge")
def forget_by_the_clock() -> int:
    """Each night: how many requests that were thrown away were forgotten."""
    gone = delete_expired_requests(timezone.now())
    round_done("exchange.purge", gone)
    return gone


def delete_expired_requests(now: datetime.datetime) -> int:
    """Forget what was thrown away unsent thirty days before, one action for each desk."""
    before = now - GIVEN_UP_KEPT
    clocks = [service_actor(code, request_id="exchange") for code in sorted({line.clock for line in lines.every()})]
    return sum(
        desk_by_desk(deletions.delete_discarded_requests, clock, forgettable(clock, before), before=before)
        for clock in clocks
    )
