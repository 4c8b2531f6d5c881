"""Raising hits, looking at them again, and withdrawing them; inside other actions.

One hit for each traveller and entry, however often they are compared: later comparisons are observations on it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.access.declared_actions import also
from apps.access.grants import share_many
from apps.access.models import Level
from apps.access.references import next_of
from apps.journeys.models import Leg
from apps.journeys.queries.identities import record_of
from apps.jrcc.models import Hit
from apps.jrcc.queries.possible_matches import Found
from apps.jrcc.queries.reasons import CLEARED
from apps.manifests.queries import parties
from apps.manifests.rules import routing
from apps.screening.matching import Comparison, is_by_document
from apps.screening.models import Entry
from apps.screening.queries import cleared_for, visibility
from apps.screening.queries.thresholds import Timeline, read_threshold_timeline, spared
from apps.screening.rules.recognition import keys_of

H = Hit.State
REOPENS_AT = 1.0
"""Rise in log-odds from which a hit that was dismissed or closed is looked at again (project default)."""
SERIOUS = ["inform", "discreet", "question", "refuse", "arrest"]
"""Instructions, the gravest last."""
OBSERVED: dict[str, str] = {H.RAISED: "hit.raise", H.WITHDRAWN: "hit.withdraw"}
"""What a later comparison did to a hit, by the state that it brought about."""


def record_found_hit(actor: Actor, found: Sequence[Found]) -> list[Hit]:
    """Raise the new hits and note the observations on known ones; the hits, in the order of `found`."""
    if not found:
        return []
    pairs = Hit.objects.select_for_update().filter(
        traveller__in={one.traveller.pk for one in found}, entry__in={one.entry.pk for one in found}
    )
    known = {(hit.traveller_id, hit.entry_id): hit for hit in pairs.order_by("pk")}
    legs, limits = _legs(found), read_threshold_timeline() if known else None
    fresh, hits = [], []
    for one, cleared in zip(found, _cleared(found), strict=True):
        observed = {**_observation(one, legs), "cleared_for": sorted(cleared)}
        hit = known.get((one.traveller.pk, one.entry.pk))
        if hit is None or limits is None:
            hit = _new(one)
            _set(hit, observed)
            if _is_cleared(hit):
                hit.state, hit.reason = H.DISMISSED, CLEARED
            fresh.append(hit)
        else:
            _observe(actor, hit, one.entry, observed, limits)
        hits.append(hit)
    _raise(actor, fresh)
    return hits


def _cleared(found: Sequence[Found]) -> list[set[str]]:
    """For each the States that have said earlier that they are not that entry."""
    return cleared_for([(one.entry, keys_of(record_of(one.traveller)), _odds(one.comparison)) for one in found])


def _is_cleared(hit: Hit) -> bool:
    """Whether nobody is left whom the hit would tell something: States of the journey, and a State that owns the entry.

    It is kept as dismissed, so that nothing is dropped silently and the watch can open it again.
    """
    if not hit.parties or not set(hit.parties) <= set(hit.cleared_for):
        return False
    owner_is_state = any(party.code == hit.list_party_id for party in visibility.states())
    return not owner_is_state or hit.list_party_id in hit.cleared_for


def _legs(found: Iterable[Found]) -> dict[Any, list[Leg]]:
    legs: dict[Any, list[Leg]] = {}
    journeys = {one.traveller.journey_id for one in found}
    for leg in Leg.objects.filter(journey__in=journeys).order_by("journey", "seq"):
        legs.setdefault(leg.journey_id, []).append(leg)
    return legs


def _new(one: Found) -> Hit:
    return Hit(
        owner_id=None,
        originator_id="JRCC",
        level=max(Level.CONFIDENTIAL, one.entry.level),
        journey=one.traveller.journey,
        traveller=one.traveller,
        entry=one.entry,
        list_party_id=one.entry.originator_id,
        state=H.RAISED,
    )


def _observation(one: Found, legs: dict[Any, list[Leg]]) -> dict[str, Any]:
    """What a comparison says, as columns of a hit."""
    entry, traveller, journey = one.entry, one.traveller, one.traveller.journey
    lands = routing.arrival(traveller.to_port, legs.get(journey.pk, []), journey.arrives_at)
    return {
        "entry_version": entry.version,
        "list_name": entry.list.name,
        "hit_visible_to": entry.hit_visible_to,
        "instruction": entry.instruction,
        "score": one.comparison.score,
        "prior": one.comparison.prior,
        "evidence": [evidence._asdict() for evidence in one.comparison.evidence],
        "matcher": one.matcher,
        "parties": [state for state in traveller.states if open_to(entry, state)],
        "due_at": lands - routing.WATCH_LEAD if lands else None,
    }


def open_to(entry: Entry, state: str) -> bool:
    """Whether a State may screen with an entry."""
    return entry.screen_for is None or state in entry.screen_for


def _set(hit: Hit, columns: dict[str, Any]) -> bool:
    """Set columns; whether any differed."""
    differs = any(getattr(hit, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(hit, name, value)
    return differs


def _odds(comparison: Comparison) -> float:
    return comparison.prior + sum(evidence.weight for evidence in comparison.evidence)


def log_odds(hit: Hit) -> float:
    """Natural log-odds of the hit's score: the prior and the weights of the evidence."""
    return hit.prior + sum(line["weight"] for line in hit.evidence)


