"""How each State action stands on a day: facts from dated rows, then the pure function. Nothing is stored."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Subquery

from apps.access.actor import Actor
from apps.council.models import Clause, Statement
from apps.impacs.models import Report, StateAction, StatusRules
from apps.impacs.obligations.queries import reason_sentences
from apps.impacs.obligations.queries.facts import NOTHING, Dated, Known, known_of
from apps.impacs.obligations.rules import rag
from apps.impacs.obligations.rules.rag import Facts, OptOut, Parameters, Status
from apps.people.queries import states_on

ENDS_OBLIGATION = frozenset({"NOT_A_MEMBER", "NOT_APPLICABLE", "OPTED_OUT", "DECISION_NOT_IN_FORCE", "SUPERSEDED"})
"""Reasons for which a State does not count among those that have to act."""

MEMORY = 20_000
"""Standings kept: two pages of ten thousand actions."""

_Key = tuple[UUID, str]  # decision, party


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of one action on a day, with what it was reckoned from and whether the State has a reservation."""

    status: Status
    facts: Facts
    day: datetime.date
    reserved: bool
    limits: Parameters

    @property
    def counts(self) -> bool:
        """Whether the State is among those that have to act on this day."""
        return ENDS_OBLIGATION.isdisjoint(self.status.reasons)

    @property
    def sentences(self) -> list[str]:
        """Each reason as a sentence."""
        return reason_sentences.explain_reasons(self.status, self.facts, self.day, self.limits)


@dataclass(frozen=True, slots=True)
class Day:
    """What holds on one day whatever the action: who is a State, and the limits."""

    day: datetime.date
    states: Sequence[Any]
    codes: frozenset[str]
    limits: Parameters


@dataclass(frozen=True, slots=True)
class Asked:
    """What the actions under one clause have in common: the clause and its decision."""

    decision: UUID
    in_force_on: datetime.date | None
    ended_on: datetime.date | None
    clause_number: str
    clause_position: int
    clause_text: str
    decision_number: str
    decision_title: str
    decision_kind: str


class Row(NamedTuple):
    """One visible action. `reports` are (day, per cent) known on each day asked for, `known` its other dated facts.

    A tuple, and what a clause says only once, since a page may be reckoned from ten thousand of them.
    """

    pk: UUID
    clause: UUID
    party: str
    starts_on: datetime.date
    due_on: datetime.date | None
    state: str
    desk: int | None
    focal_seat: int | None
    responsible: str
    claimed_on: datetime.date | None
    asked: Asked
    reports: tuple[tuple[datetime.date | None, int], ...]
    known: Known

    @property
    def decision(self) -> UUID:
        """Key of the decision."""
        return self.asked.decision

    @property
    def in_force_on(self) -> datetime.date | None:
        """Day on which the decision came into force."""
        return self.asked.in_force_on

    @property
    def ended_on(self) -> datetime.date | None:
        """Day on which it ceased to hold."""
        return self.asked.ended_on

    @property
    def clause_number(self) -> str:
        """Number of the clause."""
        return self.asked.clause_number

    @property
    def clause_text(self) -> str:
        """Text of the clause."""
        return self.asked.clause_text

    @property
    def decision_number(self) -> str:
        """Number of the decision, or its working number."""
        return self.asked.decision_number

    @property
    def decision_title(self) -> str:
        """Title of the decision."""
        return self.asked.decision_title

    @property
    def decision_kind(self) -> str:
        """Kind of the decision."""
        return self.asked.decision_kind


COLUMNS = (
    *("pk", "clause_id", "party_id", "starts_on", "due_on", "state", "desk_id", "focal_seat_id", "responsible"),
    "claimed_on",
)


def days(*wanted: datetime.date) -> list[Day]:
    """The frame of each day, with the limits that the rules of the day set. One query for each."""
    found = []
    for day in wanted:
        rules = StatusRules.objects.filter(valid_from__lte=day).order_by("-valid_from")
        states = states_on(day, limits=Subquery(rules.values("content")[:1]))
        content: dict[str, int] = (states[0].limits if states else None) or {}
        found.append(Day(day, states, frozenset(party.code for party in states), Parameters(**content)))
    return found


def rows_of(actions: Any, wanted: Sequence[Day]) -> list[Row]:
    """The rows of a queryset of visible actions, as known on each of the days, in its order.

    Three queries, and one for each day that lies before a report. Who may see an action sees how far it is said
    to have come, not the words of the reports.
    """
    found = list(actions.values_list("decision_id", "reported_on", "progress", *COLUMNS))
    decisions = {values[0] for values in found}
    asked, known = _asked(decisions), known_of(decisions, {values[5] for values in found})
    earlier = [_reported(decisions, at.day) if _any_later(found, at.day) else {} for at in wanted]
    rows = []
    for _decision, reported, progress, pk, clause, *own in found:
        reports = tuple(
            (reported, progress) if reported is None or reported <= at.day else then.get(pk, NEVER)
            for at, then in zip(wanted, earlier, strict=True)
        )
        facts = known.get(pk, NOTHING)
        if clause in known:
            facts = facts.joined(known[clause])
        rows.append(Row._make((pk, clause, *own, asked[clause], reports, facts)))
    return rows


NEVER = (None, 0)


def _any_later(found: Sequence[Any], day: datetime.date) -> bool:
    return any(values[1] is not None and values[1] > day for values in found)


