"""Tasks are made, changed and planned; who does them, and who sees them."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import groups_that_see, share, unshare
from apps.access.refusal import Refused
from apps.access.short_cache import once
from apps.council.queries.membership import day_of
from apps.impacs.models import Assignment, Mandate, Task
from apps.impacs.plan.actions import dates as plan
from apps.impacs.plan.actions import fields
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices, graph, templates
from apps.impacs.plan.queries.people import inside
from apps.impacs.policy import is_clock
from apps.impacs.refusals import Refusals
from apps.people.models import Desk

S = Task.State


@action(
    "task.create",
    model=Task,
    label=pgettext_lazy("button, impacs", "New task"),
    done=_("Created a task"),
    policy=policy.may_create,
    ends=S.BACKLOG,
    takes=fields.task_fields(),
)
def create_task(actor: Actor, _row: None, *, owner: str = "", **given: Any) -> Task:
    """Put a task on the work plan: under a mandate, where all Member States see it, or as internal work."""
    task = make_task(actor, fields.desk_of(actor, owner), given)
    emit("task.created", task)
    return task


def make_task(actor: Actor, owner: Desk, given: dict[str, Any], **columns: Any) -> Task:
    """A saved task with its number, shared with whom it concerns; part of an action under way."""
    today = day_of(timezone.now(), actor.time_zone)
    task = Task(
        owner=owner, originator_id=actor.party_code, year=today.year, changed_by_seat_id=actor.seat_id, **columns
    )
    plan.put(actor, task, given)
    task.level = task.mandate.level if task.mandate is not None else task.level
    task.reference = templates.next_reference(task.year)
    task.save()
    _show(actor, task, *_concerned(task))
    return task


def see(actor: Actor, task: Task) -> None:
    """Let those see the task whom it concerns now: its inside, and that it is there; a desk that left loses it."""
    inner, outer = _concerned(task)
    unshare(task, (set(groups_that_see(task)) - inner - outer) | (inside(task) - inner))
    _show(actor, task, inner, outer)


def _concerned(task: Task) -> tuple[set[int], set[int]]:
    """(desks that see the inside of a task, desks that see that it is there)."""
    return set(plan.inner_desks(task)), set(plan.outer_desks(task, timezone.now().date()))


def _show(actor: Actor, task: Task, inner: set[int], outer: set[int]) -> None:
    mandate = task.mandate
    basis = str(mandate.decision) if mandate is not None else "work plan"
    if outer - inner:
        share(actor, task, outer - inner, basis=basis)
    share(actor, task, inner, "work", basis=basis)
    if mandate is not None:
        # the same desks see the same mandate for each of its tasks
        shared = partial(share, actor, mandate, inner, basis=task.reference)
        once(("shown", mandate.pk, frozenset(inner)), shared)


@action(
    "task.change",
    model=Task,
    label=pgettext_lazy("button, impacs", "Edit"),
    done=_("Changed a task"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes=fields.task_fields(),
)
def change_task(actor: Actor, task: Task, *, owner: str = "", **given: Any) -> Task:
    """Change the plan of a task; what is not sent stays. Dates of others that follow are proposed, never moved."""
    before = (task.owner_id, task.mandate_id, task.reviewer_id)
    if owner and owner != task.owner.code:
        task.owner = fields.desk_of(actor, owner)
    if "mandate" in given and task.state in Task.STARTED and str(task.mandate_id or "") != str(given["mandate"] or ""):
        raise ValidationError({"mandate": _now("The task is under way and cannot change its mandate.")})
    plan.put(actor, task, given)
    if task.state != S.BACKLOG:
        _ask_for_plan(task)
    after = (task.owner_id, task.mandate_id, task.reviewer_id)
    if after != before:
        task.level = task.mandate.level if task.mandate is not None else task.level
        see(actor, task)
    emit("task.changed", task, {"to": "owner"} if before[0] != task.owner_id else {})
    return task


@action(
    "task.plan",
    model=Task,
    label=pgettext_lazy("button, impacs", "Plan"),
    done=_("Planned a task"),
    policy=policy.may_head,
    starts={S.BACKLOG},
    ends=S.PLANNED,
)
def plan_task(actor: Actor, task: Task) -> Task:
    """Take the task into the plan: it has a start, a due day, an estimate, and a budget line if it costs anything."""
    if task.mandate is not None and task.mandate.state not in Mandate.UNREPORTED:
        raise Refused("wrong-state", Refusals.MANDATE_OVER)
    _ask_for_plan(task)
    emit("task.planned", task)
    return task


def _ask_for_plan(task: Task) -> None:
    faults = {}
    if task.due_on is None:
        faults["due_on"] = _now("Enter the due date. The task cannot be planned without it.")
    if task.kind == Task.Kind.TASK and task.starts_on is None:
        faults["starts_on"] = _now("Enter the start date. The task cannot be planned without it.")
    if task.kind == Task.Kind.TASK and not task.estimate_days:
        faults["estimate_days"] = _now("Enter the days of work needed, for example 4 or 0.5.")
    if task.cost_minor and task.budget_line_id is None:
        faults["budget_line"] = _now("The task has a cost. Choose the budget line that pays for it.")
    if faults:
        raise ValidationError(faults)


@action(
    "task.release",
    model=Task,
    label=pgettext_lazy("button, impacs", "Release"),
    done=_("Released a task that waited"),
    policy=is_clock,
    starts={S.PLANNED},
    ends=S.READY,
    automatic=True,
)
def release_task(actor: Actor, task: Task, *, others: Sequence[Any] = ()) -> Task:
    """Everything that the tasks wait for is done, or the day has come on which they begin in any case."""
    rows = list(Task.objects.filter(pk__in=others, state=S.PLANNED).order_by("pk").select_for_update(of=("self",)))
    held = graph.holding([task, *rows], day_of(timezone.now(), actor.time_zone))
    if task.pk in held:
        raise Refused("wrong-state")
    for row in rows:
        if row.pk not in held:
            row.state = S.READY
            change_also("task.release", row, "state", before=S.PLANNED)
            emit("task.ready", row)
    emit("task.ready", task)
    return task


@action(
    "task.assign",
    model=Task,
    label=pgettext_lazy("button, impacs", "Assign"),
    done=_("Assigned a task to a person"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={"person": fields.Chosen(choices.seats, label=pgettext_lazy("field, impacs", "Person"))},
)
def assign_task(actor: Actor, task: Task, *, person: str) -> Task:
    """Give the task to one more person; their desk sees its inside from now on."""
    seat = fields.seat_of(actor, person, "person")
    if seat is None or (task.reviewer is not None and task.reviewer.user_id == seat.user_id):
        raise ValidationError({"person": _now("This person reviews the task. Choose someone else to do it.")})
    _row, made = Assignment.objects.get_or_create(task=task, seat=seat)
    if not made:
        raise ValidationError({"person": _now("This person is already assigned to the task.")})
    task.desks = sorted({*task.desks, seat.desk_id})
    see(actor, task)
    emit("task.assigned", task, {"desk": seat.desk_id})
    return task


@action(
    "task.unassign",
    model=Task,
    label=pgettext_lazy("button, impacs", "Remove"),
    done=_("Took a person off a task"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={"person": fields.Chosen(choices.seats, label=pgettext_lazy("field, impacs", "Person"))},
)
def unassign_task(actor: Actor, task: Task, *, person: str) -> Task:
    """Take a person off the task; what they wrote and worked stays."""
    gone, _kinds = Assignment.objects.filter(task=task, seat__uid=fields.key_of(person)).delete()
    if not gone:
        raise ValidationError({"person": _now("This person is not assigned to the task.")})
    task.desks = sorted(set(Assignment.objects.filter(task=task).values_list("seat__desk_id", flat=True)))
    see(actor, task)
    return task
