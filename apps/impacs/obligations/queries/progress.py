"""How far a decision has come, clause by clause, for its page."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.council.models import Clause, Decision
from apps.council.queries.membership import day_of
from apps.impacs.models import Mandate, StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.rules import rag
from apps.impacs.obligations.rules.rag import BLUE
from apps.impacs.queries.mandates import count_mandate_tasks
from apps.impacs.queries.status_looks import LOOKS, Look


@dataclass(frozen=True, slots=True)
class ClauseProgress:
    """One clause: its States rolled up, the own State's action, and the bodies with a mandate."""

    number: str
    text: str
    colour: str
    distribution: dict[str, int]
    done: int
    of: int
    own: Any = None
    own_said: str = ""
    mandates: tuple[tuple[Mandate, dict[str, int]], ...] = ()
    key: Any = None

    @property
    def look(self) -> Look:
        """How the status is shown."""
        return LOOKS[self.colour]


def today_of(actor: Actor) -> datetime.date:
    """The day where the actor is."""
    return day_of(timezone.now(), actor.time_zone)


def by_clause(actor: Actor, decision: Decision, day: datetime.date) -> dict[str, ClauseProgress]:
    """{number: progress} of the clauses that address States, on a day. Four queries."""
    actions = StateAction.objects.visible_to(actor).filter(decision=decision).order_by("clause__position", "pk")
    grouped: dict[str, list[Any]] = {}
    for row, at in status.standings(actions, day).values():
        grouped.setdefault(row.clause_number, []).append((row, at))
    found = {}
    for number, each in grouped.items():
        colours = [at.status.colour for _row, at in each]
        mine = next((pair for pair in each if pair[0].party == actor.party_code), None)
        found[number] = ClauseProgress(
            number=number,
            text=each[0][0].clause_text,
            colour=rag.roll_up(colours),
            distribution=rag.distribution(colours),
            done=colours.count(BLUE),
            of=sum(at.counts for _row, at in each),
            own=mine[0].pk if mine else None,
            own_said=" ".join(mine[1].sentences) if mine else "",
        )
    return found


def read_decision_progress(actor: Actor, decision: Decision) -> list[ClauseProgress]:
    """Every clause in its order with the States' progress and the bodies' mandates and tasks. Seven queries."""
    today = today_of(actor)
    found = by_clause(actor, decision, today)
    mandates: dict[str, list[tuple[Mandate, dict[str, int]]]] = {}
    rows = list(Mandate.objects.visible_to(actor).filter(decision=decision).select_related("clause").order_by("pk"))
    tasks = count_mandate_tasks(actor, rows, today)
    for mandate in rows:
        mandates.setdefault(mandate.clause.number, []).append((mandate, tasks.get(mandate.pk, {})))
    lines = []
    for clause in Clause.objects.visible_to(actor).filter(decision=decision).order_by("position"):
        bare = ClauseProgress(clause.number, clause.text, "GREY", rag.distribution([]), 0, 0)
        one = found.get(clause.number, bare)
        lines.append(replace(one, key=clause.pk, mandates=tuple(mandates.get(clause.number, []))))
    return lines
