"""What follows by itself: entries that run out."""

from celery import shared_task

from apps.access.refused import Refused
from apps.people.queries import service_actor
from apps.screening import actions, queries
from apps.screening.models import Entry


@shared_task(name="screening.expire")
def expire() -> int:
    """End every entry whose last day is over; how many. What somebody changes meanwhile is left to the next round."""
    actor = service_actor("JRCC.automation", request_id="expire")
    ended = 0
    for pk in queries.run_out(actor):
        try:
            actions.expire(actor, Entry(pk=pk))
        except Refused:
            continue
        ended += 1
    return ended
