"""What follows by itself: entries that run out, and files that were sent or are to be applied."""

from typing import Any

from celery import shared_task

from apps.access import outbox
from apps.access.clock import done
from apps.access.models import Dispatch
from apps.access.refused import Refused
from apps.people.queries import service_actor
from apps.screening import actions, queries
from apps.screening.actions import rules as targeting
from apps.screening.models import Entry, ListImport, Rule, TravellerClearance
from apps.screening.queries import rules


@shared_task(name="screening.expire")
def expire() -> int:
    """End every entry, clearance and rule that has run out; how many. What somebody changes meanwhile is left over."""
    actor = service_actor("JRCC.automation", request_id="expire")
    ended = 0
    for pk in queries.run_out(actor):
        try:
            actions.expire(actor, Entry(pk=pk))
        except Refused:
            continue
        ended += 1
    for pk in queries.clearances_over(actor):
        ended += done(actions.end_clearance, actor, TravellerClearance(pk=pk))
    for pk in rules.run_out():
        ended += done(targeting.run_out, actor, Rule(pk=pk))
    return ended


@outbox.on("import.received")
def read_import(dispatch: Dispatch) -> None:
    """Compare a file with its list as soon as it was sent."""
    actions.read(*_import(dispatch))


@outbox.on("import.confirmed", bulky=True)
def apply_import(dispatch: Dispatch) -> None:
    """Bring the list up to the file."""
    actions.carry_out(*_import(dispatch))


def _import(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    return actor, ListImport.objects.visible_to(actor).get(pk=dispatch.object_id)
