"""What belongs to a task: checklist, deliverables, files, comments, watchers, hours."""

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.council.models import Paper
from apps.files.actions import attach as attach_file
from apps.files.forms import UploadField
from apps.files.rules.intake import Stored
from apps.impacs.models import ChecklistItem, Deliverable, EffortEntry, Task, TaskComment, Watcher
from apps.impacs.plan.actions import fields
from apps.impacs.plan.actions.progress import today
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries.people import mentioned

S = Task.State
ANY = set(S.values)
MOST_ITEMS = 60
MENTION = re.compile(r"(?<![\w.@])@([\w.-]+\w)")
"""@ and a user name, not within a word or a mail address."""


@action(
    "task.add_item",
    model=Task,
    label=_("Add to the checklist"),
    done=_("Added a line to a checklist"),
    policy=policy.may_change,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={
        "text": forms.CharField(label=_("Step or criterion"), max_length=300),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, impacs", "Kind"),
            required=False,
            choices=ChecklistItem.Kind.choices,
            initial=ChecklistItem.Kind.STEP.value,
        ),
    },
)
def add_task_item(actor: Actor, task: Task, *, text: str, kind: str = "") -> Task:
    """Add a step of the work, or a criterion by which the reviewer accepts it."""
    rows = ChecklistItem.objects.filter(task=task)
    if rows.count() >= MOST_ITEMS:
        raise ValidationError({"text": _now("A checklist has at most %(most)s lines.") % {"most": MOST_ITEMS}})
    last = rows.aggregate(last=Max("position"))["last"] or 0
    ChecklistItem.objects.create(task=task, text=text, kind=kind or ChecklistItem.Kind.STEP, position=last + 1)
    return task


@action(
    "task.tick",
    model=Task,
    label=pgettext_lazy("button, impacs", "Tick"),
    done=_("Ticked or cleared a line of a checklist"),
    policy=policy.may_take_part,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={"item": forms.UUIDField(label=pgettext_lazy("field, impacs", "Checklist line"))},
    parallel=True,
)
def tick_task_item(actor: Actor, task: Task, *, item: Any) -> Task:
    """Tick a line of the checklist, or take its tick away. Criteria are ticked by the reviewer."""
    row = ChecklistItem.objects.select_for_update(of=("self",)).filter(task=task, pk=item).first()
    if row is None:
        raise ValidationError({"item": _now("This line is no longer on the checklist.")})
    if row.kind == ChecklistItem.Kind.ACCEPTANCE and task.reviewer_id != actor.seat_id:
        raise ValidationError({"item": _now("The reviewer ticks the acceptance criteria.")})
    row.done_on, row.done_by_id = (None, None) if row.done_on else (today(actor), actor.seat_id)
    row.save(update_fields=["done_on", "done_by"])
    return task


@action(
    "task.remove_item",
    model=Task,
    label=_("Remove from the checklist"),
    done=_("Removed a line from a checklist"),
    policy=policy.may_change,
    starts=Task.OPEN - {S.IN_REVIEW},
    ends=Task.OPEN - {S.IN_REVIEW},
    takes={"item": forms.UUIDField(label=pgettext_lazy("field, impacs", "Checklist line"))},
)
def remove_task_item(actor: Actor, task: Task, *, item: Any) -> Task:
    """Take a line off the checklist, but not while the task is in review."""
    gone, _kinds = ChecklistItem.objects.filter(task=task, pk=item).delete()
    if not gone:
        raise ValidationError({"item": _now("This line is no longer on the checklist.")})
    return task


@action(
    "task.add_deliverable",
    model=Task,
    label=_("Add a result"),
    done=_("Added a result to a task"),
    policy=policy.may_work,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={
        "title": forms.CharField(label=_("Result of the task"), max_length=200),
        "paper": forms.CharField(
            label=pgettext_lazy("field, impacs", "Paper"),
            required=False,
            max_length=60,
            help_text=_("Number of a Council paper"),
        ),
        "file": UploadField(label=pgettext_lazy("field, impacs", "File"), required=False),
    },
)
def add_task_deliverable(actor: Actor, task: Task, *, title: str, paper: str = "", file: Stored | None = None) -> Task:
    """Name a result, with its file or paper; sent again under the same title, the new one takes its place."""
    row, _made = Deliverable.objects.get_or_create(task=task, title=title)
    if paper.strip():
        row.paper = Paper.objects.visible_to(actor).filter(number=paper.strip()).first()
        if row.paper is None:
            raise ValidationError({"paper": _now("There is no paper %(number)s.") % {"number": paper.strip()}})
    if file is not None:
        row.attachment = attach_file(actor, task, file, supersedes=row.attachment)
    row.save(update_fields=["paper", "attachment"])
    return task


