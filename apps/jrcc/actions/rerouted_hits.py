"""A journey that no longer touches a State: sight of it moves to the States that it touches now.

Called inside `submission.read` only. The State that is left keeps what it acted upon – the hits that it took over,
ended or asked about, each with its traveller – and nothing else (docs/decisions/038).
"""

from collections.abc import Collection
from typing import Any

from apps.access.actor import Actor
from apps.access.declared_actions import also, emit, take_from
from apps.journeys.actions.routes import border_desks
from apps.journeys.models import Journey
from apps.jrcc.actions import found_hits
from apps.jrcc.models import Hit, HitQuestion, HitReferral
from apps.jrcc.queries.reasons import REROUTED

H = Hit.State


def take_back(actor: Actor, journey: Journey, gone: list[str]) -> None:
    """As part of an action: take hits on a journey from States that it has left and that did nothing with them."""
    for hit in _hits_of(journey, gone):
        _take_back(actor, hit, gone)


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
        found_hits.moved(hit)
    found_hits.save(actor, hit)
    also("hit.reroute", hit, before=before, after=hit.state, left=lost)


def let_go(hit: Hit, lost: list[str], *, still_see: Collection[str] = ()) -> None:
    """Inside an action that saves the hit: let States that had it referred no longer have it, nor see what is of it.

    Those in `still_see` keep the sight of it.
    """
    blind = [state for state in lost if state not in still_see]
    desks = border_desks(blind)
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
            take_from("entry.leave", hit.entry, border_desks([state]), basis=hit.reference)
