"""What time and lists do to expected journeys; each thing one action, and again at the same moment nothing."""

import datetime
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.clock import done
from apps.carriers.actions import expected_journeys, schedules
from apps.carriers.models import ExpectedJourney, Schedule
from apps.carriers.queries import dated, timetable
from apps.people.queries import service_actor

E = ExpectedJourney.State
CHASED_FOR = datetime.timedelta(days=2)
"""A missing list is looked for this long after the departure; then it stays missing."""


def check_expected_journeys(now: datetime.datetime) -> dict[str, int]:
    """All that is due at a moment: departures planned, lists joined, carriers reminded, alarms raised."""
    clock = service_actor("JRCC.automation", request_id="jrcc")
    rules = dated.chasing(now.date())
    lead = datetime.timedelta(minutes=rules.remind_minutes)
    horizon = now.date() + datetime.timedelta(days=rules.days_ahead)
    found = {
        "planned": sum(done(schedules.plan_schedule, clock, row, now=now) for row in _to_plan(clock, now, horizon))
    }
    rows = ExpectedJourney.objects.visible_to(clock)
    shown = now + datetime.timedelta(minutes=rules.due_minutes)
    wanted = rows.filter(
        Q(state=E.EXPECTED, deadline_at__lte=shown) | Q(state=E.MISSING, departs_at__gte=now - CHASED_FOR)
    )
    joined = timetable.meetings(clock, list(wanted.order_by("pk")))
    found["joined"] = sum(done(expected_journeys.match_expected_journey, clock, one.row, by=one) for one in joined)
    due = rows.filter(state=E.EXPECTED, deadline_at__lte=now)
    found["missed"] = sum(
        done(expected_journeys.raise_missing_list_alarm, clock, row, now=now) for row in due.order_by("deadline_at")
    )
    soon = rows.filter(state=E.EXPECTED, deadline_at__lte=now + lead, deadline_at__gt=now, reminded_at=None)
    found["reminded"] = sum(
        done(expected_journeys.remind_of_expected_journey, clock, row, now=now) for row in soon.order_by("deadline_at")
    )
    return found


def _to_plan(clock: Actor, now: datetime.datetime, horizon: datetime.date) -> list[Any]:
    rows = Schedule.objects.visible_to(clock).filter(state=Schedule.State.ACTIVE, valid_until__gte=now.date())
    return list(rows.filter(Q(planned_until=None) | Q(planned_until__lt=horizon)).order_by("pk"))
