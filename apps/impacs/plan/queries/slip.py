"""What follows when dates of tasks move: which tasks and clauses that wait for them no longer fit."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.council.models import Clause
from apps.impacs.models import Dependency, StateAction, Task
from apps.impacs.plan.queries.lines import short
from apps.impacs.plan.rules import schedule
from apps.impacs.plan.rules.schedule import Item, Link, Shift, Span, span_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """A successor that no longer fits: the task, or the clause or State's action, with its shift and the reason."""

    shift: Shift
    task: Any
    name: str
    reason: str
    flags: list[str]

    @property
    def seen(self) -> str:
        """What a page says of the shift: version and dates; the same only while nothing has changed."""
        return f"{self.task.version} {self.shift.new.start} {self.shift.new.due}" if self.task is not None else ""

    @property
    def can_accept(self) -> bool:
        """Whether its dates can be moved here: a day that a clause sets moves by an extension alone."""
        return self.task is not None and schedule.NEEDS_EXTENSION not in self.shift.flags


def proposed(actor: Actor, moves: Mapping[Any, Span], today: datetime.date) -> list[Proposed]:
    """The visible successors that would have to move, nearest first. Five queries, whatever the size of the plan."""
    rows = list(Dependency.objects.visible_to(actor).exclude(predecessor_task=None))
    links = [Link(("task", row.predecessor_task_id), _after(row), row.kind, row.lag_days) for row in rows]
    keys = _below(links, {("task", key) for key in moves})
    keys |= {link.before for link in links if link.after in keys}
    found = Task.objects.visible_to(actor).filter(pk__in=[key for kind, key in keys if kind == "task"])
    tasks = {row.pk: row for row in found.select_related("mandate", "owner")}
    items = [_item(row) for row in tasks.values()]
    names: dict[Any, str] = {("task", row.pk): str(row) for row in tasks.values()}
    for item, name in [*_clauses(actor, keys), *_actions(actor, keys)]:
        items.append(item)
        names[item.key] = name
    shifts = schedule.proposal(items, links, {("task", key): span for key, span in moves.items()})
    shifts.sort(key=lambda shift: (shift.new.start, str(shift.key)))
    spans: dict[Any, Span] = {("task", key): span for key, span in moves.items()}
    spans |= {shift.key: shift.new for shift in shifts}
    return [
        Proposed(
            shift=shift,
            task=tasks.get(key[1]) if key[0] == "task" else None,
            name=names.get(key, ""),
            reason=_reason(shift.because, names, spans, today),
            flags=_flags(shift),
        )
        for shift in shifts
        for key in [cast("tuple[str, Any]", shift.key)]
    ]


def unsettled(actor: Actor, task: Any, today: datetime.date) -> bool:
    """Whether something that waits for the task no longer fits its dates."""
    span = span_of(task.starts_on, task.due_on)
    return span is not None and bool(proposed(actor, {task.pk: span}, today))


def _after(row: Dependency) -> tuple[str, Any]:
    if row.successor_task_id:
        return "task", row.successor_task_id
    return ("action", row.successor_action_id) if row.successor_action_id else ("clause", row.successor_clause_id)


def _below(links: Iterable[Link], sources: set[Any]) -> set[Any]:
    after: dict[Any, list[Any]] = {}
    for link in links:
        after.setdefault(link.before, []).append(link.after)
    found, todo = set(sources), list(sources)
    while todo:
        for key in after.get(todo.pop(), ()):
            if key not in found:
                found.add(key)
                todo.append(key)
    return found


def _item(row: Any) -> Item:
    return Item(
        ("task", row.pk),
        span_of(row.starts_on, row.due_on),
        clause_due=row.mandate.due_on if row.mandate_id else None,
        started=row.actual_start is not None,
        over=row.state not in Task.OPEN,
    )


def _clauses(actor: Actor, keys: set[Any]) -> list[tuple[Item, str]]:
    wanted = [key for kind, key in keys if kind == "clause"]
    rows = Clause.objects.visible_to(actor).filter(pk__in=wanted).select_related("decision") if wanted else []
    words = pgettext("words, impacs", "%(decision)s, clause %(number)s")
    return [
        (_of_clause(("clause", row.pk), row.due_on), words % {"decision": row.decision, "number": row.number})
        for row in rows
    ]


def _actions(actor: Actor, keys: set[Any]) -> list[tuple[Item, str]]:
    wanted = [key for kind, key in keys if kind == "action"]
    found = StateAction.objects.visible_to(actor).filter(pk__in=wanted)
    rows = found.select_related("decision", "clause", "party") if wanted else []
    words = pgettext("words, impacs", "%(party)s under %(decision)s, clause %(number)s")
    return [
        (
            _of_clause(("action", row.pk), row.due_on),
            words % {"party": row.party.short_name, "decision": row.decision, "number": row.clause.number},
        )
        for row in rows
    ]


def _of_clause(key: Any, due: datetime.date | None) -> Item:
    """What States do has one day that matters here: the one on which they have to be done."""
    return Item(key, span_of(due, due), clause_due=due)


def _reason(link: Link, names: dict[Any, str], spans: dict[Any, Span], today: datetime.date) -> str:
    name, span = names.get(link.before, ""), spans.get(link.before)
    if span is None:
        return _("It depends on %(name)s.") % {"name": name}
    if link.kind == schedule.SS:
        start = short(span.start, today)
        return _("It starts with %(name)s, which now starts on %(day)s.") % {"name": name, "day": start}
    words = {"name": name, "day": short(span.due, today)}
    if link.kind == schedule.FF:
        return _("It ends with %(name)s, which now ends on %(day)s.") % words
    return _("It starts after %(name)s, which now ends on %(day)s.") % words


def _flags(shift: Shift) -> list[str]:
    said = []
    if schedule.NEEDS_EXTENSION in shift.flags:
        said.append(
            _("%(days)s days after the clause's due date: only an extension can move that.") % {"days": shift.days_over}
        )
    if schedule.ALREADY_STARTED in shift.flags:
        said.append(_("Work on it has already begun."))
    return said
