"""The register of participation, read once: every stage of every State, so that any day is answered from memory.

A few hundred facts; five queries, whatever is asked afterwards.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.people.models import Party, PartyPeriod
from apps.region.models import REPORTED, Participation, StagePeriod, StatedCount, System, SystemPeriod
from apps.region.queries.counts import EVERY, Count, Moment, count_participation

STATES = (Party.Kind.MEMBER_STATE, Party.Kind.ASSOCIATE_MEMBER)


@dataclass(frozen=True, slots=True)
class State:
    """A State on a day."""

    code: str
    name: str
    short_name: str
    kind: str

    @property
    def member(self) -> bool:
        """A Member State, not an Associate Member."""
        return self.kind == Party.Kind.MEMBER_STATE


@dataclass(slots=True)
class Book:
    """What is known of all systems and States; `facts` and `stated` by system, oldest first."""

    systems: list[System]
    spans: list[PartyPeriod]
    heads: dict[tuple[str, str], Participation]
    facts: dict[str, list[StagePeriod]] = field(default_factory=dict)
    stated: dict[str, list[StatedCount]] = field(default_factory=dict)
    history: dict[str, list[SystemPeriod]] = field(default_factory=dict)

    def states(self, day: datetime.date) -> list[State]:
        """Member States of the day in roll-call order, then Associate Members by name."""
        found = [one for one in self.spans if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)]
        found.sort(key=_order)
        return [State(one.party_id, one.party.name, one.party.short_name, one.kind) for one in found]

    def on(self, system: str, day: datetime.date) -> dict[str, StagePeriod]:
        """{State: its stage in the system on the day}, of those that have one."""
        return {each.participation.party_id: each for each in self.facts.get(system, []) if covers(each, day)}

    def count(self, system: str, day: datetime.date) -> Count:
        """The count of the day."""
        said = [one for one in self.stated.get(system, []) if one.as_of <= day]
        return count_participation(system, day, self.states(day), self.on(system, day), said[-1] if said else None)

    def days(self, system: str) -> list[datetime.date]:
        """Days on which something changed in the system, in order."""
        facts = self.facts.get(system, [])
        found = {each.valid_from for each in facts} | {each.valid_to for each in facts if each.valid_to}
        return sorted(found | {one.as_of for one in self.stated.get(system, [])})

    def reported(self) -> "Book":
        """The same book with what reports may count, without what is inferred or fictional."""
        facts = {code: [each for each in rows if each.provenance in REPORTED] for code, rows in self.facts.items()}
        said = {code: [each for each in rows if each.provenance in REPORTED] for code, rows in self.stated.items()}
        return replace(self, facts=facts, stated=said)

    def status(self, system: str, day: datetime.date) -> SystemPeriod | None:
        """How far the system itself was on the day."""
        return next((one for one in self.history.get(system, []) if covers(one, day)), None)


def covers(period: Any, day: datetime.date) -> bool:
    """Whether a half-open period covers the day."""
    return period.valid_from <= day and (period.valid_to is None or day < period.valid_to)


def _order(span: PartyPeriod) -> tuple[bool, int, str]:
    return span.kind != Party.Kind.MEMBER_STATE, span.party.roll_call_order or 0, span.party.short_name


def read_rule_book(
    actor: Actor,
    known_at: Moment | None = None,
    *,
    systems: Collection[str] | None = None,
    provenances: Collection[str] = EVERY,
    with_history: bool = True,
) -> Book:
    """The book as the actor may read it, by present knowledge or that of a moment; of all systems or those named.

    Without its `history` it says nothing of how far the systems themselves were: one query less, for who only counts.

    An Associate Member reads its own rows alone, and no other State stands in their book.
    """
    rows = System.objects.visible_to(actor).order_by("position")
    found = list(rows if systems is None else rows.filter(code__in=systems))
    heads = list(Participation.objects.visible_to(actor).filter(system__in=found))
    book = Book(found, _spans(actor, heads), {(row.system_id, row.party_id): row for row in heads})
    facts = StagePeriod.objects.visible_to(actor).known(known_at).filter(participation__system__in=found)
    facts = facts.filter(provenance__in=provenances).select_related("participation")
    _gather(book.facts, facts.order_by("valid_from", "valid_to", "pk"), lambda each: each.participation.system_id)
    said = StatedCount.objects.visible_to(actor).known(known_at).filter(system__in=found, provenance__in=provenances)
    _gather(book.stated, said.order_by("as_of"), lambda each: each.system_id)
    if with_history:
        periods = SystemPeriod.objects.visible_to(actor).filter(system__in=found).order_by("valid_from")
        _gather(book.history, periods, lambda each: each.system_id)
    return book


def _spans(actor: Actor, heads: Sequence[Participation]) -> list[PartyPeriod]:
    """When which party was a State: of those that the actor reads, or of their own."""
    seen = {row.party_id for row in heads} | {actor.party_code}
    rows = PartyPeriod.objects.filter(Q(kind__in=STATES), party__in=seen)
    return list(rows.select_related("party"))


def _gather(into: dict[str, list[Any]], rows: Iterable[Any], of: Any) -> None:
    for row in rows:
        into.setdefault(of(row), []).append(row)
