"""Schedules of the demonstration: one list that is missing, one due soon, and the flights of the day."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.access import outbox
from apps.carriers.actions import expected_rounds, schedules
from apps.carriers.models import Schedule
from apps.manifests.rules.routing import place
from apps.people.queries import service_actor
from demo.people import seated

EVERY_DAY = [str(day) for day in range(1, 8)]
# number, from, to, minutes until the next departure, minutes of flight
SERVICES = (
    ("118", "POS", "BGI", -10, 65),
    ("204", "KIN", "POS", 20, 165),
    ("422", "GEO", "POS", -25, 75),
    ("430", "SLU", "BGI", 40, 45),
)


def load(now: datetime.datetime) -> None:
    """Enter what is not there yet, as if it had been known since yesterday, and let the clock run."""
    agent = seated("7t.carrier.agent")
    if Schedule.objects.visible_to(agent).exists():
        return
    for number, origin, destination, minutes, flight in SERVICES:
        row = schedules.add_schedule(agent, None, **_service(now, number, origin, destination, minutes, flight))
        clock = service_actor("JRCC.automation", request_id="demo")
        schedules.plan_schedule(clock, row, now=now - datetime.timedelta(hours=3))
    outbox.drain()
    expected_rounds.check_expected_journeys(timezone.now())
    outbox.drain()


def _service(
    now: datetime.datetime, number: str, origin: str, destination: str, minutes: int, flight: int
) -> dict[str, Any]:
    leaves = now + datetime.timedelta(minutes=minutes)
    departs = leaves.astimezone(ZoneInfo(place(origin).zone))
    arrives = (leaves + datetime.timedelta(minutes=flight)).astimezone(ZoneInfo(place(destination).zone))
    return {
        "mode": "air",
        "number": number,
        "days": EVERY_DAY,
        "origin": origin,
        "destination": destination,
        "departs": departs.time().replace(second=0, microsecond=0),
        "arrives": arrives.time().replace(second=0, microsecond=0),
        "arrives_day": (arrives.date() - departs.date()).days,
        "valid_from": departs.date(),
        "valid_until": departs.date() + datetime.timedelta(days=180),
    }
