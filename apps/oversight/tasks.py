"""What the clock does for oversight."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access.clock import done
from apps.notices.queries import CLOCK
from apps.oversight import actions
from apps.oversight.queries.anchor_log import anchored, hour_of
from apps.oversight.queries.anomalies import findings
from apps.oversight.queries.openings import untold
from apps.oversight.queries.walks import last_walk, walked
from apps.oversight.queries.walks import walk as walk_chains
from apps.oversight.queries.witnesses import missed_anchors
from apps.people.queries import service_actor

LOOKED_BACK_H = 24


@shared_task(name="oversight.tick")
def tick_now() -> dict[str, int]:
    """The clock's call, each hour."""
    return run_oversight_clock(timezone.now())


def run_oversight_clock(now: datetime.datetime) -> dict[str, int]:
    """What is due of the hour's anchor and the day's walk, of cases and of owners to tell; counts by kind of work."""
    day = now.astimezone(datetime.UTC).date()
    return {"anchors": anchor(now), "cases": look_for_anomalies(now), "told": tell_owners(now), "walks": walk(day)}


@shared_task(name="oversight.anchor")
def anchor_now() -> int:
    """The clock's call, some times an hour, so that no hour is left out when a call was late or lost."""
    now = timezone.now()
    return anchor(now) + note_missed(now)


def note_missed(now: datetime.datetime) -> int:
    """Note anchors whose witnesses did not come in time; how many."""
    clock = service_actor(CLOCK, request_id=f"quorum-{hour_of(now):%Y%m%d%H}")
    return sum(
        done(actions.miss_quorum, clock, None, anchor=row, counted=standing.counted, needed=standing.needed)
        for row, standing in missed_anchors(now)
    )


def anchor(now: datetime.datetime) -> int:
    """Make the hour's anchor unless somebody has; 1 if it was made now."""
    if anchored(now):
        return 0
    clock = service_actor(CLOCK, request_id=f"anchor-{hour_of(now):%Y%m%d%H}")
    return int(done(actions.make_anchor, clock, None, at=now))


def walk(day: datetime.date) -> int:
    """Walk the chains unless it was done today; 1 if it was done now. Outside any transaction, which would be long."""
    if walked(day):
        return 0
    began_at, clock = timezone.now(), service_actor(CLOCK, request_id=f"walk-{day.isoformat()}")
    return int(done(actions.note_walk, clock, None, day=day, began_at=began_at, found=walk_chains(last_walk())))


def tell_owners(now: datetime.datetime) -> int:
    """Tell the owners of records that were opened from emergency seats which have ended; how many."""
    clock = service_actor(CLOCK, request_id=f"owners-{now:%Y%m%d%H}")
    rows = list(untold(now))
    return sum(
        done(actions.tell_owner_of_opening, clock, None, use=use, party=party, entries=n) for use, party, n in rows
    )


def look_for_anomalies(now: datetime.datetime, hours: int = LOOKED_BACK_H) -> int:
    """Open cases for what was unusual in the last whole hours; the next round catches up with one that was missed."""
    until = now.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
    clock, opened = service_actor(CLOCK, request_id=f"look-{until:%Y%m%d%H}"), 0
    for finding in findings(until - datetime.timedelta(hours=hours), until):
        opened += done(actions.open_conduct_case, clock, None, finding=finding)
    return opened
