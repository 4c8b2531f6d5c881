"""Services that lists show and no schedule names: proposed to the watch, which decides."""

import datetime
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Max
from django.db.models.functions import ExtractIsoWeekDay

from apps.access.actor import Actor
from apps.carriers.models import Schedule
from apps.journeys.models import Carrier, Journey
from apps.manifests.rules.routing import place

WEEKS, SEEN_IN = 4, 3
"""A number is a service on a weekday when it was seen in three of the last four weeks (project default)."""
MOST = 100
SEASON = datetime.timedelta(days=182)


@dataclass
class Service:
    """A flight seen again and again: its days, and the local times of the last one."""

    carrier: str
    number: str
    origin: str
    destination: str
    departs_at: datetime.datetime
    arrives_at: datetime.datetime
    days: list[int] = field(default_factory=list)
    seen: int = 0

    @property
    def pk(self) -> str:
        """What tells it apart from others."""
        return f"{self.carrier}-{self.number}-{self.origin}-{self.destination}"

    def query(self, today: datetime.date) -> str:
        """Query of the form of schedules, filled with this service for half a year."""
        leaves = self.departs_at.astimezone(ZoneInfo(place(self.origin).zone))
        lands = self.arrives_at.astimezone(ZoneInfo(place(self.destination).zone))
        known = {
            "carrier": self.carrier, "mode": "air", "number": self.number, "origin": self.origin,
            "destination": self.destination, "departs": f"{leaves:%H:%M}", "arrives": f"{lands:%H:%M}",
            "days": "".join(map(str, self.days)), "arrives_day": (lands.date() - leaves.date()).days,
            "valid_from": today.isoformat(), "valid_until": (today + SEASON).isoformat(),
        }  # fmt: skip
        return urlencode(known)


def services(actor: Actor, today: datetime.date) -> list[Service]:
    """Flights of the last four weeks that no schedule in force names, the most often seen first. Two queries."""
    rows = Journey.objects.visible_to(actor).filter(
        mode="air",
        date__gte=today - datetime.timedelta(weeks=WEEKS),
        date__lt=today,
        departs_at__isnull=False,
        arrives_at__isnull=False,
        carrier__state=Carrier.State.KNOWN,
    )
    key = ("carrier_id", "number", "origin", "destination")
    counted = (
        rows.exclude(state=Journey.State.CANCELLED)
        .exclude(number="")
        .annotate(day=ExtractIsoWeekDay("date"))
        .values(*key, "day")
        .annotate(seen=Count("date", distinct=True), leaves=Max("departs_at"), lands=Max("arrives_at"))
        .filter(seen__gte=SEEN_IN)
        .order_by(*key, "day")
    )
    planned = _planned(actor, today)
    found: dict[tuple[Any, ...], Service] = {}
    for row in counted:
        name = (row["carrier_id"], row["number"], row["origin"], row["destination"])
        known = place(row["origin"]).zone and place(row["destination"]).zone
        if not known or row["day"] in planned.get(name, ()):
            continue
        one = found.setdefault(name, Service(*name, row["leaves"], row["lands"]))
        one.days.append(row["day"])
        one.seen += row["seen"]
        if row["leaves"] > one.departs_at:
            one.departs_at, one.arrives_at = row["leaves"], row["lands"]
    return sorted(found.values(), key=lambda one: (-one.seen, one.carrier, one.number))[:MOST]


def _planned(actor: Actor, today: datetime.date) -> dict[tuple[Any, ...], set[int]]:
    """{service: weekdays} of the schedules in force or to come."""
    rows = Schedule.objects.visible_to(actor).filter(state=Schedule.State.ACTIVE, mode="air", valid_until__gte=today)
    planned: dict[tuple[Any, ...], set[int]] = {}
    for *name, days in rows.values_list("carrier_id", "number", "origin", "destination", "days"):
        planned.setdefault(tuple(name), set()).update(days)
    return planned
