"""Holds on journeys as pages show them."""

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.journeys.models import RetentionHold, Traveller

SHOWN = 20


def with_holds(actor: Actor, journeys: Any) -> Any:
    """Journeys, each with the holds on it that the seat may see (`held`), in the journeys' own statement."""
    rows = RetentionHold.objects.visible_to(actor).filter(journey=OuterRef("pk")).order_by("-pk")[:SHOWN]
    columns = ("id", "traveller_id", "originator_id", "reference", "ground", "until", "placed_by", "state")
    return journeys.annotate(held=ArraySubquery(rows.values(facts=JSONObject(**{name: name for name in columns}))))


def holds_on(journey: Any, today: datetime.date) -> list[dict[str, Any]]:
    """Lines of a journey read `with_holds`, newest first. No query."""
    rows = [RetentionHold(**{**facts, "until": datetime.date.fromisoformat(facts["until"])}) for facts in journey.held]
    return [hold_line(row, today) for row in rows]


def holds_of(actor: Actor, person: Traveller, today: datetime.date) -> list[dict[str, Any]]:
    """Holds on a traveller, or on everybody of their journey, that the seat may see, newest first. One query."""
    rows = RetentionHold.objects.visible_to(actor).filter(journey=person.journey_id)
    rows = rows.filter(Q(traveller=person.pk) | Q(traveller=None)).order_by("-pk")
    return [hold_line(row, today) for row in rows[:SHOWN]]


def hold_line(row: RetentionHold, today: datetime.date) -> dict[str, Any]:
    """A hold as lists and pages show it."""
    if row.state == RetentionHold.State.RELEASED:
        return {"it": row, "chip": ("mute", "undo", pgettext("status, jrcc", "Released"))}
    if row.until < today:
        return {"it": row, "chip": ("mute", "clock", pgettext("words, journeys", "Expired"))}
    return {"it": row, "chip": ("warn", "lock", pgettext("words, jrcc", "In force"))}
