"""How many Member States use a system: computed from rows where every State is known, else as stated, else a gap."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from apps.access.actor import Actor
from apps.people.models import Party
from apps.people.queries import states_on
from apps.region.models import REPORTED, Participation, Provenance, StagePeriod, StatedCount

LIVE = Participation.Stage.LIVE
EVERY = frozenset(Provenance)
"""All provenances: for pages, which mark what is inferred or fictional. Reports keep to REPORTED."""
Moment = datetime.datetime | datetime.date


class Basis(StrEnum):
    """What a count rests on."""

    ROWS = "ROWS"
    STATED = "STATED"
    GAP = "GAP"


@dataclass(frozen=True, slots=True)
class Count:
    """ "n of the N Member States": which ones, as of when, and the ids of the facts that it follows from.

    `n` is None for a gap. `parties` are the live Member States in roll-call order where the count rests on rows, empty
    for a stated count, which names nobody. `unknown` are Member States without a row on the day. `associates` are the
    live Associate Members, never part of n or N. `disagrees`: a stated count of that very day says another number
    than the rows. `row_ids` are of StagePeriod for ROWS, of StatedCount for STATED.
    """

    system: str
    as_of: datetime.date
    basis: Basis
    n: int | None
    members: int
    stated_on: datetime.date | None
    parties: tuple[str, ...]
    unknown: tuple[str, ...]
    associates: tuple[str, ...]
    row_ids: tuple[UUID, ...]
    source: str = ""
    disagrees: bool = False


def count_participations(
    actor: Actor,
    system: str,
    as_of: datetime.date,
    known_at: Moment | None = None,
    provenances: Collection[str] = REPORTED,
) -> Count:
    """The count for one system on a day, as known at a moment (a day: by its end). Three queries.

    Source: the rule of the participation vectors: rows when every Member State has one, else the latest stated count
    not after the day, else a gap; never a mixture.
    """
    return counts(actor, [system], as_of, known_at, provenances)[system]


def counts(
    actor: Actor,
    systems: Iterable[str],
    as_of: datetime.date,
    known_at: Moment | None = None,
    provenances: Collection[str] = REPORTED,
) -> dict[str, Count]:
    """The same for several systems. Three queries, whatever their number."""
    codes = list(systems)
    states = states_on(as_of)
    facts = periods(actor, as_of, known_at, provenances).filter(participation__system__in=codes)
    by_system: dict[str, dict[str, StagePeriod]] = {code: {} for code in codes}
    for fact in facts:
        by_system[fact.participation.system_id][fact.participation.party_id] = fact
    stated: dict[str, StatedCount] = {}
    said = StatedCount.objects.visible_to(actor).known(known_at).filter(system__in=codes, as_of__lte=as_of)
    for row in said.filter(provenance__in=provenances).order_by("as_of"):
        stated[row.system_id] = row
    return {code: count_participation(code, as_of, states, by_system[code], stated.get(code)) for code in codes}


def periods(actor: Actor, as_of: datetime.date, known_at: Moment | None, provenances: Collection[str]) -> Any:
    """The stage of each State in each system on the day, as known at the moment, with its participation."""
    rows = StagePeriod.objects.visible_to(actor).known(known_at).on(as_of).filter(provenance__in=provenances)
    return rows.select_related("participation")


def count_participation(
    system: str,
    as_of: datetime.date,
    states: Iterable[Any],
    facts: dict[str, StagePeriod],
    stated: StatedCount | None,
) -> Count:
    """The count from the States of the day (`people.queries.states_on`), their facts, and what was stated. Pure."""
    everybody = list(states)
    members = [party.code for party in everybody if party.kind == Party.Kind.MEMBER_STATE]
    live = {code for code, fact in facts.items() if fact.stage == LIVE}
    unknown = tuple(code for code in members if code not in facts)
    parties = tuple(code for code in members if code in live)
    gap = Count(
        system=system,
        as_of=as_of,
        basis=Basis.GAP,
        n=None,
        members=len(members),
        stated_on=None,
        parties=(),
        unknown=unknown,
        associates=tuple(party.code for party in everybody if party.code in live and party.code not in members),
        row_ids=(),
    )
    if members and not unknown:
        other = stated is not None and stated.as_of == as_of and stated.n != len(parties)
        ids = tuple(facts[code].pk for code in members)
        return replace(gap, basis=Basis.ROWS, n=len(parties), parties=parties, row_ids=ids, disagrees=other)
    if stated is not None:
        said = replace(gap, basis=Basis.STATED, n=stated.n, stated_on=stated.as_of)
        return replace(said, row_ids=(stated.pk,), source=stated.source)
    return gap
