"""What a search for people finds: travellers, journeys, entries; never more than the searcher sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.journeys.models import Journey, Traveller
from apps.journeys.queries.identities import as_record, identity_of
from apps.jrcc.models import Hit
from apps.jrcc.queries.gate import with_hits_at_work
from apps.screening.matching import Comparison, Identity, entry_keys, judge_answer, probe_keys
from apps.screening.models import Entry
from apps.screening.queries import search_with_candidates
from apps.travellers.models import Lookup
from apps.travellers.queries.persons import Likely, find_travellers_with_documents, holders, record

MOST, MOST_COMPARED = 50, 120
SPEAKS_FOR = 3.0
"""Natural log-odds that the evidence has to add: twenty times as likely as by chance. A search may name a part only."""
FLIGHT = re.compile(r"(?:([A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z]) ?)?0*(\d{1,4})[A-Z]?")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry that may mean the person who is searched for."""

    it: Entry
    comparison: Comparison


@dataclass(slots=True)
class Found:
    """What a search finds, the likeliest first."""

    people: list[Likely] = field(default_factory=list)
    journeys: list[Journey] = field(default_factory=list)
    entries: list[Listed] = field(default_factory=list)
    more: bool = False
    """Whether more was found than is shown."""

    def __len__(self) -> int:
        return len(self.people) + len(self.journeys) + len(self.entries)


def identity(terms: Mapping[str, str]) -> Identity | None:
    """The person who is searched for; None where neither a name nor a document is given."""
    papers = [{"type": "P", "number": terms["document"], "issuer": None}] if terms.get("document") else []
    names = ("surname", "given_names", "birth_date", "nationality")
    asked: dict[str, Any] = {name: terms.get(name, "") for name in names}
    return identity_of(as_record({**asked, "sex": None, "documents": papers}))


def look_up(actor: Actor, terms: Mapping[str, str]) -> Found:
    """Everything that a search finds among what the actor may see. Seven queries."""
    who, found = identity(terms), Found()
    flown = _flown(terms)
    if flown is not None:
        flights = with_hits_at_work(actor, Journey.objects.visible_to(actor).filter(flown)).order_by("-date", "-pk")
        found.journeys = list(flights[: MOST + 1])
    if who is not None:
        found.people = _people(actor, who, terms, found.journeys if flown is not None else None)
        found.entries = _entries(actor, who)
    found.more = any(len(some) > MOST for some in (found.people, found.journeys, found.entries))
    found.people, found.journeys = found.people[:MOST], found.journeys[:MOST]
    found.entries = found.entries[:MOST]
    return found


def _flown(terms: Mapping[str, str]) -> Q | None:
    """Journeys of a flight number or a day; None where neither is asked for."""
    number = FLIGHT.fullmatch(terms.get("flight", "").strip().upper())
    if not number and not terms.get("day"):
        return None
    wanted = Q(date=terms["day"]) if terms.get("day") else Q()
    if number:
        wanted &= Q(number=number[2])
        wanted &= Q(carrier=number[1]) if number[1] else Q()
    return wanted


def _people(actor: Actor, who: Identity, terms: Mapping[str, str], journeys: list[Journey] | None) -> list[Likely]:
    rows = Traveller.objects.visible_to(actor).filter(withdrawn_at=None, masked_at=None)
    if journeys is not None:
        rows = rows.filter(journey__in=[one.pk for one in journeys])
    near = Q(pk__in=holders(rows, entry_keys(who) | probe_keys(who), MOST_COMPARED))
    if terms.get("surname"):
        # a family name alone has no key of its own
        same = rows.filter(surname=terms["surname"].upper()).order_by("-pk")
        near |= Q(pk__in=same.values("pk")[:MOST_COMPARED])
    found = []
    for one in with_hits_at_work(actor, find_travellers_with_documents(rows.filter(near))):
        other = identity_of(record(one))
        if other is not None and speaks_for(who, made := judge_answer(who, other)):
            found.append(Likely(one, made))
    return sorted(found, key=lambda one: (-one.comparison.score, one.it.pk))


def speaks_for(who: Identity, made: Comparison) -> bool:
    """Whether what is alike outweighs what differs by far; what the searcher has left out speaks against nobody."""
    left_out = {"extra_names"} if who.names else {"extra_names", "whole_name"}
    told = [line.weight for line in made.evidence if line.weight > 0 or line.feature not in left_out]
    return sum(told) >= SPEAKS_FOR


def _entries(actor: Actor, who: Identity) -> list[Listed]:
    states = None if actor.function == "watch" else [[actor.party_code]]
    [screened] = search_with_candidates(actor, [who], states, least=0.0, among=Entry.objects.visible_to(actor))
    likely = [Listed(one.entry, one.comparison) for one in screened.matches if speaks_for(who, one.comparison)]
    return sorted(likely, key=lambda one: -one.comparison.score)


def open_case(actor: Actor, reference: str) -> Hit | None:
    """The hit of this number that the actor works on: claimed by their seat, or put to their State; None for any
    other."""
    rows = Hit.objects.visible_to(actor).filter(reference=reference.strip().upper(), state__in=Hit.OPEN)
    if actor.function == "border":
        return rows.filter(referred_to__contains=[actor.party_code]).first()
    return rows.filter(claimed_by_seat_id=actor.seat_id).first()


def to_forget(actor: Actor, day: Any) -> list[Lookup]:
    """Searches whose days are over on a day."""
    return list(Lookup.objects.visible_to(actor).filter(forget_on__lte=day).exclude(terms={}).order_by("pk")[:500])
