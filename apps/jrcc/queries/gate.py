"""The facts of the gate: read past `visible_to`, told only as `rule` allows."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.models import Dispatch
from apps.access.short_cache import remembered
from apps.gateway.queries.questions import Stand
from apps.journeys.models import Journey, Traveller
from apps.jrcc import policy
from apps.jrcc.models import Hit
from apps.jrcc.queries import interpol
from apps.jrcc.queries.clocks import WORKED_ON
from apps.jrcc.queries.gate_words import Gate
from apps.jrcc.rules.gate import Facts, Known, gate_of, may_be_named
from apps.screening.policy import only_owner_may_know

FAULTY = {"needs_correction", "unreadable"}
"""Grades of a list with which nobody is checked for certain."""


COMPARES = [
    f"apps.jrcc.{name}"
    for name in (
        *("tasks.screen_with_entry", "tasks.screen_with_list", "tasks.screen_with_rule", "tasks.compare_again"),
        *("tasks.raise_what_was_cleared", "tasks.raise_interpol_hits", "listeners.compare_the_traveller"),
    )
]
"""Work that compares people again who were compared once, and may raise a hit on anybody."""
KEPT_S = 2


@dataclass(frozen=True, slots=True)
class AtWork:
    """A hit that is not final. `seen`: by the reader; `named`: whether the reader's State may be told whom it means."""

    traveller: UUID
    seen: bool
    named: bool
    due_at: datetime.datetime | None


@dataclass(slots=True)
class Gates:
    """How flights and people stand for a reader: {key: Gate}."""

    of_journey: dict[Any, Gate] = field(default_factory=dict)
    of_person: dict[Any, Gate] = field(default_factory=dict)


def gates(
    actor: Actor,
    journeys: Iterable[Journey],
    people: Iterable[tuple[Traveller, Journey]] = (),
    *,
    stands: Mapping[Any, Sequence[Stand]] | None = None,
) -> Gates:
    """The gate of journeys, and of people with the journeys that they are on.

    One query for the hits, unless all come `with_hits_at_work`; one each, kept for seconds, for what is still to be
    compared and, unless the caller has read it (`stands`, by key), for INTERPOL.
    """
    rows, persons = list(journeys), list(people)
    if stands is None:
        stands = {**interpol.of_journeys(actor, rows), **interpol.of_people(actor, persons)}
    held, pending = _held(actor, rows, persons), cache(to_compare_again)
    found = Gates()
    for row in rows:
        found.of_journey[row.pk] = _of_journey(actor, row, held.get(row.pk, []), stands, pending)
    for one, journey in persons:
        found.of_person[one.pk] = _of_person(actor, one, journey, held.get(one.pk, []), stands, pending)
    return found


FACTS = ("state", "second_look", "instruction", "hit_visible_to", "parties", "cleared_for", "due_at")
OF = {name: name for name in FACTS} | {"traveller": "traveller_id", "owner": "list_party_id"}
"""What is read of a hit: {name: column}."""


def _at_work(actor: Actor, more: Q) -> Any:
    """Hits that are not final: all that the actor sees, those on whoever touches its State, and `more`."""
    state = actor.party_code
    seen = Hit.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    concerns = Q(traveller__parties__contains=[state]) | Q(traveller__transit_parties__contains=[state])
    return Hit.objects.filter(WORKED_ON).annotate(seen=Exists(seen)).filter(Q(seen=True) | concerns | more)


def with_hits_at_work(actor: Actor, rows: Any) -> Any:
    """Journeys, or travellers, with what `gates` asks of the hits on the same journey, in the same statement."""
    of_people = rows.model is Traveller
    more = Q(traveller=OuterRef("pk")) if of_people else Q(pk=None)
    held = _at_work(actor, more).filter(journey=OuterRef("journey_id" if of_people else "pk")).order_by("pk")
    facts = ArraySubquery(held.values(facts=JSONObject(**OF, seen="seen")).values("facts"))
    return beyond(rows.annotate(at_work=facts), "gate")


