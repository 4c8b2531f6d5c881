"""The life of a task once it is planned: started, waiting, blocked, reviewed, done, cancelled, reopened."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES, Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.council.actions.decision_fields import ListField
from apps.council.queries import audience
from apps.council.queries.membership import day_of
from apps.impacs.models import Assignment, ChecklistItem, Deliverable, Mandate, Task, TaskBlocker, TaskComment
from apps.impacs.plan.actions import fields
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import graph
from apps.impacs.plan.queries import task_load as load
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.plan.rules import schedule
from apps.impacs.policy import is_clock
from apps.impacs.refusals import Refusals
from apps.people.models import Party

S = Task.State


def today(actor: Actor) -> datetime.date:
    """The day where the actor is."""
    return day_of(timezone.now(), actor.time_zone)


@action(
    "task.start",
    model=Task,
    label=pgettext_lazy("button, impacs", "Start"),
    done=_("Started a task"),
    policy=policy.may_work,
    starts={S.READY},
    ends=S.IN_PROGRESS,
    takes={
        "override": fields.reason(
            _("Reason to start above the workload limit"),
            required=False,
            example=_("Only the head can do this; needed above the weekly workload limit."),
        )
    },
)
def start_task(actor: Actor, task: Task, *, override: str = "") -> Task:
    """Begin to work on it. Above 130 per cent of a person's week the head has to say why."""
    day = today(actor)
    worst = load.blocked_by(task, day, limits_on(day))
    if worst is not None and not (override.strip() and actor.rank >= DECIDES):
        sentence = _now(
            "%(person)s would be at %(pct)s per cent in the week of %(monday)s; the limit is "
            "%(limit)s. Move the task, reassign it, or ask the head to give a reason here."
        )
        raise ValidationError({"override": sentence % worst})
    if worst is not None:
        task.reason = override.strip()
    task.actual_start = task.actual_start or day
    emit("task.started", task)
    return task


@action(
    "task.wait",
    model=Task,
    label=_("Wait for others"),
    done=_("Put a task to waiting"),
    policy=policy.may_work,
    starts={S.IN_PROGRESS},
    ends=S.WAITING,
    takes={
        "parties": ListField(
            label=_("States or bodies"), required=False, help_text=_("Codes, for example BRB, JAM, RIFC")
        ),
        "other": forms.CharField(label=_("Donor or supplier"), required=False, max_length=120),
        "asked_on": fields.day(pgettext_lazy("field, impacs", "Asked on"), required=True),
    },
)
def set_task_waiting(
    actor: Actor, task: Task, *, asked_on: datetime.date, parties: Any = None, other: str = ""
) -> Task:
    """Say for whom the task waits, and since when they have been asked."""
    codes = _parties(parties or [])
    if not codes and not other.strip():
        raise ValidationError({"parties": _now("Enter a State, a body, a donor or a supplier, for example BRB.")})
    if asked_on > today(actor):
        raise ValidationError({"asked_on": _now("This day is in the future. Enter the day they were asked.")})
    task.waiting_for, task.waiting_for_other, task.asked_on = codes, other.strip(), asked_on
    asked = audience.ministries(codes)
    if asked:
        share(actor, task, asked, basis="asked")
    emit("task.waiting", task, {"parties": codes})
    return task


def _parties(codes: Any) -> list[str]:
    if not isinstance(codes, list) or not all(isinstance(code, str) and len(code) <= 8 for code in codes):
        raise ValidationError({"parties": _now("Enter codes, for example BRB, JAM.")})
    wanted = [code.strip().upper() for code in codes]
    known = set(Party.objects.filter(code__in=wanted).exclude(periods__kind="carrier").values_list("code", flat=True))
    unknown = [code for code in wanted if code not in known]
    if unknown:
        sentence = _now("There is no State or body %(codes)s. Enter codes such as BRB, JAM, RIFC.")
        raise ValidationError({"parties": sentence % {"codes": ", ".join(unknown)}})
    return list(dict.fromkeys(wanted))


@action(
    "task.block",
    model=Task,
    label=_("Report a blocker"),
    done=_("Reported a blocker"),
    policy=policy.may_work,
    starts={S.IN_PROGRESS, S.READY},
    ends=S.BLOCKED,
    takes={
        "severity": forms.ChoiceField(
            label=pgettext_lazy("field, impacs", "Severity"), choices=TaskBlocker.Severity.choices
        ),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, impacs", "Kind"), choices=TaskBlocker.Kind.choices),
        "since": fields.day(pgettext_lazy("field, impacs", "Since"), required=True),
        "text": fields.reason(
            _("What blocks it"), example=_("Those working on the task can read this; others see its severity.")
        ),
    },
    danger=True,
)
def block_task(actor: Actor, task: Task, *, severity: str, kind: str, since: datetime.date, text: str) -> Task:
    """Say what stops the task; its head is told."""
    if since > today(actor):
        raise ValidationError({"since": _now("This day is in the future. Enter the first day it was blocked.")})
    TaskBlocker.objects.create(task=task, severity=severity, kind=kind, since=since, text=text)
    emit("task.blocked", task)
    return task


