"""What waits for what: the mixed graph of tasks, clauses and State actions, and whether a wait is over."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.council.models import Clause
from apps.impacs.models import Dependency, StateAction, Task
from apps.impacs.plan.rules import schedule

Node = tuple[str, Any]
HANDED_IN = ("submitted", "verified")
GONE = ("superseded", "not_applicable", "opted_out")
"""States of an action that ask nothing of the State: the number of States and the threshold shrink together."""


def alone() -> bool:
    """Let nobody else add a dependency until this transaction ends: two half circles would make a whole one.

    False when somebody else is at it. Nobody waits here: both have locked a task that the other's row points at.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('impacs dependencies', 0))")
        return bool(cursor.fetchone()[0])


def nodes_of(row: Dependency) -> tuple[Node, Node]:
    """(what is waited for, what waits)."""
    before: Node = (
        ("task", row.predecessor_task_id) if row.predecessor_task_id else ("clause", row.predecessor_clause_id)
    )
    if row.successor_task_id:
        return before, ("task", row.successor_task_id)
    if row.successor_action_id:
        return before, ("action", row.successor_action_id)
    return before, ("clause", row.successor_clause_id)


def circle_closed_by(row: Dependency) -> tuple[Node, ...]:
    """The circle that an unsaved dependency would close, its first node again at the end; empty if none. Three queries.

    A clause is done when its actions are, and an action belongs to its clause; a parent is done when its children are.
    """
    links = [nodes_of(each) for each in Dependency.objects.all()]
    actions = {key for pair in [*links, nodes_of(row)] for kind, key in pair if kind == "action"}
    for key, clause in StateAction.objects.filter(pk__in=actions).values_list("pk", "clause_id"):
        links.append((("action", key), ("clause", clause)))
    for key, parent in Task.objects.exclude(parent=None).values_list("pk", "parent_id"):
        links.append((("task", key), ("task", parent)))
    before, after = nodes_of(row)
    way: Any = schedule.chain(links, after, before)
    return (*way, way[0]) if way else ()


def name_graph_nodes(actor: Actor, nodes: Iterable[Node]) -> list[str]:
    """The nodes in words; what the actor cannot see is not named."""
    way = list(nodes)
    tasks = {row.pk: str(row) for row in _visible(actor, Task, way, "task")}
    clauses = {
        row.pk: pgettext("words, impacs", "%(decision)s, clause %(number)s")
        % {"decision": row.decision, "number": row.number}
        for row in _visible(actor, Clause, way, "clause").select_related("decision")
    }
    actions = {
        row.pk: pgettext("words, impacs", "%(party)s under %(decision)s, clause %(number)s")
        % {"party": row.party_id, "decision": row.decision, "number": row.clause.number}
        for row in _visible(actor, StateAction, way, "action").select_related("decision", "clause")
    }
    hidden = {
        "task": _("a task that you cannot see"),
        "clause": pgettext("words, impacs", "a clause"),
        "action": _("a State's obligation"),
    }
    known: dict[str, dict[Any, str]] = {"task": tasks, "clause": clauses, "action": actions}
    return [known[kind].get(key, hidden[kind]) for kind, key in way]


def _visible(actor: Actor, model: Any, way: list[Node], kind: str) -> Any:
    return model.objects.visible_to(actor).filter(pk__in=[key for each, key in way if each == kind])


def answered(clauses: Iterable[Any]) -> dict[Any, tuple[int, int]]:
    """{clause: (States that it asks something of, how many have handed in)}. One query."""
    rows = StateAction.objects.filter(clause__in=list(clauses)).exclude(state__in=GONE).values("clause_id")
    counted = rows.annotate(n=Count("pk"), met=Count("pk", filter=Q(state__in=HANDED_IN)))
    return {row["clause_id"]: (row["n"], row["met"]) for row in counted}


def threshold(row: Dependency, n: int) -> int:
    """How many of `n` States are needed."""
    return max(n - row.missing_allowed, 1) if n else 0


def over_for_clause(row: Dependency, counted: dict[Any, tuple[int, int]], today: datetime.date) -> bool:
    """Whether the wait for the States of a clause is over."""
    n, met = counted.get(row.predecessor_clause_id, (0, 0))
    return schedule.readiness(n, threshold(row, n), met, row.or_on, today) != schedule.WAITING


def over_for_task(row: Dependency, today: datetime.date) -> bool:
    """Whether the predecessor lets its successor begin today: the day after its end (or on its start) and the lag."""
    before: Any = row.predecessor_task
    lag = datetime.timedelta(days=row.lag_days)
    if row.or_on is not None and today >= row.or_on:
        return True
    if row.kind == schedule.SS:
        return before.actual_start is not None and today >= before.actual_start + lag
    return (
        before.state == Task.State.DONE
        and before.actual_end is not None
        and (row.lag_days <= 0 or today > before.actual_end + lag)
    )


def holding(tasks: Iterable[Any], today: datetime.date, kinds: Iterable[str] = ("FS", "SS")) -> dict[Any, list[Any]]:
    """{task: dependencies of these kinds that are not over}. Two queries."""
    rows = Dependency.objects.filter(successor_task__in=list(tasks), kind__in=list(kinds))
    waits = list(rows.select_related("predecessor_task").order_by("pk"))
    counted = answered({row.predecessor_clause_id for row in waits if row.predecessor_clause_id})
    found: dict[Any, list[Any]] = {}
    for row in waits:
        over = over_for_clause(row, counted, today) if row.predecessor_clause_id else over_for_task(row, today)
        if not over:
            found.setdefault(row.successor_task_id, []).append(row)
    return found


def successors(task: Any) -> list[Any]:
    """Tasks that wait for a task."""
    ids = Dependency.objects.filter(predecessor_task=task).exclude(successor_task=None)
    return list(Task.objects.filter(pk__in=ids.values("successor_task_id")))