def _held(
    actor: Actor, rows: Sequence[Journey], people: Sequence[tuple[Traveller, Journey]]
) -> dict[Any, list[AtWork]]:
    """{key of a journey or person: hits at work on the journey}. One query, or none."""
    given: dict[Any, Any] = {row.pk: getattr(row, "at_work", None) for row in rows}
    given |= {one.pk: getattr(one, "at_work", getattr(journey, "at_work", None)) for one, journey in people}
    if any(facts is None for facts in given.values()):
        place = {row.pk: row.pk for row in rows} | {one.pk: journey.pk for one, journey in people}
        found = _at_work(actor, Q(traveller__in=[one.pk for one, _journey in people])).order_by("pk")
        by_journey: dict[Any, list[Any]] = {}
        wanted = beyond(found.filter(journey__in=set(place.values())), "gate")
        for journey, facts in wanted.values_list("journey_id", JSONObject(**OF, seen="seen")):
            by_journey.setdefault(journey, []).append(facts)
        given = {key: by_journey.get(journey, []) for key, journey in place.items()}
    return {key: [_read(actor, facts) for facts in held] for key, held in given.items()}


def _read(actor: Actor, facts: Mapping[str, Any]) -> AtWork:
    known = Known(
        *(facts["state"], facts["second_look"], facts["owner"]),
        only_owner_may_know(facts["instruction"], facts["hit_visible_to"]),
        *(tuple(facts["parties"]), tuple(facts["cleared_for"])),
    )
    due = facts["due_at"]
    at = datetime.datetime.fromisoformat(due) if due else None
    return AtWork(UUID(facts["traveller"]), facts["seen"], may_be_named(known, actor.party_code), at)


def to_compare_again() -> bool:
    """Whether an entry, rule, threshold or answer has changed and not everybody is compared with it yet.

    What has failed for good counts as well: nobody is compared by that. One query, kept for two seconds.
    """
    waiting = Dispatch.objects.filter(listener__in=COMPARES, done_at=None)
    return remembered("jrcc.to_compare_again", KEPT_S, waiting.exists)


def _of_journey(
    actor: Actor,
    row: Journey,
    held: Sequence[AtWork],
    stands: Mapping[Any, Sequence[Stand]],
    pending: Callable[[], bool],
) -> Gate:
    people = row.passengers + row.crew
    facts = Facts(
        off=row.state == Journey.State.CANCELLED,
        hits=sum(one.seen for one in held),
        undecided=not all(one.seen for one in held),
        compared=bool(people) and row.screened >= people and not pending(),
        fault="correct" if row.grade in FAULTY else "partial" if row.state == Journey.State.PARTIAL else "",
        interpol=interpol.lacks(stands.get(row.pk, ())),
    )
    return _gate(actor, facts, held)


def _of_person(
    actor: Actor,
    one: Traveller,
    row: Journey,
    held: Sequence[AtWork],
    stands: Mapping[Any, Sequence[Stand]],
    pending: Callable[[], bool],
) -> Gate:
    """Of one person: what is wrong with the rest of the list is not held against them, an undecided hit on it is."""
    theirs = [hit for hit in held if hit.traveller == one.pk]
    facts = Facts(
        off=one.withdrawn_at is not None or row.state == Journey.State.CANCELLED,
        hits=sum(hit.seen for hit in theirs),
        hold=any(hit.named and not hit.seen for hit in theirs),
        undecided=not all(hit.seen for hit in held),
        compared=one.screened_at is not None and not pending(),
        interpol=interpol.lacks(stands.get(one.pk, ())),
    )
    return _gate(actor, facts, held, person=True)


def _gate(actor: Actor, facts: Facts, held: Sequence[AtWork], *, person: bool = False) -> Gate:
    waited_for = [one.due_at for one in held if not one.seen and one.due_at]
    return Gate(
        gate_of(facts),
        hits=facts.hits,
        of_all=policy.sees_every_hit(actor),
        person=person,
        deciding=facts.undecided,
        answer_by=min(waited_for, default=None),
    )
