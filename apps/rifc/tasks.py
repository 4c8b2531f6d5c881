"""What time alone brings about: receipts and answers that are late, requests that lapse."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import desk_by_desk, done
from apps.access.retention import round_done
from apps.files.queries.attachments import GIVEN_UP_KEPT
from apps.people.queries import service_actor
from apps.rifc.actions import openings, recalls, receipts, release_requests, retention, uses
from apps.rifc.queries import balance, releases, reports, sealed_texts, shares, vocabulary
from apps.rifc.queries import retention_due as retention_due_queries


@shared_task(name="rifc.tick")
def run_rifc_deletions() -> dict[str, int]:
    """Each minute: how many receipts and answers were noted as late, how many requests lapsed."""
    return run_rifc_clock(timezone.now())


def run_rifc_clock(now: datetime.datetime) -> dict[str, int]:
    """All that is due at a moment, each thing one action; again at the same moment it does nothing."""
    clock = service_actor("RIFC.automation", request_id="rifc")
    again = vocabulary.detail("period", "ack_again")
    every = datetime.timedelta(minutes=again["minutes"])
    late = [*shares.overdue(clock, now), *shares.to_remind(clock, now, every, again["times"])]
    factors = vocabulary.detail("period", "recall_again")["factors"]
    answers = [(row, reports.due_steps(now, row.recall, factors)) for row in reports.late_answers(clock)]
    return {
        "receipts": sum(done(receipts.expire_report_receipt, clock, row, now=now) for row in late),
        "answers": sum(
            done(recalls.expire_recall_answer, clock, row, step=step) for row, step in answers if step > row.reminded
        ),
        "openings": sum(done(openings.expire_sealed_opening, clock, row) for row in sealed_texts.lapsed(clock, now)),
        "requests": sum(
            done(release_requests.expire_release_request, clock, row) for row in releases.lapsed(clock, now)
        ),
    }


@shared_task(name="rifc.purge")
def forget_by_the_clock() -> int:
    """Each night: how many reports that were thrown away were forgotten."""
    gone = delete_expired_reports(timezone.now())
    round_done("rifc.purge", gone)
    return gone


def delete_expired_reports(now: datetime.datetime) -> int:
    """Forget what was thrown away thirty days before, one action for each desk."""
    clock, before = service_actor("RIFC.automation", request_id="rifc"), now - GIVEN_UP_KEPT
    return desk_by_desk(
        retention.delete_discarded_reports, clock, retention_due_queries.forgettable(before), before=before
    )


@shared_task(name="rifc.count")
def count_by_the_clock() -> int:
    """Each night: how many months were counted anew."""
    return count_exchange_balances(timezone.now())


def count_exchange_balances(now: datetime.datetime) -> int:
    """Count the present month and the one before, of which receipts still come."""
    clock = service_actor("RIFC.automation", request_id="rifc")
    months = [balance.first_of(now.date(), back) for back in (1, 0)]
    for month in months:
        uses.count_exchange_balance(clock, None, month=month, now=now)
    return len(months)