@action(
    "task.unblock",
    model=Task,
    label=pgettext_lazy("button, impacs", "Go on"),
    done=_("Went on with a task"),
    policy=policy.may_work,
    starts={S.WAITING, S.BLOCKED},
    ends=S.IN_PROGRESS,
    takes={"cleared_on": fields.day(pgettext_lazy("field, impacs", "Unblocked on"), required=True)},
)
def unblock_task(actor: Actor, task: Task, *, cleared_on: datetime.date) -> Task:
    """Say that the answer is there, or the blocker gone."""
    day = today(actor)
    if cleared_on > day:
        raise ValidationError({"cleared_on": _now("This day is in the future. Enter today or an earlier day.")})
    _clear(task, cleared_on)
    if task.asked_on is not None and cleared_on < task.asked_on:
        raise ValidationError({"cleared_on": _now("This is before they were asked. Enter a later day.")})
    task.waiting_for, task.waiting_for_other, task.asked_on = [], "", None
    task.actual_start = task.actual_start or day
    emit("task.unblocked", task)
    return task


def _clear(task: Task, day: datetime.date) -> None:
    row = TaskBlocker.objects.select_for_update().filter(task=task, cleared_on=None).first()
    if row is None:
        return
    if day < row.since:
        raise ValidationError({"cleared_on": _now("This is before the blocker began. Enter a later day.")})
    row.cleared_on = day
    row.save(update_fields=["cleared_on"])


@action(
    "task.submit",
    model=Task,
    label=_("Submit for review"),
    done=_("Handed a task in for review"),
    policy=policy.may_work,
    starts={S.IN_PROGRESS},
    ends=S.IN_REVIEW,
)
def submit_task(actor: Actor, task: Task) -> Task:
    """Give what was made to the reviewer, who is none of those who made it."""
    if task.reviewer is None:
        raise ValidationError(_now("This task has no reviewer yet. Select Edit and choose one first."))
    if task.reviewer.user_id == actor.user_id:
        raise Refused(Refusals.OWN_WORK)
    missing = Deliverable.objects.filter(task=task, paper=None, attachment=None)
    if not Deliverable.objects.filter(task=task).exists():
        raise ValidationError(_now("There is nothing to review yet. Add a result first."))
    if missing.exists():
        titles = ", ".join(missing.values_list("title", flat=True)[:5])
        raise ValidationError(_now("Attach a file or enter a paper for: %(titles)s.") % {"titles": titles})
    task.submitted_by_seat_id = actor.seat_id
    emit("task.submitted", task)
    return task


@action(
    "task.return",
    model=Task,
    label=pgettext_lazy("button, impacs", "Return"),
    done=_("Returned a task with comments"),
    policy=policy.may_review,
    starts={S.IN_REVIEW},
    ends=S.IN_PROGRESS,
    takes={"comments": fields.reason(_("What must change"))},
)
def return_task(actor: Actor, task: Task, *, comments: str) -> Task:
    """Send the task back to those who do it, with comments."""
    TaskComment.objects.create(task=task, text=comments, seat_id=actor.seat_id)
    task.reason = comments
    emit("task.returned", task)
    return task


@action(
    "task.close",
    model=Task,
    label=pgettext_lazy("button, impacs", "Accept"),
    done=_("Accepted the result of a task"),
    policy=policy.may_review,
    starts={S.IN_REVIEW},
    ends=S.DONE,
)
def close_task(actor: Actor, task: Task) -> Task:
    """Accept the result: every criterion is ticked, every part of the task is done."""
    if Assignment.objects.filter(task=task, seat__user=actor.user_id).exists():
        raise Refused(Refusals.OWN_WORK)
    _ask_for_acceptance(task)
    day = today(actor)
    held = graph.holding([task], day, kinds=[schedule.FF]).get(task.pk, [])
    if held:
        names = ", ".join(graph.name_graph_nodes(actor, [graph.nodes_of(row)[0] for row in held]))
        raise ValidationError(_now("It cannot end before these end: %(names)s.") % {"names": names})
    Deliverable.objects.filter(task=task, accepted_on=None).update(accepted_on=day)
    task.actual_end, task.reason = day, ""
    emit("task.closed", task)
    return task


