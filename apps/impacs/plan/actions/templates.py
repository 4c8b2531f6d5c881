"""Tasks that come again, and trees of tasks made from a template."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.impacs.models import Assignment, ChecklistItem, Dependency, Task, TaskTemplate
from apps.impacs.plan.actions import fields
from apps.impacs.plan.actions.tasks import make_task, see
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices, templates
from apps.impacs.policy import is_clock
from apps.people.queries import desk_ids

T = TaskTemplate.State
COPIED = ("title", "description", "kind", "estimate_days", "priority", "cost_minor", "currency", "repeats_until")
LINKED = ("owner_id", "mandate", "parent_id", "programme_id", "reviewer_id", "level", "originator_id", "repeats")


@action(
    "task.repeat",
    model=Task,
    label=pgettext_lazy("button, impacs", "Repeat"),
    done=_("Made the next task of a series"),
    policy=is_clock,
    ends=Task.State.BACKLOG,
    automatic=True,
)
def repeat_task(actor: Actor, _row: None, *, before: Task) -> Task:
    """Make the next task of a row, with its people and checklist; once for each, however often the clock asks."""
    earlier = Task.objects.select_for_update(of=("self",)).get(pk=before.pk)
    due = templates.next_due(earlier)
    if due is None or Task.objects.filter(repeat_of=earlier).exists():
        raise Refused("wrong-state")
    length = earlier.due_on - earlier.starts_on if earlier.starts_on and earlier.due_on else None
    copied = {name: getattr(earlier, name) for name in (*COPIED, *LINKED)}
    task = Task(**copied, year=due.year, due_on=due, starts_on=due - length if length is not None else None)
    task.repeat_of, task.made_from_id, task.changed_by_seat_id = earlier, earlier.made_from_id, actor.seat_id
    task.budget_line_id = earlier.budget_line_id if due.year == earlier.year else None
    task.desks = earlier.desks
    task.reference = templates.next_reference(due.year)
    task.save()
    people = Assignment.objects.filter(task=earlier).values_list("seat_id", flat=True)
    Assignment.objects.bulk_create(Assignment(task=task, seat_id=seat) for seat in people)
    _checklist(task, ChecklistItem.objects.filter(task=earlier).order_by("position").values("kind", "text"))
    see(actor, task)
    emit("task.created", task)
    return task


def _checklist(task: Task, items: Iterable[dict[str, str]]) -> None:
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=task, kind=item["kind"], text=item["text"], position=place)
        for place, item in enumerate(items, start=1)
    )


@action(
    "task_template.keep",
    model=TaskTemplate,
    label=_("Save as a template"),
    done=_("Kept a task as a template"),
    policy=policy.may_create,
    ends=T.CURRENT,
    takes={
        "task": fields.Chosen(choices.tasks, label=_("Task and its parts")),
        "name": forms.CharField(label=pgettext_lazy("field, impacs", "Name"), max_length=120),
        "summary": forms.CharField(label=pgettext_lazy("field, impacs", "Purpose"), required=False, max_length=300),
    },
)
def save_task_template(actor: Actor, _row: None, *, task: str, name: str, summary: str = "") -> TaskTemplate:
    """Keep a task with its parts, checklists and dependencies, so that they can be made again."""
    sentence = _now("There is no task with this ID that you can see.")
    head = fields.seen(Task.objects.visible_to(actor, "work"), actor, task, "task", sentence)
    if head is None:
        raise ValidationError({"task": sentence})
    if TaskTemplate.objects.filter(name=name).exists():
        raise ValidationError({"name": _now("A template with this name already exists. Choose another name.")})
    template = TaskTemplate.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=head.level,
        name=name,
        summary=summary,
        content=templates.content_of(head),
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, template, {actor.desk_id, *desk_ids("IMPACS.secretariat", "JRCC.watch", "RIFC.analysis")})
    return template


@action(
    "task_template.withdraw",
    model=TaskTemplate,
    label=pgettext_lazy("button, impacs", "Withdraw"),
    done=_("Withdrew a template of tasks"),
    policy=policy.may_withdraw,
    starts={T.CURRENT},
    ends=T.WITHDRAWN,
    danger=True,
)
def withdraw_task_template(actor: Actor, template: TaskTemplate) -> TaskTemplate:
    """Offer the template no longer; tasks that were made from it stay."""
    return template


@action(
    "task_template.use",
    model=TaskTemplate,
    label=_("Create the tasks"),
    done=_("Made tasks from a template"),
    policy=policy.may_create,
    starts={T.CURRENT},
    ends=T.CURRENT,
    takes={
        "first_day": fields.day(pgettext_lazy("field, impacs", "First day"), required=True),
        "mandate": fields.Chosen(
            choices.mandates,
            none=_("None: internal work"),
            label=pgettext_lazy("field, impacs", "Mandate"),
            required=False,
        ),
        "programme": fields.Chosen(
            choices.programmes,
            none=pgettext_lazy("field, impacs", "None"),
            label=pgettext_lazy("field, impacs", "Programme"),
            required=False,
        ),
        "owner": fields.Chosen(
            choices.desks,
            none=pgettext_lazy("field, impacs", "My desk"),
            label=pgettext_lazy("field, impacs", "Responsible desk"),
            required=False,
        ),
    },
)
def use_task_template(
    actor: Actor,
    template: TaskTemplate,
    *,
    first_day: datetime.date,
    mandate: str = "",
    programme: str = "",
    owner: str = "",
) -> TaskTemplate:
    """Make all tasks of the template, dated from the first day; all of them or none."""
    desk = fields.desk_of(actor, owner)
    made: dict[str, Task] = {}
    for line in templates.dated(template.content, first_day):
        parent = made.get(line.under)
        given = {
            "title": line.title,
            "kind": line.kind,
            "mandate": mandate,
            "programme": programme,
            "year": first_day.year,
            "starts_on": line.starts_on,
            "due_on": line.due_on,
            "estimate_days": line.estimate_days,
            "parent": str(parent.pk) if parent is not None else "",
        }
        try:
            task = make_task(actor, desk, given, made_from=template)
        except ValidationError as wrong:
            raise _of_line(line, wrong) from wrong
        _checklist(task, line.checklist)
        for key in line.after:
            Dependency.objects.create(successor_task=task, predecessor_task=made[key])
        also("task.create", task, after=task.state)
        emit("task.created", task)
        made[line.key] = task
    return template


def _of_line(line: Any, wrong: ValidationError) -> ValidationError:
    """A fault of one task of the template, told at the field that can mend it."""
    known = {"mandate", "programme", "owner"}
    faults = wrong.message_dict if hasattr(wrong, "error_dict") else {"first_day": wrong.messages}
    return ValidationError(
        {
            name if name in known else "first_day": _now("“%(title)s”: %(fault)s")
            % {"title": line.title, "fault": " ".join(sentences)}
            for name, sentences in faults.items()
        }
    )
