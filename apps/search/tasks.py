"""What time alone brings about: alerts of saved searches."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.people.queries import actor_at
from apps.search import actions
from apps.search.queries import results, saved


@shared_task(name="search.tick")
def run_search_deletions() -> int:
    """Each minute: how many owners were told of something new."""
    return run_search_clock(timezone.now())


def run_search_clock(now: datetime.datetime) -> int:
    """Look for what is new to each owner, as their seat sees it now; again at the same moment it finds nothing."""
    told = 0
    for row, seat in saved.due(now):
        actor = actor_at(seat, via="task", request_id="search")
        if not results.unknown(actor, row, 0):
            continue
        try:
            actions.alert_of_saved_search(actor, row, now=now)
        except Refused:  # deleted, or taken back, in this moment
            continue
        told += 1
    return told
