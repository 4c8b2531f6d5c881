"""What crosses a State's border in the next hours: arrivals, departures, and who stays on board."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from apps.access.actor import Actor
from apps.jrcc import boards
from apps.jrcc.models import Journey, Leg, Traveller
from apps.jrcc.routing import place

AHEAD, BEHIND = datetime.timedelta(hours=12), datetime.timedelta(hours=2)
MOST = 60


@dataclass(frozen=True, slots=True)
class Crossing:
    """A journey as one State's counters meet it: when it lands or leaves here, and how many people that is."""

    line: boards.Flight
    at: datetime.datetime
    zone: str
    people: int
    on_board: int


def crossings(actor: Actor, now: datetime.datetime) -> dict[str, list[Crossing]]:
    """{"arrivals", "departures", "transit": journeys by time} of the actor's State. Four queries.

    A journey that lands and goes on stands in both; in transit are those with people who stay on board here.
    """
    legs = Leg.objects.visible_to(actor).filter(
        Q(to_party=actor.party_code, arrives_at__range=(now - BEHIND, now + AHEAD))
        | Q(from_party=actor.party_code, departs_at__range=(now - BEHIND, now + AHEAD))
    )
    found = list(legs.order_by("arrives_at", "pk")[: 2 * MOST])
    rows = boards.journeys(actor, {}).filter(pk__in={leg.journey_id for leg in found})
    lines = {line.it.pk: line for line in boards.flight_lines(actor, rows.exclude(state=Journey.State.CANCELLED))}
    counts = _people(actor, lines)
    arrivals, departures = [], []
    for leg in found:
        line = lines.get(leg.journey_id)
        if line is None:
            continue
        lands, stays = counts.get(leg.journey_id, (0, 0))
        if leg.to_party_id == actor.party_code and leg.arrives_at:
            arrivals.append(Crossing(line, leg.arrives_at, place(leg.to_port).zone, lands, stays))
        if leg.from_party_id == actor.party_code and leg.departs_at:
            departures.append(Crossing(line, leg.departs_at, place(leg.from_port).zone, lands, stays))
    return {
        "arrivals": sorted(arrivals, key=lambda one: one.at)[:MOST],
        "departures": sorted(departures, key=lambda one: one.at)[:MOST],
        "transit": [one for one in sorted(arrivals, key=lambda one: one.at) if one.on_board],
    }


def _people(actor: Actor, lines: Mapping[Any, Any]) -> dict[Any, tuple[int, int]]:
    """{journey: (who boards or lands here, who stays on board)}. One query."""
    here, stays = Q(parties__contains=[actor.party_code]), Q(transit_parties__contains=[actor.party_code])
    rows = Traveller.objects.visible_to(actor).filter(journey__in=list(lines), withdrawn_at=None)
    counted = rows.order_by().values_list("journey_id")
    counted = counted.annotate(here=Count("pk", filter=here), stays=Count("pk", filter=stays & ~here))
    return {journey: (n, on_board) for journey, n, on_board in counted}
