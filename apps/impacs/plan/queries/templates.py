"""Templates: what they hold, the tasks that they would make, and the next day of a row of tasks."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.access.references import next_in
from apps.impacs.models import ChecklistItem, Dependency, Task
from apps.impacs.plan.rules import recurrence

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One task that a template makes; `under` and `after` are keys within the template."""

    key: str
    title: str
    kind: str
    starts_on: datetime.date
    due_on: datetime.date
    estimate_days: Decimal | None
    under: str
    after: tuple[str, ...]
    checklist: tuple[dict[str, str], ...]
    depth: int


def dated(content: dict[str, Any], first_day: datetime.date) -> list[Line]:
    """The tasks of a template, parents and predecessors first, with the days that follow from the first one."""
    depths: dict[str, int] = {}
    lines = []
    for one in content["tasks"]:
        depths[one["key"]] = depths.get(one.get("under", ""), -1) + 1
        starts_on = first_day + datetime.timedelta(days=one["start"])
        lines.append(
            Line(
                key=one["key"],
                title=one["title"],
                kind=one["kind"],
                starts_on=starts_on,
                due_on=starts_on + datetime.timedelta(days=max(one["days"] - 1, 0)),
                estimate_days=Decimal(one["estimate"]) if one.get("estimate") else None,
                under=one.get("under", ""),
                after=tuple(one.get("after", [])),
                checklist=tuple(one.get("checklist", [])),
                depth=depths[one["key"]],
            )
        )
    return lines


def content_of(head: Task) -> dict[str, Any]:
    """What a template keeps of a task and its parts: offsets instead of days. One query per level, and two."""
    rows = _tree(head)
    days = [day for row in rows if (day := row.starts_on or row.due_on) is not None]
    first = min(days, default=None)
    keys = {row.pk: str(place) for place, row in enumerate(_in_order(rows), start=1)}
    waits: dict[Any, list[str]] = {}
    for link in Dependency.objects.filter(successor_task__in=keys, predecessor_task__in=keys):
        waits.setdefault(link.successor_task_id, []).append(keys[link.predecessor_task_id])
    lists: dict[Any, list[dict[str, str]]] = {}
    for item in ChecklistItem.objects.filter(task__in=keys).order_by("position"):
        lists.setdefault(item.task_id, []).append({"kind": item.kind, "text": item.text})
    return {
        "tasks": [
            {
                "key": keys[row.pk],
                "title": row.title,
                "kind": row.kind,
                "start": _offset(first, row.starts_on or row.due_on),
                "days": _offset(row.starts_on or row.due_on, row.due_on) + 1,
                "estimate": str(row.estimate_days) if row.estimate_days else "",
                "under": keys.get(row.parent_id, "") if row.parent_id else "",
                "after": sorted(waits.get(row.pk, [])),
                "checklist": lists.get(row.pk, []),
            }
            for row in _in_order(rows)
        ]
    }


def _tree(head: Task) -> list[Task]:
    found, level = [head], [head]
    for _step in range(DEEPEST):
        level = list(Task.objects.filter(parent__in=level).exclude(state="cancelled").order_by("reference"))
        found += level
        if not level:
            break
    return found


def _in_order(rows: Iterable[Task]) -> list[Task]:
    """Parents before their parts and predecessors before successors, else by the day on which they begin."""
    left = sorted(rows, key=lambda row: (row.starts_on or row.due_on or datetime.date.max, row.reference))
    known = {row.pk for row in left}
    before: dict[Any, set[Any]] = {row.pk: {row.parent_id} & known for row in left}
    for link in Dependency.objects.filter(successor_task__in=known, predecessor_task__in=known):
        before[link.successor_task_id].add(link.predecessor_task_id)
    done: list[Task] = []
    while left:
        put = {row.pk for row in done}
        free = next((row for row in left if before[row.pk] <= put), left[0])
        done.append(free)
        left.remove(free)
    return done


def _offset(first: datetime.date | None, day: datetime.date | None) -> int:
    return (day - first).days if first and day else 0


def next_reference(year: int) -> str:
    """The next number of the work plan of a year. Only inside an action."""
    return f"TSK-{year}-{next_in(f'task:{year}'):05d}"


def next_due(task: Task) -> datetime.date | None:
    """The day on which the next task of a row is due, counted from the row's first; None when it ends."""
    if task.repeats == Task.Repeats.NEVER or task.due_on is None:
        return None
    first = task
    while first.repeat_of is not None:
        first = first.repeat_of
    return recurrence.after(first.due_on or task.due_on, task.repeats, task.due_on, task.repeats_until)


def to_repeat(today: datetime.date, ahead_days: int) -> list[Task]:
    """Tasks whose next one is due within so many days and is not there yet."""
    rows = Task.objects.exclude(repeats=Task.Repeats.NEVER).exclude(state="cancelled")
    last = rows.exclude(pk__in=Task.objects.exclude(repeat_of=None).values("repeat_of"))
    horizon = today + datetime.timedelta(days=ahead_days)
    return [row for row in last.select_related("repeat_of").order_by("pk") if (day := next_due(row)) and day <= horizon]
