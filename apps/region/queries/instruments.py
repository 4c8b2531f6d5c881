"""Instruments on a day: status, entry into force by the instrument's own rule, and who is bound since when."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from apps.access.actor import Actor
from apps.people.models import Party, PartyPeriod
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
    def known_signatories(self) -> int | None:
        """How many signed; None where no signature is recorded, which is no nought."""
        recorded = any(line.steps.signed_on for line in self.lines)
        return len(self.signatories) if recorded else None

    @property
    def known_parties(self) -> int | None:
        """How many it binds; None where nobody recorded whom one in force binds."""
        number = len(self.contracting_parties)
        return None if not number and (self.status == "in_force" or self.known_signatories is None) else number

    @property
    def recorded(self) -> bool:
        """Whether anybody is known to be bound or to have signed."""
        return bool(self.contracting_parties or self.only_signed)

    @property
    def only_signed(self) -> int:
        """How many signed and are not bound."""
        return sum(line.signed(self.as_of) and not line.bound(self.as_of) for line in self.lines)

    @property
    def without_step(self) -> int:
        """Of how many parties neither is recorded."""
        return len(self.lines) - len(self.contracting_parties) - self.only_signed

    @property
    def flagged(self) -> tuple[Line, ...]:
        """Lines with a ratification before the signature: taken as published, and flagged."""
        return tuple(line for line in self.lines if line.steps.ratified_before_signed)


def standing_of(actor: Actor, code: str, as_of: datetime.date, known_at: Moment | None = None) -> Standing | None:
    """One instrument on a day; None where there is none of this code. Three queries."""
    return read_instrument_standings(actor, as_of, known_at, codes=[code]).get(code)


def line_on(actor: Actor, row: InstrumentParty, as_of: datetime.date) -> Line:
    """The line of one entity as it stands on a day, by what is known now."""
    code = Instrument.objects.values_list("code", flat=True).get(pk=row.instrument_id)
    found = read_instrument_standings(actor, as_of, codes=[code])[code]
    return next(line for line in found.lines if line.row.pk == row.pk)


def status_on(actor: Actor, code: str, as_of: datetime.date, known_at: Moment | None = None) -> str | None:
    """ "in_force", "signed_not_in_force" and so on; None where there is no such instrument."""
    found = standing_of(actor, code, as_of, known_at)
    return found.status if found else None


def in_force_on(actor: Actor, as_of: datetime.date, known_at: Moment | None = None) -> list[Standing]:
    """Instruments in force on a day, in the order of their codes."""
    return [each for each in read_instrument_standings(actor, as_of, known_at).values() if each.status == "in_force"]


def read_instrument_standings(
    actor: Actor,
    as_of: datetime.date,
    known_at: Moment | None = None,
    *,
    codes: Collection[str] | None = None,
    provenances: Collection[str] = REPORTED,
) -> dict[str, Standing]:
    """Instruments by code, as they stand on a day by what was known. Three queries, whatever their number."""
    rows = _with_notifications(Instrument.objects.visible_to(actor), actor, known_at, provenances)
    instruments = list(rows if codes is None else rows.filter(code__in=codes))
    parties: dict[Any, list[Any]] = {}
    for row in _with_classes(InstrumentParty.objects.visible_to(actor), as_of).filter(instrument__in=instruments):
        parties.setdefault(row.instrument_id, []).append(row)
    facts: dict[Any, list[PartyStep]] = {}
    steps = PartyStep.objects.visible_to(actor).known(known_at).filter(of__instrument__in=instruments)
    for step in steps.filter(provenance__in=provenances).order_by("on", "recorded_at"):
        facts.setdefault(step.of_id, []).append(step)
    return {each.code: _standing(each, as_of, parties.get(each.pk, []), facts) for each in instruments}


def _with_notifications(rows: Any, actor: Actor, known_at: Moment | None, provenances: Collection[str]) -> Any:
    """Instruments by code, with what the depositary notified: days, and the ids of the facts."""
    told = InstrumentStep.objects.visible_to(actor).known(known_at)
    told = told.filter(provenance__in=provenances, instrument=OuterRef("pk")).order_by("-recorded_at")
    columns = {}
    for kind in InstrumentStep.Kind.values:
        columns[f"{kind}_on"] = Subquery(told.filter(kind=kind).values("on")[:1])
        columns[f"{kind}_id"] = Subquery(told.filter(kind=kind).values("pk")[:1])
    return rows.select_related("amends").annotate(**columns).order_by("code")


def _with_classes(rows: Any, as_of: datetime.date) -> Any:
    """Lines in the order of the register, each with whether it is a Member State, and of the RSS, on the day."""
    of_party = {"party": OuterRef("party"), "valid_from__lte": as_of}
    until = Q(valid_to=None) | Q(valid_to__gt=as_of)
    member = PartyPeriod.objects.filter(until, kind=Party.Kind.MEMBER_STATE, **of_party)
    rss = GroupingMember.objects.filter(until, grouping=RSS, **of_party)
    found = rows.select_related("party", "instrument").annotate(is_member=Exists(member), is_rss=Exists(rss))
    return found.order_by("position", "party__roll_call_order", "entity")


def _classes_of(row: Any) -> frozenset[str]:
    """The classes of an entity in rules: an organisation's code, a State's membership and group on the day."""
    if row.party_id is None:
        return frozenset({row.entity.replace("ORG:", "ORG_")})
    found = {"RSS_MEMBER_STATE"} if row.is_rss else {"OTHER_STATE"}
    return frozenset(found | ({"MEMBER_STATE"} if row.is_member else set()))


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
    instrument: Any, as_of: datetime.date, rows: Iterable[Any], facts: Mapping[Any, list[PartyStep]]
) -> Standing:
    named = [(row, steps_of(row.entity, _classes_of(row), facts.get(row.pk, []))) for row in rows]
    steps = [each for _row, each in named]
    finding = rules.evaluate(instrument.rule, steps)
    computed = finding.on if finding else None
    begins = instrument.in_force_on or computed
    course = rules.Course(
        instrument.state, instrument.opened_on, instrument.signed_on, begins, instrument.terminated_on
    )
    told = [each for each in (instrument.in_force_id, instrument.terminated_id) if each]
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
        notified_on=instrument.in_force_on,
        terminated_on=course.terminated_on,
        finding=finding,
        lines=lines,
        row_ids=tuple([*(fact.pk for line in lines for fact in line.facts), *told]),
    )


def _before(on: datetime.date | None, day: datetime.date) -> bool:
    return on is not None and on <= day
