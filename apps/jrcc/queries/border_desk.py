"""What crosses a State's border in the next hours: arrivals, departures, and who stays on board."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from apps.access.actor import Actor
from apps.journeys.models import Journey, Leg, Traveller
from apps.jrcc.queries import floor
from apps.jrcc.rules.gate import AT_WORK
from apps.manifests.rules.routing import place

AHEAD, BEHIND = datetime.timedelta(hours=12), datetime.timedelta(hours=2)
SHOWN = 60
"""So many of a table are shown at first; how many there are stands above it, and a link shows all."""
OVER = len(floor.BANDS)
"""Place of what is over behind everything that is still to come."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A journey as one State's counters meet it: when it lands or leaves here, and how many people that is."""

    line: floor.Flight
    at: datetime.datetime
    zone: str
    people: int
    on_board: int


@dataclass(frozen=True, slots=True)
class Table:
    """Crossings, the most urgent first: those shown, and how many there are."""

    rows: list[Crossing]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


def crossings(actor: Actor, now: datetime.datetime, *, whole: bool = False) -> dict[str, Any]:
    """{"arrivals", "departures", "transit": Table} of the actor's State, and on how many flights the JRCC decides.

    A journey that lands and goes on stands in both; in transit are those with people who stay on board here. `whole`:
    every row is shown, not the first of each table alone. Five queries, for any number of flights.
    """
    legs = Leg.objects.visible_to(actor).filter(
        Q(to_party=actor.party_code, arrives_at__range=(now - BEHIND, now + AHEAD))
        | Q(from_party=actor.party_code, departs_at__range=(now - BEHIND, now + AHEAD))
    )
    found = list(legs.order_by("arrives_at", "pk"))
    rows: Any = Journey.objects.visible_to(actor).filter(pk__in={leg.journey_id for leg in found})
    lines = {line.it.pk: line for line in floor.flight_lines(actor, rows.exclude(state=Journey.State.CANCELLED))}
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
    tables = {"arrivals": arrivals, "departures": departures, "transit": [one for one in arrivals if one.on_board]}
    return {
        **{name: _table(some, now, whole=whole) for name, some in tables.items()},
        "deciding": sum(line.gate.deciding for line in lines.values()),
    }


def _table(found: Sequence[Crossing], now: datetime.datetime, *, whole: bool) -> Table:
    rows = sorted(found, key=lambda one: urgency(one, now))
    return Table(rows if whole else rows[:SHOWN], len(rows))


def urgency(one: Crossing, now: datetime.datetime) -> tuple[int, bool, datetime.datetime]:
    """Place in the order: by bands of the time that is left, in each first what has a hit at work, then by time.

    What landed or left half an hour ago and more comes last: its people are through.
    """
    hours = (one.at - now).total_seconds() / 3600
    limits = [limit for limit, _words in floor.BANDS if limit]
    band = OVER if one.at < now - floor.LANDED else next(n for n, limit in enumerate(limits) if hours <= limit)
    return band, one.line.gate.code not in AT_WORK, one.at


def _people(actor: Actor, lines: Mapping[Any, Any]) -> dict[Any, tuple[int, int]]:
    """{journey: (who boards or lands here, who stays on board)}. One query."""
    here, stays = Q(parties__contains=[actor.party_code]), Q(transit_parties__contains=[actor.party_code])
    rows = Traveller.objects.visible_to(actor).filter(journey__in=list(lines), withdrawn_at=None)
    counted = rows.order_by().values_list("journey_id")
    counted = counted.annotate(here=Count("pk", filter=here), stays=Count("pk", filter=stays & ~here))
    return {journey: (n, on_board) for journey, n, on_board in counted}