@action(
    "task.attach",
    model=Task,
    label=_("Attach a file"),
    done=_("Attached a file to a task"),
    policy=policy.may_take_part,
    starts=Task.OPEN,
    ends=Task.OPEN,
    takes={"file": UploadField(label=pgettext_lazy("field, impacs", "File"))},
    parallel=True,
)
def attach_to_task(actor: Actor, task: Task, *, file: Stored) -> Task:
    """Attach a file for those who work on the task."""
    attach_file(actor, task, file)
    return task


@action(
    "task.comment",
    model=Task,
    label=pgettext_lazy("button, impacs", "Comment"),
    done=_("Commented on a task"),
    policy=policy.may_take_part,
    starts=ANY,
    ends=ANY,
    takes={
        "text": forms.CharField(
            label=pgettext_lazy("field, impacs", "Comment"),
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_(
                "Markdown formatting. @ and a user name notifies that person's desk, for example @jrcc.watch.officer."
            ),
            error_messages={"required": _("Write something first.")},
        )
    },
    parallel=True,
)
def comment_on_task(actor: Actor, task: Task, *, text: str) -> Task:
    """Say something to those who work on the task; the desks of those named with @ are told."""
    names = list(dict.fromkeys(MENTION.findall(text)))
    found = mentioned(task, names)
    unknown = [name for name in names if name not in found]
    if unknown:
        sentence = _now("%(names)s cannot see the details of this task. Assign the person first, or remove the @.")
        raise ValidationError({"text": sentence % {"names": ", ".join(f"@{name}" for name in unknown)}})
    seats = sorted(found.values(), key=lambda seat: seat.pk)
    TaskComment.objects.create(task=task, text=text, seat_id=actor.seat_id, mentions=[seat.pk for seat in seats])
    emit("task.commented", task, {"desks": sorted({seat.desk_id for seat in seats})})
    return task


@action(
    "task.watch",
    model=Task,
    label=pgettext_lazy("button, impacs", "Watch"),
    done=_("Began or stopped watching a task"),
    policy=policy.may_follow,
    starts=ANY,
    ends=ANY,
    parallel=True,
)
def watch_task(actor: Actor, task: Task) -> Task:
    """Have your desk told what becomes of the task; a second time ends it."""
    gone, _kinds = Watcher.objects.filter(task=task, user=actor.user_id).delete()
    if not gone:
        Watcher.objects.create(task=task, user_id=actor.user_id)
    return task


@action(
    "task.log_effort",
    model=Task,
    label=pgettext_lazy("button, impacs", "Record hours"),
    done=_("Noted hours on a task"),
    policy=policy.may_work,
    starts=Task.STARTED | {S.DONE},
    ends=Task.STARTED | {S.DONE},
    takes={
        "day": fields.day(pgettext_lazy("field, impacs", "Day"), required=True),
        "hours": forms.DecimalField(
            label=pgettext_lazy("field, impacs", "Hours"),
            min_value=Decimal("0.25"),
            max_value=24,
            max_digits=4,
            decimal_places=2,
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
                _("Enter hours from 0.25 to 24, for example 3.5."),
            ),
        ),
        "text": forms.CharField(label=pgettext_lazy("field, impacs", "Work done"), required=False, max_length=200),
    },
    parallel=True,
)
def log_task_effort(actor: Actor, task: Task, *, day: datetime.date, hours: Decimal, text: str = "") -> Task:
    """Note hours that you worked on the task on a day."""
    if day > today(actor):
        raise ValidationError({"day": _now("This day is in the future. Enter today or an earlier day.")})
    rows = EffortEntry.objects.filter(seat__user=actor.user_id, day=day).values_list("hours", flat=True)
    if sum(rows, hours) > 24:
        raise ValidationError({"hours": _now("This makes more than 24 hours on that day. Enter fewer hours.")})
    EffortEntry.objects.create(task=task, seat_id=actor.seat_id, day=day, hours=hours, text=text)
    return task
