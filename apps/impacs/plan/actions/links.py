"""What waits for what: added with a check for circles, taken away again."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.council.models import Clause
from apps.impacs.models import Dependency, StateAction, Task
from apps.impacs.plan.actions import fields
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices, graph

S = Task.State
LAG = {
    "kind": forms.ChoiceField(
        label=pgettext_lazy("field, impacs", "How"),
        required=False,
        choices=Dependency.Kind.choices,
        initial=Dependency.Kind.FS.value,
    ),
    "lag_days": forms.IntegerField(
        label=pgettext_lazy("field, impacs", "Days in between"),
        required=False,
        min_value=-365,
        max_value=365,
        initial=0,
    ),
}


@action(
    "task.add_dependency",
    model=Task,
    label=_("Add a dependency"),
    done=_("Made a task wait for something"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={
        "before": fields.OtherTasks(
            choices.tasks, label=pgettext_lazy("field, impacs", "Preceding task"), required=False
        ),
        "clause": fields.Chosen(choices.clauses, label=_("Or the States' answers to a clause"), required=False),
        **LAG,
        "missing_allowed": forms.IntegerField(
            label=_("Number of States that may be missing"),
            required=False,
            min_value=0,
            max_value=30,
            initial=0,
            help_text=_("1 of 11: the task starts when ten have submitted"),
        ),
        "or_on": fields.day(_("Starts in any case on")),
    },
)
def add_task_dependency(
    actor: Actor,
    task: Task,
    *,
    kind: str = "",
    lag_days: int | None = None,
    or_on: datetime.date | None = None,
    missing_allowed: int | None = None,
    before: str = "",
    clause: str = "",
) -> Task:
    """Let the task wait for another task, or for a number of States under a clause."""
    if bool(before) == bool(clause):
        raise ValidationError({"before": _now("Choose a task or a clause, not both.")})
    row = Dependency(
        successor_task=task,
        predecessor_task=_task(actor, before),
        predecessor_clause=_clause(actor, clause),
        kind=kind or Dependency.Kind.FS,
        lag_days=lag_days or 0,
        missing_allowed=missing_allowed or 0,
        or_on=or_on,
    )
    _keep(actor, row, "before" if before else "clause")
    return task


@action(
    "task.add_successor",
    model=Task,
    label=_("Make a clause depend on it"),
    done=_("Made a clause wait for a task"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={
        "clause": fields.Chosen(choices.clauses, label=_("Clause whose States depend on it"), required=False),
        "action": forms.UUIDField(label=_("Or one State's obligation (its ID)"), required=False),
        **LAG,
    },
)
def add_task_successor(
    actor: Actor, task: Task, *, clause: str = "", action: Any = None, kind: str = "", lag_days: int | None = None
) -> Task:
    """Say that the States of a clause, or one State, cannot go on before this task is done."""
    if bool(clause) == bool(action):
        raise ValidationError({"clause": _now("Choose a clause or one State's obligation, not both.")})
    rows = StateAction.objects.visible_to(actor)
    row = Dependency(
        predecessor_task=task,
        successor_clause=_clause(actor, clause),
        successor_action=fields.seen(rows, actor, action, "action", _now("There is no obligation with this ID.")),
        kind=kind or Dependency.Kind.FS,
        lag_days=lag_days or 0,
    )
    _keep(actor, row, "clause" if clause else "action")
    return task


def _task(actor: Actor, key: str) -> Task | None:
    sentence = _now("There is no task with this ID that you can see.")
    found: Task | None = fields.seen(Task.objects.visible_to(actor), actor, key, "before", sentence)
    return found


def _clause(actor: Actor, key: str) -> Clause | None:
    rows = Clause.objects.visible_to(actor).filter(decision__state="in_force")
    found: Clause | None = fields.seen(rows, actor, key, "clause", _now("There is no clause in force with this ID."))
    return found


def _keep(actor: Actor, row: Dependency, field: str) -> None:
    """Save the dependency unless it closes a circle; nobody else adds one meanwhile."""
    if not graph.alone():
        raise ValidationError({field: _now("Someone else is adding a dependency. Try again.")})
    before, after = graph.nodes_of(row)
    if before == after:
        raise ValidationError({field: _now("A task cannot depend on itself.")})
    way = graph.circle_closed_by(row)
    if way:
        chain = " → ".join(graph.name_graph_nodes(actor, way))
        raise ValidationError({field: _now("They would depend on each other: %(chain)s.") % {"chain": chain}})
    _ask_whether_new(row, field)
    row.save()
    for other in (row.predecessor_task, row.successor_task):
        if other is not None:
            emit("task.dependencies", other)


def _ask_whether_new(row: Dependency, field: str) -> None:
    names = ("successor_task", "successor_action", "successor_clause", "predecessor_task", "predecessor_clause")
    if Dependency.objects.filter(**{f"{name}_id": getattr(row, f"{name}_id") for name in names}).exists():
        raise ValidationError({field: _now("It already depends on this.")})


@action(
    "task.remove_dependency",
    model=Task,
    label=_("Remove the dependency"),
    done=_("Removed a dependency of a task"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={"dependency": forms.UUIDField(label=pgettext_lazy("field, impacs", "Dependency"))},
)
def remove_task_dependency(actor: Actor, task: Task, *, dependency: Any) -> Task:
    """Take a dependency of the task away, in either direction."""
    rows = Dependency.objects.visible_to(actor).filter(pk=dependency)
    row = rows.filter(successor_task=task).first() or rows.filter(predecessor_task=task).first()
    if row is None:
        raise ValidationError({"dependency": _now("The task has no dependency with this ID.")})
    other = row.predecessor_task if row.successor_task_id == task.pk else row.successor_task
    if other is not None:
        also("task.remove_dependency", other)
    row.delete()
    emit("task.dependencies", task)
    return task