def _reported(decisions: Collection[UUID], day: datetime.date) -> dict[UUID, tuple[datetime.date | None, int]]:
    """{action: its last report by the day} of actions that were reported on again since. One query.

    The action itself carries its last report: only a day before that has to look for the one of its time.
    """
    rows = Report.objects.filter(action__decision__in=decisions, action__reported_on__gt=day, day__lte=day)
    last = rows.order_by("action", "-day", "-at").distinct("action")
    return {action: (on, progress) for action, on, progress in last.values_list("action_id", "day", "progress")}


def _asked(decisions: Collection[UUID]) -> dict[UUID, Asked]:
    """{clause: what it asks} of decisions. One query."""
    columns = ("decision_id", "decision__in_force_on", "decision__ended_on", "number", "position", "text")
    more = ("decision__title", "decision__kind", "decision__number", "decision__working_no")
    rows = Clause.objects.filter(decision__in=decisions).values_list("pk", *columns, *more)
    return {pk: _said(*values) for pk, *values in rows}


def _said(*columns: Any) -> Asked:
    *first, title, kind, number, working = columns
    values: tuple[Any, ...] = (*first, number or working, title, kind)
    return Asked(*values)


def statements_of(decisions: Collection[UUID]) -> dict[_Key, list[Statement]]:
    """Opt-outs granted and reservations standing, by decision and State. One query.

    They are part of the status, which everybody reckons alike who sees the action.
    """
    kinds = Statement.Kind
    rows = Statement.objects.filter(
        decision__in=decisions, kind__in=[kinds.OPT_OUT, kinds.RESERVATION], state__in=["granted", "entered"]
    )
    found: dict[_Key, list[Statement]] = {}
    for row in rows.order_by("at"):
        found.setdefault((row.decision_id, row.party_id), []).append(row)
    return found


def standing(row: Row, place: int, at: Day, statements: Mapping[_Key, list[Statement]]) -> Standing:
    """How an action stands on the day at this place among those that its row was read for. No queries."""
    asked, member = row.asked, row.party in at.codes
    dates = (row.starts_on, row.due_on, *row.reports[place], asked.in_force_on, asked.ended_on)
    declared = statements.get((asked.decision, row.party), ())
    if declared:
        declared = [one for one in declared if not one.clauses or asked.clause_number in one.clauses]
    known = None if row.known is NOTHING else row.known.frozen()
    if not declared:
        return _reckoned(dates, member, known, None, False, at.day, at.limits)
    opt_out = next((_opt_out(one) for one in declared if one.kind == Statement.Kind.OPT_OUT), None)
    reserved = any(one.kind == Statement.Kind.RESERVATION and _holds(one, at.day) for one in declared)
    return _reckoned(dates, member, known, opt_out, reserved, at.day, at.limits)


@lru_cache(MEMORY)
def _reckoned(
    dates: tuple[Any, ...],
    member: bool,
    known: tuple[tuple[Dated, ...], ...] | None,
    opt_out: OptOut | None,
    reserved: bool,
    day: datetime.date,
    limits: Parameters,
) -> Standing:
    """The standing of these facts on this day. Nothing but the arguments decides it, so that it never grows old."""
    starts_on, due_on, reported, progress, in_force_on, ended_on = dates
    facts = Facts(
        starts_on=starts_on,
        due_on=due_on,
        progress_pct=progress,
        last_report_on=reported,
        member_on_date=member,
        opt_out=opt_out,
        decision_in_force_on=in_force_on,
        superseded_on=ended_on,
    )
    if known is not None:
        facts = _with(facts, Known(*map(list, known)), day)
    return Standing(rag.rag(facts, day, limits), facts, day, reserved, limits)


def _with(facts: Facts, known: Known, day: datetime.date) -> Facts:
    """Facts with what else was known. Steps say how far it has come; without steps, evidence says that it is done."""
    facts = replace(facts, **known.on(day))
    ticked = known.ticked(day)
    done = facts.verified_on is not None or facts.pending(day)
    progress = ticked if ticked is not None else 100 if done else facts.progress_pct
    return replace(facts, progress_pct=progress)


def _opt_out(one: Statement) -> OptOut:
    ends = one.until + datetime.timedelta(days=1) if one.until else None
    return OptOut(one.at.date(), one.granted_on, ends)


def _holds(one: Statement, day: datetime.date) -> bool:
    return one.at.date() <= day and (one.until is None or day <= one.until)


def standings(actions: Any, day: datetime.date) -> dict[UUID, tuple[Row, Standing]]:
    """{action: (its row, how it stands)} for a queryset of visible actions, in its order. Five queries."""
    (at,) = days(day)
    rows = rows_of(actions, [at])
    statements = statements_of({row.decision for row in rows})
    return {row.pk: (row, standing(row, 0, at, statements)) for row in rows}


def of_rows(actor: Actor, rows: Iterable[StateAction], day: datetime.date) -> dict[UUID, tuple[Row, Standing]]:
    """The same for rows that were loaded already."""
    return standings(StateAction.objects.visible_to(actor).filter(pk__in=[row.pk for row in rows]), day)


def row_of(action: StateAction) -> Row:
    """The row of an action that was loaded with its decision and clause, as last reported. One query."""
    decision, clause = action.decision, action.clause
    asked = Asked(
        decision=decision.pk,
        in_force_on=decision.in_force_on,
        ended_on=decision.ended_on,
        clause_number=clause.number,
        clause_position=clause.position,
        clause_text=clause.text,
        decision_number=str(decision),
        decision_title=decision.title,
        decision_kind=decision.kind,
    )
    known = known_of({decision.pk}, {action.party_id}).get(action.pk, NOTHING)
    own = (getattr(action, name) for name in COLUMNS)
    return Row._make((*own, asked, ((action.reported_on, action.progress),), known))
