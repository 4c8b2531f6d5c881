"""Everything on the page of one task, beside the task itself."""

from typing import Any

from apps.access.actor import Actor
from apps.audit import sentences
from apps.audit.models import AuditRecord
from apps.files.queries.attachments import files_of
from apps.impacs.models import Task, TaskComment

MOST_ENTRIES = 30
PICTURES = {
    "create": "plus", "plan": "calendar", "release": "play", "start": "play", "wait": "clock", "block": "lock",
    "unblock": "play", "submit": "send", "return": "undo", "close": "circle-check", "cancel": "circle-x",
    "answer": "message", "reopen": "undo", "comment": "message", "change": "pen", "attach": "file", "assign": "user",
}  # fmt: skip


def list_task_comments(actor: Actor, row: Any) -> list[Any]:
    """What was said of the task, oldest first. One query."""
    found = TaskComment.objects.visible_to(actor).filter(task=row).select_related("seat__user", "seat__desk")
    return list(found.order_by("at"))


def list_task_parts(actor: Actor, row: Any) -> list[Any]:
    """The tasks that this one is made of, by due day. One query."""
    found = Task.objects.visible_to(actor).filter(parent=row).select_related("owner")
    return sorted(found, key=lambda one: (one.due_on is None, one.due_on, one.reference))


def list_task_acts(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """The latest acts on the task, as far as the seat may read the audit. One query."""
    found = AuditRecord.objects.visible_to(actor).filter(object_type="impacs.task", object_id=str(row.pk))
    rows = found.filter(outcome=AuditRecord.Outcome.DONE).order_by("-pk")[:MOST_ENTRIES]
    return [
        {
            "title": line.verb,
            "at": line.row.at,
            "who": ", ".join(filter(None, [line.person, line.row.desk])),
            "picture": PICTURES.get(line.row.verb.rpartition(".")[2], "dot"),
        }
        for line in sentences.told(rows, actor)
    ]


def list_task_files(actor: Actor, row: Any) -> list[Any]:
    """The files of the task for those who work on it. One query."""
    return files_of(actor, row)
