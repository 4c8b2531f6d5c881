"""Whom a traveller may be on other journeys, and with whom they travelled; all of it under the actor's own
visibility."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.journeys.models import Document, Traveller
from apps.journeys.queries.identities import as_record, identity_of
from apps.jrcc.queries.gate import with_hits_at_work
from apps.manifests.models import Booking
from apps.screening.matching import Comparison, compare, entry_keys, foremost, likeness
from apps.screening.models import TravellerClearance
from apps.screening.queries.thresholds import at_hand
from apps.screening.rules.recognition import keys_of
from apps.travellers.models import Person, PersonChange, PersonMember

MOST_MEMBERS, MOST_LIKELY, MOST_COMPANIONS, MOST_CHANGES = 60, 40, 60, 50
MOST_HOLDERS = 2000
"""Travellers with a key in common that are looked at."""
SEAT = re.compile(r"0{0,9}(\d{1,9})([A-Z])")
CREW = ("crew", "transit_crew")


@dataclass(frozen=True, slots=True)
class Likely:
    """A traveller of another journey who may be the same person: how sure, and why."""

    it: Traveller
    comparison: Comparison


@dataclass(slots=True)
class Companion:
    """Somebody beside the person: on how many of their journeys, and what joins them there."""

    it: Traveller
    why: dict[str, None] = field(default_factory=dict)
    journeys: set[Any] = field(default_factory=set)


def find_travellers_with_documents(rows: Any) -> Any:
    """Visible travellers with their journey and documents (`shown`: [{type, number, issuer, expires}]). One query."""
    papers = Document.objects.filter(traveller=OuterRef("pk")).order_by("pk")
    facts = JSONObject(type="type", number="number", issuer="issuer", expires="expires")
    return rows.select_related("journey").defer("keys").annotate(shown=ArraySubquery(papers.values(facts=facts)))


def record(one: Any) -> dict[str, Any]:
    """A traveller that came with its documents, in the form of the matching contract. No query."""
    names = ("surname", "given_names", "sex", "birth_date", "birth_date_other", "nationality")
    return as_record({**{name: getattr(one, name) for name in names}, "documents": one.shown})


def persons(actor: Actor) -> Any:
    """Persons that the actor may see, each with what was done to it (`done`, newest first), the own desk's first."""
    rows = PersonChange.objects.filter(person=OuterRef("pk")).order_by("-pk")
    facts = JSONObject(kind="kind", ground="ground", note="note", by="by", at="at", undone_by="undone_by")
    own = Case(When(owner_id=actor.desk_id, then=Value(0)), default=Value(1))
    seen = Person.objects.visible_to(actor).select_related("owner", "into")
    return seen.annotate(done=ArraySubquery(rows.values(facts=facts)[:MOST_CHANGES]), own=own).order_by("own", "pk")


def person_of(actor: Actor, traveller: Any) -> Any:
    """The person whose appearance a traveller is: of the actor's own desk, else one that they may see; None for
    none."""
    inside = PersonMember.objects.filter(person=OuterRef("pk"), traveller=traveller)
    return persons(actor).filter(Exists(inside)).first()


def appearances(actor: Actor, person: Person | None, traveller: Any = None) -> list[Traveller]:
    """Visible journeys of a person, newest first; of a traveller who stands for themselves, this one. One query."""
    mine = Q(pk=traveller) if traveller is not None else Q(pk__in=[])
    if person is not None:
        mine |= Q(Exists(PersonMember.objects.filter(person=person, traveller=OuterRef("pk"))))
    rows = with_hits_at_work(actor, find_travellers_with_documents(Traveller.objects.visible_to(actor).filter(mine)))
    return list(rows.order_by("-journey__departs_at", "-pk")[:MOST_MEMBERS])


