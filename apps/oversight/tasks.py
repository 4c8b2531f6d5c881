"""What the clock does for oversight."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import done
from apps.access.refused import Refused
from apps.notices.queries import CLOCK
from apps.oversight import actions
from apps.oversight.queries.anchors import anchored
from apps.oversight.queries.anomalies import findings
from apps.people.queries import service_actor

LOOKED_BACK_H = 24


@shared_task(name="oversight.tick")
def tick_now() -> dict[str, int]:
    """The clock's call, each hour."""
    return tick(timezone.now())


def tick(now: datetime.datetime) -> dict[str, int]:
    """The day's anchor, if it is not made yet, and cases for what was unusual; counts by kind of work."""
    return {"anchors": anchor(now.astimezone(datetime.UTC).date()), "cases": look(now)}


def anchor(day: datetime.date) -> int:
    """Make the day's anchor unless somebody has; 1 if it was made now."""
    if anchored(day):
        return 0
    try:
        actions.make_anchor(service_actor(CLOCK, request_id=f"anchor-{day.isoformat()}"), None, day=day)
    except Refused:
        return 0
    return 1


def look(now: datetime.datetime, hours: int = LOOKED_BACK_H) -> int:
    """Open cases for what was unusual in the last whole hours; the next round catches up with one that was missed."""
    until = now.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    clock, opened = service_actor(CLOCK, request_id=f"look-{until:%Y%m%d%H}"), 0
    for finding in findings(until - datetime.timedelta(hours=hours), until):
        opened += done(actions.open_case, clock, None, finding=finding)
    return opened
