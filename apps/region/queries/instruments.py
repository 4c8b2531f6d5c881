"""Instruments on a day: status, entry into force by the instrument's own rule, and who is bound since when."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.access.actor import Actor
from apps.people.models import Party
from apps.people.queries import states_on
from apps.region.models import REPORTED, GroupingMember, Instrument, InstrumentParty, InstrumentStep, PartyStep
from apps.region.rules import entry_into_force as rules
from apps.region.rules.entry_into_force import Finding, Steps

Moment = datetime.datetime | datetime.date
RSS = "RSS"
COLUMN_OF = {
    PartyStep.Kind.SIGNED: "signed_on",
    PartyStep.Kind.AD_REFERENDUM: "signed_on",
    PartyStep.Kind.APPROVED: "approved_on",
    PartyStep.Kind.RATIFIED: "ratified_on",
    PartyStep.Kind.DEPOSITED: "deposited_on",
    PartyStep.Kind.ACCEDED: "acceded_on",
    PartyStep.Kind.PROVISIONAL: "provisional_from",
    PartyStep.Kind.BOUND: "bound_on",
    PartyStep.Kind.NOTICE: "notice_on",
    PartyStep.Kind.WITHDRAWN: "withdrawn_on",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entity's line: its steps, from when it is bound, and the rows that say so."""

    row: InstrumentParty
    steps: Steps
    bound_from: datetime.date | None
    facts: tuple[PartyStep, ...]

    def signed(self, day: datetime.date) -> bool:
        """Whether a signature stands on the day, ad referendum or not; one given up with the instrument does not."""
        return _before(self.steps.signed_on, day) and not self.gone(day)

    def bound(self, day: datetime.date) -> bool:
        """Whether the instrument binds the entity on the day."""
        return _before(self.bound_from, day) and not self.gone(day)

    def gone(self, day: datetime.date) -> bool:
        """Whether its withdrawal has taken effect."""
        return _before(self.steps.withdrawn_on, day)


@dataclass(frozen=True, slots=True)
class Standing:
    """An instrument on a day. `in_force_on` is the depositary's date where there is one, else the computed one."""

    instrument: Instrument
    as_of: datetime.date
    status: str
    computed_on: datetime.date | None
    notified_on: datetime.date | None
    terminated_on: datetime.date | None
    finding: Finding | None
    lines: tuple[Line, ...]
    row_ids: tuple[UUID, ...]

    @property
    def in_force_on(self) -> datetime.date | None:
        """The depositary wins; the other date stays in sight."""
        return self.notified_on or self.computed_on

    @property
    def mismatch(self) -> bool:
        """Whether the steps known give another date than the depositary notified."""
        return self.notified_on is not None and self.finding is not None and self.computed_on != self.notified_on

    @property
    def signatories(self) -> tuple[str, ...]:
        """Entities whose signature stands, in the order of the depositary's register."""
        return tuple(line.row.entity for line in self.lines if line.signed(self.as_of))

    @property
    def contracting_parties(self) -> tuple[str, ...]:
        """Entities that it binds, in the order of the depositary's register."""
        return tuple(line.row.entity for line in self.lines if line.bound(self.as_of))

    @property
    def flagged(self) -> tuple[Line, ...]:
        """Lines with a ratification before the signature: taken as published, and flagged."""
        return tuple(line for line in self.lines if line.steps.ratified_before_signed)


def standing_of(actor: Actor, code: str, as_of: datetime.date, known_at: Moment | None = None) -> Standing | None:
    """One instrument on a day; None where there is none of this code. Six queries."""
    return standings(actor, as_of, known_at, codes=[code]).get(code)


def status_on(actor: Actor, code: str, as_of: datetime.date, known_at: Moment | None = None) -> str | None:
    """ "in_force", "signed_not_in_force" and so on; None where there is no such instrument."""
    found = standing_of(actor, code, as_of, known_at)
    return found.status if found else None


def in_force_on(actor: Actor, as_of: datetime.date, known_at: Moment | None = None) -> list[Standing]:
    """Instruments in force on a day, in the order of their codes."""
    return [each for each in standings(actor, as_of, known_at).values() if each.status == "in_force"]