def likely(actor: Actor, members: Sequence[Traveller]) -> list[Likely]:
    """Visible travellers who may be the person whose appearances are given, from the review threshold, surest first.

    By the matcher's keys, so whatever the spelling. Two queries.
    """
    known = [who for one in members if (who := identity_of(record(one))) is not None]
    keys = sorted(set().union(*(entry_keys(who) for who in known)))
    if not keys:
        return []
    rows = Traveller.objects.visible_to(actor).filter(withdrawn_at=None, masked_at=None)
    found = holders(rows.exclude(pk__in=[one.pk for one in members]), keys)
    least, scored = at_hand().review, []
    for one in find_travellers_with_documents(rows.filter(pk__in=found)):
        other = identity_of(record(one))
        if other is not None:
            nearest = max(known, key=partial(likeness, other))
            if likeness(nearest, other) >= least:
                scored.append(Likely(one, compare(nearest, other)))
    return sorted(scored, key=lambda one: (-one.comparison.score, one.it.pk))


def holders(rows: Any, keys: Collection[str], most: int = MOST_LIKELY) -> set[Any]:
    """Keys of the travellers of a queryset whose shared matcher's keys are rarest together. One or two queries."""
    wanted = sorted(keys)
    numbers = [key for key in wanted if key.startswith("N")]
    found = list(_holding(rows, wanted))
    if numbers and len(found) == MOST_HOLDERS:
        found += _holding(rows, numbers)  # who shares a document must not be cut off
    by_key: dict[str, dict[str, None]] = {}
    for pk, held in found:
        for key in set(held).intersection(wanted):
            by_key.setdefault(key, {})[str(pk)] = None
    return set(foremost(by_key.items(), most))


def _holding(rows: Any, keys: list[str]) -> Any:
    """From the index of keys, which PostgreSQL leaves aside behind a policy (apps/jrcc/migrations/0004_shared_keys)."""
    sharing = RawSQL("SELECT public.jrcc_sharing(%s::varchar[])", [keys])
    return rows.filter(pk__in=sharing).order_by().values_list("pk", "keys")[:MOST_HOLDERS]


def narrowed(actor: Actor, one: Traveller) -> bool:
    """Whether the actor's State is on their way only, so that seat and booking are not for it."""
    return actor.party_code in one.transit_parties and actor.party_code not in one.parties


def companions(actor: Actor, members: Sequence[Traveller]) -> list[Companion]:
    """Who shared a booking, a contact or the seats beside them, or travels with them again and again. Two queries.

    Seat, booking and contact count only where the actor may read them on both sides. Crew are nobody's companions.
    """
    open_ = [one for one in members if not narrowed(actor, one)]
    found: dict[tuple[str, ...], Companion] = {}
    reached = _same_contact(actor, open_)
    beside = Q(pk__in=[])
    for one in open_:
        if one.pnr:
            beside |= Q(journey=one.journey_id, pnr=one.pnr)
        if row := SEAT.fullmatch(one.seat):
            beside |= Q(journey=one.journey_id, seat__iregex=rf"^0*{row[1]}[A-Z]$")
        if others := reached.get(one.journey_id):
            beside |= Q(journey=one.journey_id, pnr__in=sorted(others))
    aboard = Traveller.objects.visible_to(actor).filter(withdrawn_at=None, masked_at=None).exclude(status__in=CREW)
    aboard = aboard.exclude(pk__in=[one.pk for one in members])
    by_journey, again = {one.journey_id: one for one in open_}, _again(aboard, members)
    rows = aboard.annotate(again=again).filter(beside | Q(again=True)).select_related("journey").defer("keys")
    for other in rows[: MOST_COMPANIONS * 4]:
        why = ["again"] if other.again else []
        beside_him = by_journey.get(other.journey_id)
        if beside_him is not None and not narrowed(actor, other):
            why += _why(beside_him, other, reached.get(other.journey_id, frozenset()))
        if why:
            _add(found, other, why)
    order = sorted(found.values(), key=lambda one: (-len(one.journeys), -len(one.why), str(one.it.pk)))
    return order[:MOST_COMPANIONS]


def _who(one: Traveller) -> tuple[str, ...]:
    return one.surname, one.given_names, one.birth_date


def _add(found: dict[tuple[str, ...], Companion], other: Traveller, why: Iterable[str]) -> None:
    known = found.setdefault(_who(other), Companion(other))
    known.why |= dict.fromkeys(why)
    known.journeys.add(other.journey_id)


