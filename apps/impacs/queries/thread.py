"""The thread of a clause: mandates with their trees of tasks, the States' actions, and what waits for what."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.impacs.models import Dependency, Mandate, StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.queries.mandates import Branch, tree
from apps.impacs.queries.status_looks import LOOKS, Look


@dataclass(frozen=True, slots=True)
class StateLine:
    """One State's action with its colour of the day."""

    key: Any
    party: str
    colour: str

    @property
    def look(self) -> Look:
        """How the status is shown."""
        return LOOKS[self.colour]


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that follows from a clause, as far as the actor sees it."""

    mandates: list[tuple[Any, list[Branch]]]
    states: list[StateLine]
    waits_for_states: list[Any]
    states_wait_for: list[Any]


def of_clause(actor: Actor, clause: Any, today: datetime.date) -> Thread:
    """The thread of a loaded clause, in a constant number of queries."""
    rows = list(Mandate.objects.visible_to(actor).filter(clause=clause).select_related("lead__desk").order_by("body"))
    branches = tree(actor, today, mandate__in=[row.pk for row in rows])
    actions = StateAction.objects.visible_to(actor).filter(clause=clause).order_by("party__roll_call_order", "party")
    told = status.standings(actions, today)
    links = Dependency.objects.visible_to(actor).select_related(
        "successor_task", "predecessor_task", "successor_action"
    )
    mine = Q(predecessor_clause=clause) | Q(successor_clause=clause) | Q(successor_action__clause=clause)
    found = list(links.filter(mine).order_by("pk"))
    return Thread(
        mandates=[(row, [one for one in branches if one.row.mandate_id == row.pk]) for row in rows],
        states=[StateLine(key, row.party, at.status.colour) for key, (row, at) in told.items()],
        waits_for_states=[one for one in found if one.predecessor_clause_id == clause.pk],
        states_wait_for=[one for one in found if one.predecessor_clause_id is None],
    )
