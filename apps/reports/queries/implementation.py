"""How far decisions have come on a day, and what changed since another: for reports to the Council and briefs."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.council.models import AgendaItem, Decision, Statement
from apps.council.queries.membership import roll
from apps.council.queries.open_answers import REASONS_WITHIN
from apps.impacs.models import StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.status import Row, Standing
from apps.impacs.obligations.rules.rag import AMBER, BLUE, GREEN, RED
from apps.impacs.queries.status_looks import WORST_FIRST
from apps.people.models import Party

Pair = tuple[Row, Standing]


@dataclass(slots=True)
class Clause:
    """One clause with its States on the day, and as they stood on the day before which changes count."""

    number: str
    text: str
    now: list[Pair] = field(default_factory=list)
    then: dict[Any, Standing] = field(default_factory=dict)

    def with_colour(self, *colours: str) -> list[Pair]:
        """States of these colours that have to act."""
        return [(row, at) for row, at in self.now if at.counts and at.status.colour in colours]

    @property
    def newly_done(self) -> list[Pair]:
        """States verified since."""
        return [(row, at) for row, at in self.with_colour(BLUE) if self.then[row.pk].status.colour != BLUE]


@dataclass(slots=True)
class Line:
    """One decision with its clauses that address States."""

    decision: Decision
    clauses: dict[Any, Clause] = field(default_factory=dict)

    def count(self, *colours: str) -> int:
        """Actions of these colours; of all colours without one."""
        found = [pair for clause in self.clauses.values() for pair in clause.now if pair[1].counts]
        return sum(at.status.colour in colours for _row, at in found) if colours else len(found)

    @property
    def counts(self) -> dict[str, int]:
        """Done, on track, in need of attention, overdue, and all."""
        done, on_track, attention, overdue = (self.count(colour) for colour in (BLUE, GREEN, AMBER, RED))
        return {"done": done, "on_track": on_track, "attention": attention, "overdue": overdue, "of": self.count()}


def lines(
    actor: Actor, day: datetime.date, since: datetime.date | None, *, demonstration: bool, **where: Any
) -> list[Line]:
    """Decisions in force on the day with what Member States have made of them, newest first. Seven queries."""
    decisions = Decision.objects.visible_to(actor).filter(in_force_on__lte=day, **where).exclude(ended_on__lte=day)
    decisions = decisions if demonstration else decisions.filter(fictional=False)
    found = {row.pk: Line(row) for row in decisions.order_by("-in_force_on", "number")}
    actions = (
        StateAction.objects.visible_to(actor)
        .filter(decision__in=found)
        .order_by("clause__position", "party__roll_call_order")
    )
    wanted = status.days(day, since or day)
    rows = status.rows_of(actions, wanted)
    statements = status.statements_of(set(found))
    members = {party.code for party in wanted[0].states if party.kind == Party.Kind.MEMBER_STATE}
    for row in rows:
        if row.party not in members:
            continue  # Associate Members are never part of a number of Member States
        clauses = found[row.decision].clauses
        clause = clauses.setdefault(row.clause, Clause(row.clause_number, row.clause_text))
        clause.now.append((row, status.standing(row, 0, wanted[0], statements)))
        clause.then[row.pk] = status.standing(row, 1, wanted[1], statements)
    return list(found.values())


def worst_first(pairs: list[Pair]) -> list[Pair]:
    """The gravest colour first, States in roll-call order within it."""
    return sorted(pairs, key=lambda pair: WORST_FIRST.index(pair[1].status.colour))


def lapsing(actor: Actor, day: datetime.date, until: datetime.date, *, demonstration: bool) -> list[Decision]:
    """Decisions in force that end after the day and by the other, the next first."""
    rows = Decision.objects.visible_to(actor).filter(in_force_on__lte=day, expires_on__gt=day, expires_on__lte=until)
    rows = rows.exclude(ended_on__lte=day)
    return list((rows if demonstration else rows.filter(fictional=False)).order_by("expires_on", "number"))


def reasons_due(actor: Actor, day: datetime.date, *, demonstration: bool) -> Iterator[tuple[Decision, list[str]]]:
    """(recommendation, States in roll-call order that neither did it nor said why) once the time for reasons is over.

    Six months from its entry into force: Revised Treaty, Article 27(6).
    """
    seen = Decision.objects.visible_to(actor).filter(
        kind=Decision.Kind.RECOMMENDATION, in_force_on__lte=day - REASONS_WITHIN
    )
    seen = seen.exclude(ended_on__lte=day)
    rows = list((seen if demonstration else seen.filter(fictional=False)).order_by("in_force_on", "number"))
    said = Statement.objects.filter(decision__in=rows, kind=Statement.Kind.REASONS, at__date__lte=day)
    answered = set(said.exclude(state="withdrawn").values_list("decision_id", "party_id"))
    stood = status.standings(StateAction.objects.visible_to(actor).filter(decision__in=rows), day)
    done = {(row.decision, row.party) for row, at in stood.values() if at.status.colour == BLUE}
    members = [party.code for party in roll(day)]
    for row in rows:
        silent = [code for code in members if (row.pk, code) not in answered | done]
        if silent:
            yield row, silent


def by_item(actor: Actor, meeting: Any, found: Sequence[Line]) -> list[tuple[AgendaItem, list[Line]]]:
    """Items of an agenda, each with those decisions that were taken on it, or that are on its subject. Two queries."""
    rows = AgendaItem.objects.visible_to(actor).filter(meeting=meeting).order_by("position", "pk")
    items = list(rows.exclude(state__in=["rejected", "withdrawn"]))
    subjects: dict[Any, set[str]] = {}
    for draft in Decision.objects.visible_to(actor).filter(item__in=items).exclude(subject=""):
        subjects.setdefault(draft.item_id, set()).add(draft.subject)
    return [(item, [line for line in found if _is_near(line, item, subjects.get(item.pk, set()))]) for item in items]


def _is_near(line: Line, item: AgendaItem, subjects: set[str]) -> bool:
    on_it = line.decision.item_id is not None and line.decision.item_id in {item.pk, item.carried_from_id}
    return on_it or line.decision.subject in subjects
