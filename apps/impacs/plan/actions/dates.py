"""What a plan has to keep to, whoever changes it: page, API, bulk edit, import."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.access.short_cache import once
from apps.council.queries import audience
from apps.impacs.models import Assignment, BudgetLine, Mandate, Programme, Task
from apps.impacs.plan.actions import fields
from apps.impacs.refusals import Refusals
from apps.people.models import Seat
from apps.people.queries import desk_ids

PLAIN = ("title", "description", "kind", "year", "starts_on", "due_on", "estimate_days", "priority", "currency")


def put(actor: Actor, task: Task, given: dict[str, Any]) -> Task:
    """Write what was given onto the unsaved task, keys looked up; ValidationError at the fields at fault."""
    for name in PLAIN:
        if name in given and (given[name] not in (None, "") or name in {"description", "starts_on", "due_on"}):
            setattr(task, name, given[name])
    if "estimate_days" in given:
        task.estimate_days = given["estimate_days"]
    if "cost" in given:
        task.cost_minor = fields.minor(given["cost"]) if given["cost"] else 0
    _put_keys(actor, task, given)
    if given.get("repeats"):
        task.repeats = given["repeats"]
    if "repeats_until" in given:
        task.repeats_until = given["repeats_until"]
    check_task_dates(actor, task, dates_moved=bool({"starts_on", "due_on", "mandate"} & set(given)))
    return task


def _put_keys(actor: Actor, task: Task, given: dict[str, Any]) -> None:
    if "mandate" in given:
        rows, key = Mandate.objects.visible_to(actor).select_related("decision", "clause"), given["mandate"]
        sentence = _("There is no mandate with this ID that you can see.")
        seen = lambda: fields.seen(rows, actor, key, "mandate", sentence)  # noqa: E731
        task.mandate = once(("mandate", actor.seat_id, str(key)), seen)
    if "parent" in given:
        sentence = _("There is no task with this ID that you can see.")
        task.parent = fields.seen(Task.objects.visible_to(actor), actor, given["parent"], "parent", sentence)
    if "programme" in given:
        code = given["programme"]
        found = Programme.objects.visible_to(actor).filter(code=code)
        task.programme = once(("programme", actor.seat_id, code), found.first) if code else None
        if code and task.programme is None:
            raise ValidationError({"programme": _("There is no programme %(code)s.") % {"code": code}})
    if "budget_line" in given:
        sentence = _("There is no budget line with this ID that you can see.")
        lines = BudgetLine.objects.visible_to(actor).select_related("fund", "programme")
        task.budget_line = fields.seen(lines, actor, given["budget_line"], "budget_line", sentence)
    if "reviewer" in given:
        task.reviewer = fields.seat_of(actor, given["reviewer"] or "", "reviewer")


def check_task_dates(actor: Actor, task: Task, *, dates_moved: bool) -> None:
    """Everything that must hold of a task, planned or not; all faults at once."""
    faults: dict[str, str] = {}
    if not task.title.strip():
        faults["title"] = _("Enter a title, for example: Circulate the model provisions.")
    faults |= _of_dates(task) if dates_moved else {}
    faults |= _of_parent(task) | _of_programme(task) | _of_money(task) | _of_reviewer(task) | _of_repetition(task)
    if faults:
        raise ValidationError(faults)
    if task.mandate is not None and task.mandate.state not in Mandate.UNREPORTED and task._state.adding:
        raise Refused("wrong-state", Refusals.MANDATE_OVER)


def _of_dates(task: Task) -> dict[str, str]:
    start, due = task.starts_on, task.due_on
    if start and due and due < start:
        return {"due_on": _("This is before the start. Enter %(day)s or later.") % {"day": _shown(start)}}
    if task.mandate_id is None:
        return {}
    rows = Mandate.objects.select_related("decision", "clause").filter(pk=task.mandate_id)
    mandate: Any = once(("mandate of", task.mandate_id), rows.get)
    task.mandate, begins, ends = mandate, mandate.decision.in_force_on, mandate.due_on
    early = next((name for name, day in (("starts_on", start), ("due_on", due)) if day and begins and day < begins), "")
    if early:
        sentence = _("The decision is in force from %(day)s. Enter that day or a later one.")
        return {early: sentence % {"day": _shown(begins)}}
    if due and ends and due > ends:
        sentence = _("The mandate is due on %(day)s. Enter that day or an earlier one. Only an extension can move it.")
        return {"due_on": sentence % {"day": _shown(ends)}}
    return {}


def _shown(day: Any) -> str:
    return f"{day.day} {day:%b %Y}" if isinstance(day, datetime.date) else str(day)


def _of_parent(task: Task) -> dict[str, str]:
    above = task.parent
    if above is None:
        return {}
    if above.mandate_id != task.mandate_id:
        return {"parent": _("That task belongs to another mandate. Choose a task of the same mandate.")}
    way = [task.reference or task.title]
    while above is not None:
        if above.pk == task.pk:
            return {"parent": _("A task cannot be part of itself: %(way)s.") % {"way": " → ".join(way)}}
        way.append(above.reference)
        above = above.parent
    return {}


def _of_programme(task: Task) -> dict[str, str]:
    one = task.programme
    if one is None:
        return {}
    last = one.valid_to.year if one.valid_to else task.year
    if not one.valid_from.year <= task.year <= last:
        return {"programme": _("Programme %(code)s does not run in %(year)s.") % {"code": one.code, "year": task.year}}
    return {}


def _of_money(task: Task) -> dict[str, str]:
    if task.cost_minor and not task.currency:
        return {"currency": _("Enter the currency of the cost, for example USD.")}
    line = task.budget_line
    if line is not None and line.year != task.year:
        return {"budget_line": _("This line is for %(year)s. Choose one for the task's year.") % {"year": line.year}}
    return {}


def _of_reviewer(task: Task) -> dict[str, str]:
    if task.reviewer_id is None:
        return {}
    person = Seat.objects.values_list("user_id", flat=True).get(pk=task.reviewer_id)
    if task.pk and Assignment.objects.filter(task=task, seat__user=person).exists():
        return {"reviewer": _("This person works on the task. Choose another reviewer.")}
    return {}


def _of_repetition(task: Task) -> dict[str, str]:
    if task.repeats == Task.Repeats.NEVER:
        return {}
    if task.due_on is None:
        return {"due_on": _("A repeating task needs a first due date.")}
    if task.repeats_until is not None and task.repeats_until < task.due_on:
        return {"repeats_until": _("This is before the first due date. Enter a later day.")}
    return {}


def inner_desks(task: Task) -> list[int]:
    """Groups that see the inside: the agency, the desk that does it, desks of those assigned and of the reviewer."""
    agency = once("agency", lambda: desk_ids("IMPACS.secretariat", "IMPACS.automation"))
    reviewer = set() if task.reviewer is None else {task.reviewer.desk_id}
    return sorted({*agency, task.owner_id, *task.desks, *reviewer})


def outer_desks(task: Task, today: datetime.date) -> list[int]:
    """Groups that see that it is there: all Member States if it serves a mandate, and whom it waits for."""
    members = once(("members", today), lambda: audience.members(today)) if task.mandate_id else []
    return [*members, *(audience.ministries(task.waiting_for) if task.waiting_for else [])]
