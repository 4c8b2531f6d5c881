"""How acts of the register change what is known: a fact is superseded, another is added, at one moment."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.access.actor import Actor
from apps.region.models import Fact, Provenance


def supersede(fact: Fact, now: datetime.datetime) -> None:
    """From now on something else is known in its place; for earlier moments it stays what was known."""
    fact.superseded_at = now
    fact.save(update_fields=["superseded_at"])


def add(model: Any, actor: Actor, now: datetime.datetime, **columns: Any) -> Any:
    """A new fact, known from now on; what the demonstration plays is fictional and in no report."""
    provenance = Provenance.DEMO if actor.via == "demo" else Provenance.DOCUMENT
    columns = {"provenance": provenance, "recorded_at": now, "by_seat_id": actor.seat_id, **columns}
    return model.objects.create(**columns)


def today(actor: Actor) -> datetime.date:
    """The day where the actor is."""
    return timezone.now().astimezone(ZoneInfo(actor.time_zone)).date()
