"""A journey that no longer touches a State: sight of it moves to the States that it touches now."""

from collections.abc import Collection

from apps.access.actor import Actor
from apps.access.declared_actions import also, take_from
from apps.access.joint_actions import tell_at_once
from apps.journeys.actions import travellers
from apps.journeys.models import Journey, Leg, Traveller
from apps.manifests.models import Booking
from apps.manifests.queries import parties as parties_queries
from apps.manifests.rules import routing

SETS_THE_ROUTE = frozenset({"original", "change", "flight_change"})


def may_route(filing: travellers.Filing) -> bool:
    """Whether this sender may say where a known flight goes: the carrier, the watch, or who alone has listed people."""
    if filing.trusted or filing.known is None:
        return True
    others = Traveller.objects.filter(journey=filing.known)
    return not others.exclude(submission__originator_id=filing.submission.originator_id).exists()


def left_by(filing: travellers.Filing) -> frozenset[str]:
    """States of the known route that the list's route does not touch; asked before the new legs are stored."""
    if filing.known is None or not filing.legs or filing.function not in SETS_THE_ROUTE:
        return frozenset()
    stored = Leg.objects.filter(journey=filing.known).values_list("from_party_id", "to_party_id")
    before = {state for ends in stored for state in ends if state}
    return frozenset(before - {stop.state for stop in routing.stops(filing.legs)})


def move(actor: Actor, journey: Journey, filing: travellers.Filing, left: Collection[str]) -> None:
    """Give those on board the States of the new route, and take the journey from the States that are left."""
    active = Traveller.objects.filter(journey=journey, withdrawn_at=None).exclude(submission=filing.submission)
    for row in active.order_by("pk"):
        _travels_on(row, filing, left)
    still = _states_of_travellers(journey)
    gone = sorted(set(left) - still)
    if not gone:
        return
    take_from("journey.leave", journey, border_desks(gone))
    tell_at_once("journey.leaves", actor, journey=journey, states=gone)
    for state in gone:
        _take_bookings(journey, state)
    also("journey.reroute", journey, before=journey.state, after=journey.state, left=gone)


def border_desks(states: Collection[str]) -> list[int]:
    """Group ids of the border desks of States."""
    return list(parties_queries.desks([f"{state}.border" for state in states]).values())


def _travels_on(row: Traveller, filing: travellers.Filing, left: Collection[str]) -> None:
    """Somebody whom this list does not name goes where the flight goes; they are compared anew with the lists there.

    The places that the carrier declared stay as declared.
    """
    ports = {
        name: "" if filing.states.get(routing.place(port).country, "") in left else port
        for name, port in (("from", row.from_port), ("to", row.to_port))
    }
    person = {**ports, "status": row.status}
    full, transit = routing.states_of(person, filing.legs, filing.participating, filing.states)
    parties = sorted((set(row.parties) - set(left)) | set(full))
    stays = sorted((set(row.transit_parties) - set(left) | set(transit)) - set(parties))
    if (parties, stays) != (sorted(row.parties), sorted(row.transit_parties)):
        row.parties, row.transit_parties, row.screened_at = parties, stays, None
        row.save(update_fields=["parties", "transit_parties", "screened_at"])


def _states_of_travellers(journey: Journey) -> set[str]:
    rows = Traveller.objects.filter(journey=journey, withdrawn_at=None)
    return {state for both in rows.values_list("parties", "transit_parties") for states in both for state in states}


def _take_bookings(journey: Journey, state: str) -> None:
    """The State's law was about flights that touch it; its copies are deleted in their time."""
    rows = Booking.objects.filter(
        owner__code=f"{state}.border", carrier=journey.carrier_id or "", number=journey.number, date=journey.date
    )
    for row in rows.order_by("pk"):
        take_from("booking.leave", row, [row.owner_id])
