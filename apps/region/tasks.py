"""What time brings about in the register: a law with a sunset is reminded of, and expires."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.people.queries import service_actor
from apps.region.actions import laws
from apps.region.queries.sunsets import expired, find_sunsets_to_remind


@shared_task(name="region.days")
def run_region_days() -> int:
    """What a new day brings about; how many acts."""
    return run_region_clock(timezone.now().date())


def run_region_clock(today: datetime.date) -> int:
    """Expire laws whose last day is over and remind of those that will end; each once. How many acts.

    A missed day is caught up: the reminder that is due last is given. What changes meanwhile waits for the next round.
    """
    clock = service_actor("IMPACS.automation", request_id="days")
    done = 0
    for track, last in expired(clock, today):
        try:
            laws.expire_measure(clock, track, on=last + datetime.timedelta(1))
        except Refused:
            continue
        done += 1
    for track, step in find_sunsets_to_remind(clock, today):
        laws.remind_of_measure(clock, track, step=step)
        done += 1
    return done
