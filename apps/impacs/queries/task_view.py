"""A page of tasks with everything that is shown of them, in a constant number of queries."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.impacs.models import (
    Assignment,
    ChecklistItem,
    Deliverable,
    Dependency,
    Mandate,
    StateAction,
    Task,
    TaskBlocker,
)
from apps.impacs.queries import task_graph as graph
from apps.impacs.queries.mandates import late_days

RELATED = ("owner__party", "mandate__decision", "mandate__clause", "programme", "parent")


@dataclass(slots=True)
class Wait:
    """One dependency as a reader sees it: what comes before, or what comes after."""

    row: Any
    other: Any
    n: int = 0
    met: int = 0
    needed: int = 0
    over: bool = False


@dataclass(slots=True)
class Seen:
    """A task as one reader sees it. `inside` says whether he works on it; without it the inner lists are empty."""

    row: Any
    inside: bool
    late_days: int
    mandate: Any = None
    before: list[Wait] = field(default_factory=list)
    after: list[Wait] = field(default_factory=list)
    deliverables: list[Any] = field(default_factory=list)
    assigned: list[Any] = field(default_factory=list)
    checklist: list[Any] = field(default_factory=list)
    blocker: Any = None


def rows(actor: Actor | None) -> Any:
    """Tasks that the actor may see, with what a line of them shows."""
    return Task.objects.visible_to(actor).select_related(*RELATED)


def seen(actor: Actor, found: Sequence[Any], today: datetime.date) -> dict[Any, Seen]:
    """{key: the task as the actor sees it}. Eight queries, whatever the number of tasks."""
    keys = [row.pk for row in found]
    inside = set(Task.objects.visible_to(actor, "work").filter(pk__in=keys).values_list("pk", flat=True))
    given = Mandate.objects.visible_to(actor).filter(pk__in={row.mandate_id for row in found if row.mandate_id})
    known = {row.pk: row for row in given.select_related("decision", "clause")}
    views = {row.pk: Seen(row, row.pk in inside, late_days(row, today), known.get(row.mandate_id)) for row in found}
    for part in Deliverable.objects.visible_to(actor).filter(task__in=keys).select_related("paper").order_by("pk"):
        views[part.task_id].deliverables.append(part)
    for one in Assignment.objects.visible_to(actor).filter(task__in=keys).select_related("seat__user", "seat__desk"):
        views[one.task_id].assigned.append(one)
    for item in ChecklistItem.objects.visible_to(actor).filter(task__in=keys).order_by("position"):
        views[item.task_id].checklist.append(item)
    for blocker in TaskBlocker.objects.visible_to(actor).filter(task__in=keys, cleared_on=None):
        views[blocker.task_id].blocker = blocker
    _put_waits(actor, views, today)
    return views


def _put_waits(actor: Actor, views: dict[Any, Seen], today: datetime.date) -> None:
    """Both directions of the dependencies. Two queries."""
    related = ("predecessor_task", "predecessor_clause__decision", "successor_task")
    further = ("successor_action__decision", "successor_action__clause", "successor_clause__decision")
    visible = Dependency.objects.visible_to(actor).select_related(*related, *further)
    links = list(visible.filter(successor_task__in=list(views)) | visible.filter(predecessor_task__in=list(views)))
    links.sort(key=lambda row: row.pk)
    counted = _answered(actor, {row.predecessor_clause_id for row in links if row.predecessor_clause_id})
    for row in links:
        if row.successor_task_id in views:
            views[row.successor_task_id].before.append(_wait(row, counted, today))
        if row.predecessor_task_id in views:
            other = row.successor_task or row.successor_action or row.successor_clause
            views[row.predecessor_task_id].after.append(Wait(row, other))


def _answered(actor: Actor, clauses: Iterable[Any]) -> dict[Any, tuple[int, int]]:
    """How many States have answered; the figures are for those who see the States' actions."""
    wanted = set(clauses)
    if not wanted:
        return {}
    if actor.function != "ministry":
        return graph.answered(wanted)
    own = StateAction.objects.visible_to(actor).filter(clause__in=wanted).values_list("clause_id", flat=True)
    return {key: both for key, both in graph.answered(set(own)).items()} if own else {}


def _wait(row: Any, counted: dict[Any, tuple[int, int]], today: datetime.date) -> Wait:
    if row.predecessor_clause_id is None:
        return Wait(row, row.predecessor_task, over=graph.over_for_task(row, today))
    n, met = counted.get(row.predecessor_clause_id, (0, 0))
    over = graph.over_for_clause(row, counted, today)
    return Wait(row, row.predecessor_clause, n, met, graph.threshold(row, n), over)