def standings(
    actor: Actor,
    as_of: datetime.date,
    known_at: Moment | None = None,
    *,
    codes: Collection[str] | None = None,
    provenances: Collection[str] = REPORTED,
) -> dict[str, Standing]:
    """Instruments by code, as they stand on a day by what was known. Five queries, whatever their number."""
    rows = Instrument.objects.visible_to(actor).select_related("amends").order_by("code")
    instruments = list(rows if codes is None else rows.filter(code__in=codes))
    parties: dict[Any, list[InstrumentParty]] = {}
    seen = InstrumentParty.objects.visible_to(actor).filter(instrument__in=instruments).select_related("party")
    for row in seen.order_by("position", "party__roll_call_order", "entity"):
        parties.setdefault(row.instrument_id, []).append(row)
    facts = _by(PartyStep, "of_id", actor, known_at, provenances, of__instrument__in=instruments)
    notified = _by(InstrumentStep, "instrument_id", actor, known_at, provenances, instrument__in=instruments)
    classes = _classes(as_of, parties.values())
    return {
        each.code: _standing(each, as_of, parties.get(each.pk, []), facts, notified.get(each.pk, []), classes)
        for each in instruments
    }


def _by(
    model: Any, key: str, actor: Actor, known_at: Moment | None, provenances: Collection[str], **where: Any
) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    rows = model.objects.visible_to(actor).known(known_at).filter(provenance__in=provenances, **where)
    for row in rows.order_by("on", "recorded_at"):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def _classes(as_of: datetime.date, lines: Iterable[Iterable[InstrumentParty]]) -> dict[str, frozenset[str]]:
    """The classes of each entity in rules: organisations by their code, States by membership and groups of the day.

    A State's class is that of today's knowledge of groups; memberships of the RSS have not changed since 1996.
    """
    members = {party.code for party in states_on(as_of) if party.kind == Party.Kind.MEMBER_STATE}
    today: Any = GroupingMember.objects.filter(grouping=RSS, valid_from__lte=as_of)
    rss = {row.party_id for row in today if row.valid_to is None or row.valid_to > as_of}
    return {row.entity: _classes_of(row, members, rss) for each in lines for row in each}


def _classes_of(row: InstrumentParty, members: Collection[str], rss: Collection[str]) -> frozenset[str]:
    if row.party_id is None:
        return frozenset({row.entity.replace("ORG:", "ORG_")})
    found = {"RSS_MEMBER_STATE"} if row.party_id in rss else {"OTHER_STATE"}
    return frozenset(found | ({"MEMBER_STATE"} if row.party_id in members else set()))


def steps_of(entity: str, classes: frozenset[str], facts: Iterable[PartyStep]) -> Steps:
    """The steps of an entity from its dated facts; a confirmed signature keeps the day of that ad referendum."""
    rows = list(facts)
    kinds = {row.kind for row in rows}
    columns: dict[str, Any] = {}
    for row in rows:
        name = COLUMN_OF[PartyStep.Kind(row.kind)]
        columns[name] = min(columns.get(name, row.on), row.on)
    unconfirmed = PartyStep.Kind.AD_REFERENDUM in kinds and PartyStep.Kind.SIGNED not in kinds
    return Steps(entity, classes, ad_referendum=unconfirmed, **columns)


def _standing(
    instrument: Instrument,
    as_of: datetime.date,
    rows: Iterable[InstrumentParty],
    facts: Mapping[Any, list[PartyStep]],
    notified: Iterable[InstrumentStep],
    classes: Mapping[str, frozenset[str]],
) -> Standing:
    named = [(row, steps_of(row.entity, classes[row.entity], facts.get(row.pk, []))) for row in rows]
    steps = [each for _row, each in named]
    finding = rules.evaluate(instrument.rule, steps)
    told = {row.kind: row for row in notified}
    in_force, ended = told.get(InstrumentStep.Kind.IN_FORCE), told.get(InstrumentStep.Kind.TERMINATED)
    computed = finding.on if finding else None
    begins = in_force.on if in_force else computed
    course = rules.Course(
        instrument.state, instrument.opened_on, instrument.signed_on, begins, ended.on if ended else None
    )
    lines = tuple(
        Line(
            row,
            each,
            rules.bound_from(each, begins, instrument.consent, instrument.consent_days),
            tuple(facts.get(row.pk, [])),
        )
        for row, each in named
    )
    return Standing(
        instrument=instrument,
        as_of=as_of,
        status=rules.status_on(as_of, course, steps),
        computed_on=computed,
        notified_on=in_force.on if in_force else None,
        terminated_on=course.terminated_on,
        finding=finding,
        lines=lines,
        row_ids=tuple([*(fact.pk for line in lines for fact in line.facts), *(row.pk for row in told.values())]),
    )


def _before(on: datetime.date | None, day: datetime.date) -> bool:
    return on is not None and on <= day
