"""How much the people of a task have to do already, for the guard at its start."""

import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from apps.impacs.models import Assignment, EffortEntry, Task
from apps.impacs.plan.queries.rules_in_force import TaskLimits
from apps.impacs.plan.queries.workload import days_off, keeps
from apps.impacs.plan.rules import workload
from apps.impacs.plan.rules.workload import BLOCK, Limits, Week, Work

BUSY = frozenset({"in_progress", "waiting", "blocked", "in_review"})
"""What has been started fills a week; what is only planned does not yet."""

LONGEST_LOOK = 26
"""Weeks ahead that are looked at."""


def weeks_with(task: Any, today: datetime.date, limits: TaskLimits) -> list[Week]:
    """The weeks of the people assigned, were this task started today. Five queries."""
    people = dict(Assignment.objects.filter(task=task).values_list("seat__user_id", "seat__desk__party_id"))
    if not people or task.due_on is None or not task.estimate_days:
        return []
    given = Assignment.objects.filter(seat__user__in=list(people)).values_list("task_id", "seat__user_id")
    by_task: dict[Any, list[int]] = {}
    for key, person in given:
        by_task.setdefault(key, []).append(person)
    rows = [row for row in Task.objects.filter(pk__in=by_task, state__in=BUSY) if row.pk != task.pk]
    works = [one for row in [task, *rows] if (one := _work(row, by_task[row.pk], today))]
    works = _less_what_was_spent(works, limits.workload)
    first, last = workload.monday_of(today), workload.monday_of(max(task.due_on, today))
    count = min((last - first).days // 7 + 1, LONGEST_LOOK)
    mondays = [first + datetime.timedelta(weeks=n) for n in range(count)]
    keeping = {person: keeps(party, limits.hosts) for person, party in people.items()}
    off = days_off(keeping, first, mondays[-1] + datetime.timedelta(days=370))
    found = workload.weeks(list(people), works, today, mondays, off, limits.workload)
    return [week for of_person in found.values() for week in of_person if any(key == task.pk for key, _ in week.shares)]


def _work(row: Any, people: list[int], today: datetime.date) -> Work | None:
    if row.due_on is None or not row.estimate_days:
        return None
    return Work(row.pk, Fraction(row.estimate_days), row.starts_on or today, row.due_on, tuple(people))


def _less_what_was_spent(works: list[Work], limits: Limits) -> list[Work]:
    rows = (
        EffortEntry.objects.filter(task__in=[one.key for one in works]).values("task_id").annotate(hours=Sum("hours"))
    )
    spent = {row["task_id"]: Fraction(row["hours"]) / limits.hours_per_day for row in rows}
    return [
        Work(one.key, workload.left_of(one.left, spent.get(one.key, Fraction(0))), one.start, one.due, one.people)
        for one in works
    ]


def blocked_by(task: Any, today: datetime.date, limits: TaskLimits) -> dict[str, Any] | None:
    """The worst week above the limit: {person, pct, monday, limit}; None if there is none."""
    over = [week for week in weeks_with(task, today, limits) if week.level == BLOCK]
    worst = workload.heaviest(over, limits.workload)
    if worst is None:
        return None
    people = Assignment.objects.filter(task=task).select_related("seat__user", "seat__desk")
    name = next((row.seat.person_name for row in people if row.seat.user_id == worst.person), "")
    pct = "∞" if worst.pct is None else worst.pct
    monday = f"{worst.monday.day} {worst.monday:%b %Y}"
    return {"person": name, "pct": pct, "monday": monday, "limit": limits.workload.block_above_pct}
