"""What the clock does for keys: warnings before they end."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import done
from apps.entrance import actions
from apps.entrance.queries import sign_in
from apps.people.queries import service_actor

WARNED_BEFORE = (14, 3)
"""Days before the end of a key; the longer first."""


@shared_task(name="entrance.tick")
def run_entrance_clock() -> int:
    """Each hour: how many keys were warned of."""
    return warn(timezone.now())


def warn(now: datetime.datetime) -> int:
    """Warn of the keys that end within a number of days and were not warned of at it."""
    clock, told = service_actor("IMPACS.automation", request_id="keys"), 0
    for days in WARNED_BEFORE:
        rows = sign_in.keys_ending(now, days, newer=min((d for d in WARNED_BEFORE if d < days), default=0))
        told += sum(done(actions.warn_of_key_expiry, clock, row, days=days) for row in rows)
    return told
