"""Tasks with everything that is shown of them, in a constant number of queries."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.access.urgency import late_by
from apps.impacs.models import (
    Assignment,
    ChecklistItem,
    Deliverable,
    Dependency,
    EffortEntry,
    Mandate,
    StateAction,
    Task,
    TaskBlocker,
    Watcher,
)
from apps.impacs.plan.queries import graph
from apps.impacs.queries.mandates import late_days
from apps.people.models import User

RELATED = (
    "owner__party",
    "mandate__decision",
    "mandate__clause",
    "programme",
    "parent",
    "reviewer__user",
    "reviewer__desk",
)
PARTS: tuple[tuple[str, Any, str, dict[str, str]], ...] = (
    ("results", Deliverable, "pk", {
        "title": "title", "paper": "paper_id", "number": "paper__number", "file": "attachment_id",
        "file_name": "attachment__name", "accepted_on": "accepted_on",
    }),
    ("people", Assignment, "seat__desk__code", {
        "key": "seat__uid", "name": "seat__user__full_name", "user": "seat__user_id", "desk": "seat__desk__code",
        "home": "seat__user__home_party", "party": "seat__desk__party",
    }),
    ("lines", ChecklistItem, "position", {
        "id": "pk", "kind": "kind", "text": "text", "done_on": "done_on", "by": "done_by__user__full_name",
        "home": "done_by__user__home_party", "party": "done_by__desk__party",
    }),
    ("hours", EffortEntry, "-day", {
        "day": "day", "hours": "hours", "text": "text", "name": "seat__user__full_name",
        "home": "seat__user__home_party", "party": "seat__desk__party",
    }),
)  # fmt: skip
"""Parts that are read together with their task: name, model, order, and what of them is shown."""


@dataclass(slots=True)
class Wait:
    """One dependency as a reader sees it: what comes before or after, and of a clause how many States have answered."""

    row: Any
    other: Any
    n: int = 0
    met: int = 0
    needed: int = 0
    over: bool = False


@dataclass(slots=True)
class Seen:
    """A task as one reader sees it. `inside` says whether they work on it; without it the inner lists are empty."""

    row: Any
    inside: bool
    late_days: int
    mandate: Any = None
    before: list[Wait] = field(default_factory=list)
    after: list[Wait] = field(default_factory=list)
    deliverables: list[dict[str, Any]] = field(default_factory=list)
    assigned: list[dict[str, Any]] = field(default_factory=list)
    checklist: list[dict[str, Any]] = field(default_factory=list)
    effort: list[dict[str, Any]] = field(default_factory=list)
    blocker: dict[str, Any] | None = None

    @property
    def late(self) -> str:
        """ "19 days late", or nothing."""
        return late_by(self.late_days)

    @property
    def hours(self) -> Any:
        """Hours worked on it so far."""
        return sum(one["hours"] for one in self.effort)

    @property
    def ticked(self) -> int:
        """Lines of the checklist that are done."""
        return sum(1 for one in self.checklist if one["done_on"])


def find_tasks(actor: Actor | None) -> Any:
    """Tasks that the actor may see, with what a line of them shows."""
    return Task.objects.visible_to(actor).select_related(*RELATED)


def find_tasks_with_parts(found: Any, actor: Actor | None) -> Any:
    """The same tasks with the parts that the actor may see, and whether they work on them: still one query."""
    blockers = TaskBlocker.objects.visible_to(actor).filter(task=OuterRef("pk"), cleared_on=None)
    told = JSONObject(severity="severity", kind="kind", since="since", text="text")
    mine = Watcher.objects.visible_to(actor).filter(task=OuterRef("pk"), user=actor.user_id if actor else None)
    return found.annotate(
        works=Exists(Task.objects.visible_to(actor, "work").filter(pk=OuterRef("pk"))),
        sees_mandate=Exists(Mandate.objects.visible_to(actor).filter(pk=OuterRef("mandate_id"))),
        watched=Exists(mine),
        blockers=ArraySubquery(blockers.values(json=told)),
        **{name: _parts(model, order, columns, actor) for name, model, order, columns in PARTS},
    )


def _parts(model: Any, order: str, columns: dict[str, str], actor: Actor | None) -> ArraySubquery:
    mine = model.objects.visible_to(actor).filter(task=OuterRef("pk")).order_by(order)
    return ArraySubquery(mine.values(json=JSONObject(**columns)))


def seen(actor: Actor, found: Sequence[Any], today: datetime.date) -> dict[Any, Seen]:
    """{key: the task as the actor sees it} of tasks that came with their parts. Two queries, whatever their number."""
    views = {row.pk: _seen(row, today) for row in found}
    _put_waits(actor, views, today)
    return views


def _seen(row: Any, today: datetime.date) -> Seen:
    blocker = _dated(row.blockers[0], "since") if row.blockers else None
    if blocker is not None and not row.works:
        blocker["text"] = ""
    return Seen(
        row=row,
        inside=row.works,
        late_days=late_days(row, today),
        mandate=row.mandate if row.sees_mandate else None,
        deliverables=[_dated(one, "accepted_on") for one in row.results],
        assigned=[_sent(one) for one in row.people],
        checklist=[_sent(_dated(one, "done_on")) for one in row.lines],
        effort=[_sent(_dated(one, "day")) for one in row.hours],
        blocker=blocker,
    )


def _dated(one: dict[str, Any], name: str) -> dict[str, Any]:
    """The object with its ISO 8601 day as a day."""
    return {**one, name: datetime.date.fromisoformat(one[name]) if one[name] else None}


def _sent(one: dict[str, Any]) -> dict[str, Any]:
    """The object with the party that sent its person to a desk of another one; "" at home."""
    return {**one, "seconded_from": User(home_party_id=one["home"]).seconded_to(one["party"])}


def _put_waits(actor: Actor, views: dict[Any, Seen], today: datetime.date) -> None:
    """Both directions of the dependencies."""
    related = ("predecessor_task", "predecessor_clause__decision", "successor_task")
    further = ("successor_action__decision", "successor_action__clause", "successor_clause__decision")
    visible = Dependency.objects.visible_to(actor).select_related(*related, *further)
    keys = list(views)
    links = visible.filter(Q(successor_task__in=keys) | Q(predecessor_task__in=keys)).order_by("pk")
    counted = _answered(actor, {row.predecessor_clause_id for row in links if row.predecessor_clause_id})
    for row in links:
        if row.successor_task_id in views:
            views[row.successor_task_id].before.append(_wait(row, counted, today))
        if row.predecessor_task_id in views:
            other = row.successor_task or row.successor_action or row.successor_clause
            views[row.predecessor_task_id].after.append(Wait(row, other))


def _answered(actor: Actor, clauses: Iterable[Any]) -> dict[Any, tuple[int, int]]:
    """{clause: (States, answered)} as far as the actor sees the States' actions: an Associate Member its own."""
    rows = StateAction.objects.visible_to(actor).filter(clause__in=list(clauses)).exclude(state__in=graph.GONE)
    counted = rows.values("clause_id").annotate(n=Count("pk"), met=Count("pk", filter=Q(state__in=graph.HANDED_IN)))
    return {row["clause_id"]: (row["n"], row["met"]) for row in counted}


def _wait(row: Any, counted: dict[Any, tuple[int, int]], today: datetime.date) -> Wait:
    if row.predecessor_clause_id is None:
        return Wait(row, row.predecessor_task, over=graph.over_for_task(row, today))
    n, met = counted.get(row.predecessor_clause_id, (0, 0))
    over = bool(n) and graph.over_for_clause(row, counted, today)
    return Wait(row, row.predecessor_clause, n, met, graph.threshold(row, n), over)
