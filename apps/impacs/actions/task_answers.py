"""What those say for whom a task waits: a State's ministry, the JRCC's watch, the RIFC."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.impacs.models import Task, TaskComment
from apps.impacs.policy import tasks as policy

S = Task.State


@action(
    "task.answer",
    model=Task,
    label=_("Answer"),
    policy=policy.may_answer,
    starts={S.WAITING},
    ends=S.WAITING,
    takes={
        "text": forms.CharField(
            label=_("Your answer"),
            max_length=6000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Read by those who work on the task, and by your own State; other States do not see it."),
            error_messages={"required": _("Write the answer, for example: Two officers are named, see our letter.")},
        )
    },
)
def answer(actor: Actor, task: Task, *, text: str) -> Task:
    """Give what the task waits for, on behalf of one's party; the desks that do it are told and go on with it."""
    TaskComment.objects.create(task=task, text=text.strip(), seat_id=actor.seat_id)
    task.waiting_for = [code for code in task.waiting_for if code != actor.party_code]
    emit("task.answered", task, {"desk": actor.desk_code})
    return task
