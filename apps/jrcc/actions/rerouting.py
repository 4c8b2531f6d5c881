"""A journey that no longer touches a State: sight of it moves to the States that it touches now.

Called inside `submission.read` only. The State that is left keeps what it acted upon – the hits that it took over,
ended or asked about, each with its traveller – and nothing else (docs/decisions/038).
"""

from collections.abc import Collection
from typing import Any

from apps.access.actor import Actor
from apps.access.doors import also, emit, take_from
from apps.jrcc import queries, routing
from apps.jrcc.actions import manifests, raising
from apps.jrcc.models import Booking, Hit, HitQuestion, HitReferral, Journey, Leg, Traveller
from apps.jrcc.reasons import REROUTED

H = Hit.State
SETS_THE_ROUTE = frozenset({"original", "change", "flight_change"})


def may_route(filing: manifests.Filing) -> bool:
    """Whether this sender may say where a known flight goes: the carrier, the watch, or who alone has listed people."""
    if filing.trusted or filing.known is None:
        return True
    others = Traveller.objects.filter(journey=filing.known)
    return not others.exclude(submission__originator_id=filing.submission.originator_id).exists()


def left_by(filing: manifests.Filing) -> frozenset[str]:
    """States of the known route that the list's route does not touch; asked before the new legs are stored."""
    if filing.known is None or not filing.legs or filing.function not in SETS_THE_ROUTE:
        return frozenset()
    stored = Leg.objects.filter(journey=filing.known).values_list("from_party_id", "to_party_id")
    before = {state for ends in stored for state in ends if state}
    return frozenset(before - {stop.state for stop in routing.stops(filing.legs)})


def move(actor: Actor, journey: Journey, filing: manifests.Filing, left: Collection[str]) -> None:
    """Give those on board the States of the new route, and take the journey from the States that are left."""
    active = Traveller.objects.filter(journey=journey, withdrawn_at=None).exclude(submission=filing.submission)
    for row in active.order_by("pk"):
        _travels_on(row, filing, left)
    still = _states_of_travellers(journey)
    gone = sorted(set(left) - still)
    if not gone:
        return
    take_from("journey.leave", journey, _borders(gone))
    for hit in _hits_of(journey, gone):
        _take_back(actor, hit, gone)
    for state in gone:
        _take_bookings(journey, state)
    also("journey.reroute", journey, before=journey.state, after=journey.state, left=gone)


def _borders(states: Collection[str]) -> list[int]:
    return list(queries.desks([f"{state}.border" for state in states]).values())


def _travels_on(row: Traveller, filing: manifests.Filing, left: Collection[str]) -> None:
    """Somebody whom this list does not name goes where the flight goes; he is compared anew with the lists there.

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


def _hits_of(journey: Journey, gone: list[str]) -> Any:
    rows = Hit.objects.select_for_update(of=("self",)).filter(journey=journey, referred_to__overlap=gone)
    return rows.select_related("entry").order_by("pk")


def _take_back(actor: Actor, hit: Hit, gone: list[str]) -> None:
    """Take a hit from States that had it referred and did nothing; with nobody left it is the watch's again."""
    acted = {*hit.acknowledged_by, hit.outcome_party_id, hit.list_party_id, *asked_about(hit)}
    lost = [state for state in hit.referred_to if state in gone and state not in acted]
    _tell_the_watch(hit, gone, lost)
    if not lost:
        return
    before = hit.state
    let_go(hit, lost)
    if before == H.REFERRED and not hit.referred_to:
        hit.state, hit.reason = H.RAISED, REROUTED
        hit.claimed_by_seat_id, hit.claimed_by = None, ""
        raising.moved(hit)
    raising.save(actor, hit)
    also("hit.reroute", hit, before=before, after=hit.state, left=lost)


def let_go(hit: Hit, lost: list[str], *, still_see: Collection[str] = ()) -> None:
    """Inside an action that saves the hit: let States that had it referred no longer have it, nor see what is of it.

    Those in `still_see` keep the sight of it.
    """
    blind = [state for state in lost if state not in still_see]
    desks = _borders(blind)
    for question in HitQuestion.objects.filter(hit=hit, of__in=blind).order_by("pk"):
        take_from("hit_question.leave", question, desks)
    _take_entry(hit, blind)
    hit.referred_to = [state for state in hit.referred_to if state not in lost]
    HitReferral.objects.filter(hit=hit, party__in=lost).delete()
    take_from("hit.leave", hit, desks)


def _tell_the_watch(hit: Hit, gone: list[str], lost: list[str]) -> None:
    """Say that an open hit is left with States that the journey has left: somebody else has to be asked."""
    stay = [state for state in hit.referred_to if state not in lost]
    if hit.state in Hit.OPEN and stay and all(state in gone and state != hit.list_party_id for state in stay):
        emit("hit.left_behind", hit, {"states": stay})


def asked_about(hit: Hit) -> list[str]:
    """Parties that asked or answered a question in the case: that is acting upon it, too."""
    rows = HitQuestion.objects.filter(hit=hit)
    answered = rows.filter(state=HitQuestion.State.ANSWERED).values_list("of_id", flat=True)
    return [*rows.values_list("originator_id", flat=True), *answered]


def _take_entry(hit: Hit, lost: list[str]) -> None:
    """End the sight of the entry that came with this hit, unless another hit gives it to the State as well."""
    for state in lost:
        others = Hit.objects.filter(entry=hit.entry_id, referred_to__contains=[state]).exclude(pk=hit.pk)
        if not others.exists():
            take_from("entry.leave", hit.entry, _borders([state]), basis=hit.reference)


def _take_bookings(journey: Journey, state: str) -> None:
    """The State's law was about flights that touch it; its copies are deleted in their time."""
    rows = Booking.objects.filter(
        owner__code=f"{state}.border", carrier=journey.carrier_id or "", number=journey.number, date=journey.date
    )
    for row in rows.order_by("pk"):
        take_from("booking.leave", row, [row.owner_id])
