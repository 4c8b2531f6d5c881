"""Which journeys a changed deadline would touch: those of the last weeks, by what really came, and those expected."""

import datetime
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.carriers.models import ExpectedJourney, RegimeChange
from apps.carriers.queries import timetable
from apps.journeys.models import JourneyParty, Leg
from apps.manifests.queries import dated
from apps.manifests.queries import parties as parties_queries
from apps.manifests.rules import routing

LOOKED_BACK = datetime.timedelta(days=30)
MOST = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """A journey with its deadline for the State before and after the change (None: no rule), and when its list came."""

    it: Any
    before: datetime.datetime | None
    after: datetime.datetime | None
    received_at: datetime.datetime | None = None

    @property
    def late_before(self) -> bool:
        """Late by the rule as it is."""
        return bool(self.received_at and self.before and self.received_at > self.before)

    @property
    def late_after(self) -> bool:
        """Late if the change had held then."""
        return bool(self.received_at and self.after and self.received_at > self.after)


def past(actor: Actor, row: RegimeChange, now: datetime.datetime) -> list[Touched]:
    """Journeys of the last thirty days that the seat may see and that the rule concerns. Four queries."""
    parties = JourneyParty.objects.visible_to(actor).filter(party_id=row.party_id, role=row.direction)
    parties = parties.filter(journey__mode=row.mode, journey__date__gte=(now - LOOKED_BACK).date())
    parties = parties.select_related("journey").order_by("-journey__date", "-pk")[:MOST]
    found = {one.journey_id: one for one in parties}
    end = "to_party" if row.direction == "arrival" else "from_party"
    legs = Leg.objects.visible_to(actor).filter(journey__in=list(found), **{end: row.party_id}).order_by("-seq")
    states = parties_queries.states_by_alpha2()
    by_journey = {leg.journey_id: leg for leg in legs}
    touched = []
    for key, one in found.items():
        leg = by_journey.get(key)
        if leg is None:
            continue
        ends = [states.get(routing.place(code).country, "") for code in (leg.from_port, leg.to_port)]
        whole = routing.Leg(leg.seq, leg.from_port, leg.to_port, "", "", leg.departs_at, leg.arrives_at, *ends)
        craft = "commercial" if one.journey.carrier_id else "private"
        if _concerns(row, whole, one.journey.date, craft):
            after = _deadline(row, whole, one.journey.date, craft)
            touched.append(Touched(one.journey, one.deadline_at, after, one.received_at))
    return touched


def expected(actor: Actor, row: RegimeChange) -> list[Touched]:
    """Expected journeys from its first day on that the seat may see. Three queries."""
    rows = ExpectedJourney.objects.visible_to(actor).filter(
        state=ExpectedJourney.State.EXPECTED, mode=row.mode, date__gte=row.valid_from
    )
    states = parties_queries.states_by_alpha2()
    touched = []
    for one in rows.order_by("departs_at")[:MOST]:
        ends = [states.get(routing.place(code).country, "") for code in (one.origin, one.destination)]
        leg = routing.Leg(0, one.origin, one.destination, "", "", one.departs_at, one.arrives_at, *ends)
        if _concerns(row, leg, one.date, "commercial"):
            before = timetable.deadlines_of(leg, one.date, one.mode).get((row.party_id, row.direction))
            touched.append(Touched(one, before, _deadline(row, leg, one.date, "commercial")))
    return touched


def _concerns(row: RegimeChange, leg: routing.Leg, day: datetime.date, craft: str) -> bool:
    """Whether the rule would be asked for this leg."""
    state, other = leg.destination_state, leg.origin_state
    if row.direction == "departure":
        state, other = other, state
    inside = "inside" if other in dated.members_of_space(day) else "outside"
    return state == row.party_id and row.craft in {craft, "any"} and row.space in {inside, "any"}


def _deadline(row: RegimeChange, leg: routing.Leg, day: datetime.date, craft: str) -> datetime.datetime | None:
    if row.ends:
        return None
    stop = routing.Stop(row.party_id, row.direction, leg)
    return routing.deadline([row], stop, mode=row.mode, craft=craft, space=dated.members_of_space(day))
