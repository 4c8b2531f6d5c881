"""What the clock does for data protection."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import done
from apps.access.retention import round_done
from apps.people.queries import service_actor
from apps.protection import actions
from apps.protection.policy import CLOCK
from apps.protection.queries.registers import to_forget


@shared_task(name="protection.tick")
def run_protection_clock() -> int:
    """Each hour: requests whose time is over; how many lost the person's data."""
    return delete_expired_subject_requests(timezone.now())


def delete_expired_subject_requests(now: datetime.datetime) -> int:
    """Take the persons out of the requests whose time is over at a moment."""
    clock, today = service_actor(CLOCK, request_id="protection"), now.date()
    gone = sum(done(actions.delete_subject_request, clock, row, today=today) for row in to_forget(clock, today))
    round_done("protection.tick", gone)
    return gone
