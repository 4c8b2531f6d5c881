"""The clock of the ladder: what the day asks for, once; a day that was missed is caught up with by the next round."""

import datetime
from typing import Any

from celery import shared_task
from django.utils import timezone

from apps.access.refusal import Refused
from apps.impacs.actions import escalation as actions
from apps.impacs.models import Escalation
from apps.impacs.queries import escalation as queries
from apps.people.queries import service_actor


@shared_task(name="impacs.escalation")
def escalation() -> dict[str, int]:
    """Every hour; how many desks had something raised, and how much ended."""
    return run_escalation_clock(timezone.now())


def run_escalation_clock(now: datetime.datetime) -> dict[str, int]:
    """Climb the ladders as far as the day of each place asks for, and end what is done, moved or released.

    It looks at what is due and was not raised, so that it may be called as often as one likes. Counts of both.
    """
    actor = service_actor("IMPACS.automation", request_id="escalation")
    done = {"raised": 0, "ended": 0}
    for kind, (hour, rungs) in queries.ladders(now.date()).items():
        for day, parties in queries.days_at(now, hour).items():
            plan = queries.plan(actor, kind, rungs, day, parties)
            done["ended"] += _end(actor, plan.over)
            done["raised"] += sum(_climb(actor, day, climbs) for climbs in plan.climbs.values())
    return done


def _climb(actor: Any, day: datetime.date, climbs: list[queries.Climb]) -> int:
    try:
        actions.raise_escalation(actor, None, day=day, climbs=climbs)
    except Refused:
        return 0  # another worker was faster
    return 1


def _end(actor: Any, over: list[Any]) -> int:
    if not over:
        return 0
    try:
        actions.end_escalation(actor, Escalation(pk=over[0]), others=over[1:])
    except Refused:
        return 0  # somebody has just answered: the next round looks again
    return len(over)