def _observe(actor: Actor, hit: Hit, entry: Entry, columns: dict[str, Any], limits: Timeline) -> None:
    """Note a later comparison; what had been put aside is raised again when it got stronger or graver.

    A hit that nobody has taken yet is withdrawn when the two are no longer alike, by every threshold that was in force
    since it was raised: a higher one takes none back. One that clearances have kept down is raised as soon as they no
    longer hold.
    """
    before, odds, grave = hit.state, log_odds(hit), SERIOUS.index(hit.instruction)
    differs = _set(hit, columns)
    stronger = log_odds(hit) - odds >= REOPENS_AT or SERIOUS.index(hit.instruction) > grave
    alike = hit.score >= limits.now.least(spared=spared(entry) or is_by_document(hit.evidence))
    kept_down = before == H.DISMISSED and hit.reason == CLEARED
    if alike and (before == H.WITHDRAWN or kept_down or (stronger and before in {H.DISMISSED, H.CLOSED})):
        open_again(hit)
        if _is_cleared(hit):
            hit.state, hit.reason = H.DISMISSED, CLEARED
        if hit.state == before and not differs:
            return
    elif hit.score < limits.lowest_since(hit.created_at) and before == H.RAISED:
        hit.state, hit.reason = H.WITHDRAWN, "no_longer_alike"
    elif not differs:
        return
    save(actor, hit)
    also(OBSERVED.get(hit.state if hit.state != before else "", "hit.observe"), hit, before=before, after=hit.state)


def open_again(hit: Hit) -> None:
    """Back to the start: unclaimed, without reason and outcome; the audit keeps what was."""
    hit.state = H.RAISED
    moved(hit)
    hit.claimed_by_seat_id, hit.claimed_by = None, ""
    hit.acknowledged_by, hit.second_look, hit.dismissed_by_user_id = [], "", None
    hit.reason = hit.outcome = hit.outcome_note = ""
    hit.outcome_party = hit.outcome_at = None


def moved(hit: Hit) -> None:
    """Its next step begins now: the clock of the service level."""
    hit.stands_since = timezone.now()


def save(actor: Actor, hit: Hit) -> None:
    """Save a hit that another action changed, as a new version of it."""
    hit.version += 1
    hit.changed_by_seat_id = actor.seat_id
    hit.save()


def _raise(actor: Actor, hits: list[Hit]) -> None:
    """Store new hits and let the watch, the entry's desk and its party's intelligence see them."""
    if not hits:
        return
    owners = {hit.entry.originator_id for hit in hits}
    desks = parties.desks(["JRCC.watch", "JRCC.automation", *(f"{party}.intelligence" for party in sorted(owners))])
    year = timezone.now().year
    for hit, number in zip(hits, next_of(f"H-{year}", len(hits)), strict=True):
        hit.owner_id, hit.reference = desks["JRCC.watch"], f"H-{year}-{number:05}"
    Hit.objects.bulk_create(hits)
    by_audience: dict[frozenset[int], list[Hit]] = {}
    for hit in hits:
        intelligence = desks.get(f"{hit.entry.originator_id}.intelligence")
        audience = {desks["JRCC.watch"], desks["JRCC.automation"], hit.entry.owner_id, intelligence}
        by_audience.setdefault(frozenset(audience - {None}), []).append(hit)
    for groups, shared in by_audience.items():
        share_many(actor, shared, groups)
    for hit in hits:
        also("hit.raise", hit, after=hit.state)


def withdraw_hits(actor: Actor, hits: Iterable[Hit], reason: str) -> None:
    """Withdraw open hits, locked by the caller; the desks that see them are told by the stream."""
    for hit in hits:
        before = hit.state
        hit.state, hit.reason = H.WITHDRAWN, reason
        save(actor, hit)
        also("hit.withdraw", hit, before=before, after=H.WITHDRAWN, reason=reason)
