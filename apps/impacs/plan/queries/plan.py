"""Tasks as the views over the plan read them: narrowed by filters, in an order, in groups."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, Exists, F, Max, Min, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.impacs.models import Assignment, ChecklistItem, Dependency, Mandate, Programme, Task
from apps.impacs.plan.queries.pages import FOREVER, NOBODY, Key, day
from apps.impacs.plan.rules.schedule import Link

OPEN = Q(state__in=sorted(Task.OPEN))


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the plan is asked for. Empty means all.

    `state` is one of the task's states, "open" or "late"; `person` the public id of a seat; `party` a State that
    something is waited for from.
    """

    q: str = ""
    state: str = ""
    owner: str = ""
    programme: str = ""
    mandate: UUID | None = None
    decision: UUID | None = None
    internal: bool = False
    year: int | None = None
    kind: str = ""
    priority: int | None = None
    party: str = ""
    due_from: datetime.date | None = None
    due_to: datetime.date | None = None
    mine: bool = False
    person: UUID | None = None


def tasks(actor: Actor, filters: Filters, today: datetime.date) -> Any:
    """Visible tasks that fit the filters, with their owner and programme; unordered."""
    rows = Task.objects.visible_to(actor).select_related("owner__party")
    plain = {
        "owner__code": filters.owner,
        "programme__code": filters.programme,
        "mandate": filters.mandate,
        "mandate__decision": filters.decision,
        "year": filters.year,
        "kind": filters.kind,
        "priority": filters.priority,
        "due_on__gte": filters.due_from,
        "due_on__lte": filters.due_to,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if filters.q:
        rows = rows.filter(Q(title__icontains=filters.q) | Q(reference__icontains=filters.q))
    if filters.party:
        rows = rows.filter(waiting_for__contains=[filters.party], state=Task.State.WAITING)
    if filters.internal:
        rows = rows.filter(mandate=None)
    return _of_person(_in_state(rows, filters.state, today), actor, filters)


def _in_state(rows: Any, state: str, today: datetime.date) -> Any:
    if state == "open":
        return rows.filter(OPEN)
    if state == "late":
        return rows.filter(OPEN, due_on__lt=today)
    return rows.filter(state=state) if state else rows


def _of_person(rows: Any, actor: Actor, filters: Filters) -> Any:
    """Who is assigned is known to those alone who see the inside of the task."""
    given = Assignment.objects.visible_to(actor).filter(task=OuterRef("pk"))
    if filters.mine:
        rows = rows.filter(Exists(given.filter(seat=actor.seat_id)) | Q(reviewer=actor.seat_id))
    return rows.filter(Exists(given.filter(seat__uid=filters.person))) if filters.person else rows


ORDERS: dict[str, Key] = {
    "due": Key(Coalesce("due_on", Value(FOREVER), output_field=DateField()), day),
    "start": Key(Coalesce("starts_on", Value(FOREVER), output_field=DateField()), day),
    "title": Key(Lower("title")),
    "reference": Key(F("reference")),
    "owner": Key(F("owner__code")),
    "state": Key(F("state")),
    "priority": Key(F("priority"), int),
}
"""What the list can be sorted by."""

GROUPS: dict[str, Key] = {
    "mandate": Key(Coalesce("mandate_id", Value(NOBODY), output_field=UUIDField()), UUID),
    "programme": Key(Coalesce("programme_id", Value(NOBODY), output_field=UUIDField()), UUID),
    "owner": Key(F("owner__code")),
}
"""What a timeline can be grouped by. Keys of records grow with time: mandates stand in the order they were given."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one mandate, programme or desk: how many, how many of them late, over which days."""

    key: Any
    title: str
    count: int
    late: int
    first: datetime.date | None
    last: datetime.date | None


def groups(rows: Any, by: str, titles: dict[Any, str], today: datetime.date) -> list[Group]:
    """The groups of a selection in their order. One query, whatever the number of tasks."""
    late = Count("pk", filter=OPEN & Q(due_on__lt=today))
    found = rows.order_by().annotate(group=GROUPS[by].expression).values("group")
    counted = found.annotate(n=Count("pk"), late=late, first=Min("starts_on"), last=Max("due_on")).order_by("group")
    return [
        Group(one["group"], name_task_group(one["group"], by, titles), one["n"], one["late"], one["first"], one["last"])
        for one in counted
    ]


def name_task_group(key: Any, by: str, titles: dict[Any, str]) -> str:
    """The name of a group; what has none is work that comes from no decision, or from no programme."""
    if key == NOBODY:
        return (
            pgettext("words, impacs", "Internal work") if by == "mandate" else pgettext("words, impacs", "No programme")
        )
    return titles.get(key, str(key) if by == "owner" else _("Not visible to you"))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what at least one visible task has. Values and names."""

    owners: list[tuple[str, str]]
    programmes: list[tuple[str, str]]
    mandates: list[tuple[str, str]]
    decisions: list[tuple[str, str]]
    years: list[int]
    parties: list[str]
    titles: dict[Any, str]
    lines: dict[Any, Any]


def choices(actor: Actor) -> Choices:
    """The choices of the filters and the names of groups. Three queries."""
    seen = Task.objects.visible_to(actor)
    mandates = list(
        Mandate.objects.visible_to(actor)
        .filter(pk__in=seen.exclude(mandate=None).order_by().values("mandate"))
        .select_related("decision", "clause")
        .order_by("pk")
    )
    programmes = list(Programme.objects.visible_to(actor).order_by("code"))
    facts = seen.order_by().values_list("owner__code", "owner__party__short_name", "year", "waiting_for").distinct()
    rows = list(facts)
    decisions = {str(one.decision_id): str(one.decision) for one in mandates}
    return Choices(
        owners=sorted({(code, code) for code, *_rest in rows}),
        programmes=[(one.code, str(one)) for one in programmes],
        mandates=[(str(one.pk), mandate_line(one)) for one in mandates],
        decisions=sorted(decisions.items(), key=lambda each: each[1]),
        years=sorted({year for _code, _name, year, _waiting in rows}),
        parties=sorted({code for *_rest, waiting in rows for code in waiting}),
        titles={one.pk: mandate_line(one) for one in mandates} | {one.pk: str(one) for one in programmes},
        lines={one.pk: one for one in mandates},
    )


def mandate_line(row: Mandate) -> str:
    """ "CONSLE/2026/9/DEC/01, 2: Each Member State names a contact" """
    words = {"decision": row.decision, "clause": row.clause.number, "title": row.title}
    return _("%(decision)s, %(clause)s: %(title)s") % words


def steps_done(actor: Actor, rows: list[Task]) -> dict[Any, int]:
    """{task: per cent of its steps that are ticked}, of tasks whose steps the actor sees. One query."""
    steps = ChecklistItem.objects.visible_to(actor).filter(task__in=rows, kind=ChecklistItem.Kind.STEP)
    counted = steps.order_by().values("task").annotate(n=Count("pk"), done=Count("done_on"))
    return {one["task"]: 100 * one["done"] // one["n"] for one in counted}


def links_among(actor: Actor, keys: list[Any]) -> list[Link]:
    """Dependencies of which both ends are among these tasks. One query."""
    rows = Dependency.objects.visible_to(actor).filter(successor_task__in=keys, predecessor_task__in=keys)
    found = rows.values_list("predecessor_task", "successor_task", "kind", "lag_days")
    return [Link(*values) for values in found.order_by("pk")]
