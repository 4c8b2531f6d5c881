"""What those say for whom a task waits: a State's ministry, the JRCC's watch, the RIFC."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.impacs.models import Task, TaskComment
from apps.impacs.plan.policy import tasks as policy

S = Task.State


@action(
    "task.answer",
    model=Task,
    label=pgettext_lazy("button, impacs", "Answer"),
    done=_("Answered what a task waits for"),
    policy=policy.may_answer,
    starts={S.WAITING},
    ends=S.WAITING,
    takes={
        "text": forms.CharField(
            label=pgettext_lazy("field, impacs", "Your answer"),
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Your State and those working on the task can read this. Other States cannot."),
            error_messages={"required": _("Write the answer, for example: Two officers are named, see our letter.")},
        )
    },
    parallel=True,
)
def answer_task(actor: Actor, task: Task, *, text: str) -> Task:
    """Give what the task waits for, on behalf of one's party; the desks that do it are told and go on with it."""
    TaskComment.objects.create(task=task, text=text.strip(), seat_id=actor.seat_id)
    task.waiting_for = [code for code in task.waiting_for if code != actor.party_code]
    emit("task.answered", task, {"desk": actor.desk_code})
    return task