def _ask_for_acceptance(task: Task) -> None:
    criteria = ChecklistItem.objects.filter(task=task, kind=ChecklistItem.Kind.ACCEPTANCE, done_on=None)
    unticked = list(criteria.order_by("position").values_list("text", flat=True)[:5])
    if unticked:
        raise ValidationError(_now("Not ticked yet: %(texts)s.") % {"texts": "; ".join(unticked)})
    parts = list(Task.objects.filter(parent=task, state__in=Task.OPEN).order_by("reference")[:5])
    if parts:
        names = ", ".join(str(row) for row in parts)
        raise ValidationError(_now("These parts of the task are still open: %(names)s.") % {"names": names})


@action(
    "task.cancel",
    model=Task,
    label=pgettext_lazy("button, impacs", "Cancel"),
    done=_("Cancelled a task"),
    policy=policy.may_head,
    starts=Task.OPEN | {S.DONE},
    ends=S.CANCELLED,
    takes={"reason": fields.reason(_("Reason for cancellation"))},
    danger=True,
)
def cancel_task(actor: Actor, task: Task, *, reason: str) -> Task:
    """Give the task up, with the reason; those who wait for it are told. Nothing that was made is lost."""
    if task.mandate is not None and task.mandate.state in Mandate.UNREPORTED:
        others = Task.objects.filter(mandate=task.mandate_id).exclude(pk=task.pk).exclude(state=S.CANCELLED)
        if not others.exists():
            raise ValidationError(
                _now("This is the only task of an open mandate. Create another one first, or end the mandate.")
            )
    _stop(task, reason)
    return task


def _stop(task: Task, reason: str) -> None:
    TaskBlocker.objects.filter(task=task, cleared_on=None).update(cleared_on=timezone.now().date())
    task.reason, task.repeats = reason, Task.Repeats.NEVER
    emit("task.cancelled", task)


@action(
    "task.stop",
    model=Task,
    label=_("Stop when the mandate ends"),
    done=_("Stopped a task with its mandate"),
    policy=is_clock,
    starts=Task.OPEN,
    ends=S.CANCELLED,
    automatic=True,
)
def stop_task(actor: Actor, task: Task, *, reason: str) -> Task:
    """The mandate has ended while tasks were open: they all stop, and keep everything that was made and said."""
    for row in _others(task):
        before, row.state = row.state, S.CANCELLED
        _stop(row, reason)
        change_also("task.stop", row, "state", "reason", "repeats", before=before)
    _stop(task, reason)
    return task


def _others(task: Task) -> Any:
    """The other open tasks of the mandate, locked."""
    rows = Task.objects.filter(mandate=task.mandate_id, state__in=Task.OPEN).exclude(pk=task.pk)
    return rows.order_by("pk").select_for_update(of=("self",))


@action(
    "task.carry_over",
    model=Task,
    label=pgettext_lazy("button, impacs", "Carry over"),
    done=_("Carried tasks over to the new mandate"),
    policy=is_clock,
    starts=Task.OPEN,
    ends=Task.OPEN,
    automatic=True,
)
def carry_over_task(actor: Actor, task: Task, *, mandate: Mandate) -> Task:
    """Go on under the mandate of the decision that took the place of the tasks' own."""
    for row in _others(task):
        row.mandate, row.level = mandate, mandate.level
        change_also("task.carry_over", row, "mandate", "level")
        emit("task.carried", row)
    task.mandate, task.level = mandate, mandate.level
    emit("task.carried", task)
    return task


@action(
    "task.reopen",
    model=Task,
    label=pgettext_lazy("button, impacs", "Reopen"),
    done=_("Reopened a task"),
    policy=policy.may_head,
    starts={S.DONE},
    ends=S.IN_PROGRESS,
    takes={"reason": fields.reason(_("Reason for reopening"))},
)
def reopen_task(actor: Actor, task: Task, *, reason: str) -> Task:
    """Take up a task again within 90 days of its end, while its mandate is open."""
    day = today(actor)
    limit = limits_on(day).reopen_days
    if task.actual_end is None or (day - task.actual_end).days > limit:
        raise Refused("wrong-state", Refusals.REOPEN_TOO_LATE)
    if task.mandate is not None and task.mandate.state not in Mandate.UNREPORTED:
        raise Refused("wrong-state", Refusals.MANDATE_OVER)
    task.actual_end, task.reason = None, reason
    emit("task.reopened", task)
    return task
