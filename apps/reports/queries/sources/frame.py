"""What every source of a report shares: the two times, who was a State, and the facts known then."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.people.models import Party
from apps.people.queries import states_on
from apps.reports.models import Fact
from apps.reports.queries.moments import known
from apps.reports.rules.values import Value
from apps.reports.rules.values import read_value as read_values

Row = tuple[str, str]
"""Type and id of a record."""


@dataclass(slots=True)
class Found:
    """What a source gives for one sentence: values and the records they come from; or why there is none (`gap`).

    With a gap the sentence's `unknown` wording is used, if it has one, with the values that there are. `key` tells
    apart what repeats; `level` is the highest marking among the records.
    """

    values: dict[str, Value] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    counted: str = ""
    note: str = ""
    gap: str = ""
    key: str = ""
    level: int = 0

    def with_fact(self, fact: Fact, values: Mapping[str, Value]) -> "Found":
        """Add what a fact says."""
        self.values |= values
        self.rows.append(row_of(fact))
        self.level = max(self.level, fact.level)
        return self


@dataclass(frozen=True, slots=True)
class Frame:
    """One compilation: who asks, for which day, from what was known when, and for which State or meeting.

    `demonstration`: fictional decisions and meetings count too, and the report is marked as fictional. `memo` holds
    what several sources share.
    """

    actor: Actor
    as_of: datetime.date
    known_at: datetime.datetime
    names: Mapping[str, str]
    members: tuple[str, ...]
    associates: tuple[str, ...]
    facts: tuple[Fact, ...]
    party: Any = None
    meeting: Any = None
    demonstration: bool = False
    memo: dict[str, Any] = field(default_factory=dict)

    def holding(self, code: str) -> Fact | None:
        """The fact of this code that holds on the day."""
        return next((fact for fact in self.facts if fact.code == code and _holds(fact, self.as_of)), None)

    def beginning(self, code: str) -> Iterator[Fact]:
        """Facts whose code is this or begins with it and a dot, those that began last first."""
        rows = [fact for fact in self.facts if fact.code == code or fact.code.startswith(f"{code}.")]
        return iter(sorted(rows, key=lambda fact: (fact.valid_from, fact.code), reverse=True))

    def values(self, fact: Fact) -> dict[str, Value]:
        """What a fact says, with parties by name in roll-call order."""
        return read_values(fact.content, self.names)


Source = Callable[[Frame, Mapping[str, Any]], list[Found]]
SOURCES: dict[str, Source] = {}


def source(name: str) -> Callable[[Source], Source]:
    """Declare a source under the name that templates use."""

    def declare(give: Source) -> Source:
        SOURCES[name] = give
        return give

    return declare


def row_of(record: Any) -> Row:
    """The reference of a record."""
    return record._meta.label_lower, str(record.pk)


def _holds(fact: Fact, day: datetime.date) -> bool:
    return fact.valid_from <= day and (fact.valid_to is None or day < fact.valid_to)


def frame(actor: Actor, as_of: datetime.date, known_at: datetime.datetime, **more: Any) -> Frame:
    """The frame of a compilation. Three queries."""
    states = states_on(as_of)
    names = {party.code: party.short_name for party in states}
    others = Party.objects.exclude(pk__in=names).order_by("code").values_list("code", "short_name")
    facts = known(Fact.objects.visible_to(actor), known_at).filter(provenance__in=Fact.REPORTED)
    return Frame(
        actor=actor,
        as_of=as_of,
        known_at=known_at,
        names={**names, **dict(others)},
        members=tuple(party.code for party in states if party.kind == Party.Kind.MEMBER_STATE),
        associates=tuple(party.code for party in states if party.kind == Party.Kind.ASSOCIATE_MEMBER),
        facts=tuple(facts.order_by("code", "valid_from")),
        **more,
    )
