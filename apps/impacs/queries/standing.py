"""How each State action stands on a day: facts from dated rows, then the pure function. Nothing is stored."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Case, F, OuterRef, Subquery, When

from apps.access.actor import Actor
from apps.council.models import Statement
from apps.impacs.models import Report, StateAction, StatusRules
from apps.impacs.queries.facts import NOTHING, Known, known_of
from apps.impacs.status import rag, wording
from apps.impacs.status.rag import Facts, OptOut, Parameters, Status
from apps.people.queries import states_on

ENDS_OBLIGATION = frozenset({"NOT_A_MEMBER", "NOT_APPLICABLE", "OPTED_OUT", "DECISION_NOT_IN_FORCE", "SUPERSEDED"})
"""Reasons for which a State does not count among those that have to act."""

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
        return not ENDS_OBLIGATION & set(self.status.reasons)

    @property
    def sentences(self) -> list[str]:
        """Each reason as a sentence."""
        return wording.sentences(self.status, self.facts, self.day, self.limits)


@dataclass(frozen=True, slots=True)
class Day:
    """What holds on one day whatever the action: who is a State, and the limits."""

    day: datetime.date
    states: Sequence[Any]
    codes: frozenset[str]
    limits: Parameters


@dataclass(frozen=True, slots=True)
class Row:
    """One visible action with its clause and decision.

    `reports` are (day, per cent) known on each day asked for; `known` are its other dated facts.
    """

    pk: UUID
    decision: UUID
    clause: UUID
    party: str
    starts_on: datetime.date
    due_on: datetime.date | None
    state: str
    desk: int | None
    focal_seat: int | None
    responsible: str
    claimed_on: datetime.date | None
    in_force_on: datetime.date | None
    ended_on: datetime.date | None
    clause_number: str
    clause_text: str
    decision_number: str
    decision_title: str
    decision_kind: str
    reports: tuple[tuple[datetime.date | None, int], ...]
    known: Known


COLUMNS = (
    *("pk", "decision_id", "clause_id", "party_id", "starts_on", "due_on", "state", "desk_id", "focal_seat_id"),
    *("responsible", "claimed_on", "decision__in_force_on", "decision__ended_on", "clause__number", "clause__text"),
    *("decision__number", "decision__title", "decision__kind", "decision__working_no"),
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
    """The rows of a queryset of visible actions, as known on each of the days, in its order. Two queries.

    Who may see an action sees how far it is said to have come, not the words of the reports.
    """
    asked: dict[str, Any] = {}
    for place, at in enumerate(wanted):
        last = Report.objects.filter(action=OuterRef("pk"), day__lte=at.day).order_by("-day", "-at")
        # the action itself carries its last report: only a day before that has to look for the one of its time
        late = When(reported_on__gt=at.day, then=Subquery(last.values("day")[:1]))
        asked[f"day_{place}"] = Case(late, default=F("reported_on"))
        late = When(reported_on__gt=at.day, then=Subquery(last.values("progress")[:1]))
        asked[f"progress_{place}"] = Case(late, default=F("progress"))
    found = list(actions.annotate(**asked).values_list(*COLUMNS, *asked))
    places = {name: place for place, name in enumerate(COLUMNS)}
    known = known_of({row[places["decision_id"]] for row in found}, {row[places["party_id"]] for row in found})
    return [_row(values, known.get(values[0], NOTHING)) for values in found]


def _row(values: Sequence[Any], known: Known) -> Row:
    own, reports = values[: len(COLUMNS)], values[len(COLUMNS) :]
    *first, number, title, kind, working = own
    pairs = tuple((reports[at], reports[at + 1] or 0) for at in range(0, len(reports), 2))
    columns: tuple[Any, ...] = (*first, number or working, title, kind, pairs, known)
    return Row(*columns)


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
    reported, progress = row.reports[place]
    declared = [
        one
        for one in statements.get((row.decision, row.party), [])
        if not one.clauses or row.clause_number in one.clauses
    ]
    facts = Facts(
        starts_on=row.starts_on,
        due_on=row.due_on,
        progress_pct=progress,
        last_report_on=reported,
        member_on_date=row.party in at.codes,
        opt_out=next((_opt_out(one) for one in declared if one.kind == Statement.Kind.OPT_OUT), None),
        decision_in_force_on=row.in_force_on,
        superseded_on=row.ended_on,
    )
    if row.known is not NOTHING:
        facts = _with(facts, row.known, at.day)
    reserved = any(one.kind == Statement.Kind.RESERVATION and _holds(one, at.day) for one in declared)
    return Standing(rag.rag(facts, at.day, at.limits), facts, at.day, reserved, at.limits)


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
    """{action: (its row, how it stands)} for a queryset of visible actions, in its order. Four queries."""
    (at,) = days(day)
    rows = rows_of(actions, [at])
    statements = statements_of({row.decision for row in rows})
    return {row.pk: (row, standing(row, 0, at, statements)) for row in rows}


def of_rows(actor: Actor, rows: Iterable[StateAction], day: datetime.date) -> dict[UUID, tuple[Row, Standing]]:
    """The same for rows that were loaded already."""
    return standings(StateAction.objects.visible_to(actor).filter(pk__in=[row.pk for row in rows]), day)