def _why(one: Traveller, other: Traveller, reached: Collection[str]) -> list[str]:
    found = ["booking"] if one.pnr and one.pnr == other.pnr else []
    found += ["contact"] if other.pnr in reached and other.pnr != one.pnr else []
    ours, theirs = SEAT.fullmatch(one.seat), SEAT.fullmatch(other.seat)
    return [*found, "seat"] if ours and theirs and ours[1] == theirs[1] else found


def _again(aboard: Any, members: Sequence[Traveller]) -> Any:
    """Whether somebody of the same name and birth date is on another of the journeys, too, as far as both are seen."""
    journeys = {one.journey_id for one in members}
    same = {name: OuterRef(name) for name in ("surname", "given_names", "birth_date")}
    twins = aboard.filter(**same, journey__in=journeys).exclude(surname="").exclude(journey=OuterRef("journey"))
    return Case(When(Q(journey__in=journeys) & Q(Exists(twins)), then=Value(True)), default=Value(False))


def _same_contact(actor: Actor, members: Sequence[Traveller]) -> dict[Any, frozenset[str]]:
    """{journey: locators of other bookings that are reached at the same telephone or address}. One query."""
    booked = [one for one in members if one.pnr and one.journey.carrier_id]
    if not booked:
        return {}
    flights = Q(pk__in=[])
    for one in booked:
        flights |= Q(carrier=one.journey.carrier_id, number=one.journey.number, date=one.journey.date)
    rows = Booking.objects.visible_to(actor).filter(flights).exclude(contacts=[])
    held: dict[tuple[Any, ...], list[tuple[str, frozenset[str]]]] = {}
    for carrier, number, date, locator, contacts in rows.values_list(
        "carrier", "number", "date", "locator", "contacts"
    ):
        values = frozenset(str(contact.get("value", "")) for contact in contacts) - {""}
        held.setdefault((carrier, number, date), []).append((locator, values))
    found = {}
    for one in booked:
        flight = held.get((one.journey.carrier_id, one.journey.number, one.journey.date), [])
        ours = frozenset[str]().union(*(values for locator, values in flight if locator == one.pnr))
        found[one.journey_id] = frozenset(locator for locator, values in flight if values & ours) - {one.pnr}
    return found


def clearances_of(actor: Actor, members: Sequence[Traveller]) -> list[TravellerClearance]:
    """What States have said of them: "this is not that entry". One query, none of somebody who cannot be known
    again."""
    keys = sorted({key for one in members for key in keys_of(record(one))})
    rows = TravellerClearance.objects.visible_to(actor).filter(keys__overlap=keys).select_related("party", "entry")
    return list(rows.order_by("-pk")[:MOST_CHANGES]) if keys else []


def papers_of(members: Sequence[Any]) -> list[dict[str, Any]]:
    """Documents that they showed, each with `times`, on how many of their journeys; the most used first. No query."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for one in members:
        for paper in one.shown:
            key = (re.sub(r"[^A-Z0-9]", "", paper["number"].upper()), paper["issuer"])
            seen.setdefault(key, {**paper, "times": 0})["times"] += 1
    return sorted(seen.values(), key=lambda paper: -paper["times"])


def seen_members(actor: Actor, persons: Collection[Any]) -> dict[Any, list[Any]]:
    """{person's key: keys of the appearances that the actor may see}. One query."""
    rows = PersonMember.objects.filter(person__in=persons, traveller__in=Traveller.objects.visible_to(actor))
    found: dict[Any, list[Any]] = {}
    for person, traveller in rows.order_by("pk").values_list("person_id", "traveller_id"):
        found.setdefault(person, []).append(traveller)
    return found


def of_traveller(rows: Any, actor: Actor, traveller: Any) -> Any:
    """Of a queryset of persons those whose appearance a traveller is whom the actor may see."""
    seen = Traveller.objects.visible_to(actor).filter(pk=traveller)
    return rows.filter(Exists(PersonMember.objects.filter(person=OuterRef("pk"), traveller__in=seen)))
