"""Who sees the inside of a task, and who is told of it."""

from collections.abc import Iterable
from typing import Any

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.access.models import FAR_FUTURE
from apps.impacs.models import Task, TaskDeskGrant, Watcher
from apps.people.models import Seat
from apps.people.queries import desk_ids


def inside(task: Task) -> set[int]:
    """Desks that see the inside of a task now."""
    rows = TaskDeskGrant.objects.filter(
        content_object=task, until=FAR_FUTURE, permission_id=permission_id(Task, "work")
    )
    return set(rows.values_list("group_id", flat=True))


def tasks_seen_inside(actor: Actor) -> Any:
    """Tasks that the actor works on: their files are for those; what a task brings forth for others is a paper."""
    return Task.objects.visible_to(actor, "work")


def mentioned(task: Task, names: Iterable[str]) -> dict[str, Any]:
    """{user name: seat} of those of the names who see the inside of the task. Two queries."""
    rows = Seat.objects.current().filter(user__username__in=list(names), desk__in=inside(task)).select_related("user")
    return {row.user.username: row for row in rows.order_by("pk")}


def heads(task: Task) -> list[int]:
    """The desk whose head plans the task, and the agency's."""
    return sorted({task.owner_id, *desk_ids("IMPACS.secretariat")})


def doers(task: Task) -> list[int]:
    """The desk that does it and the desks of those assigned."""
    return sorted({task.owner_id, *task.desks})


def reviewing(task: Task) -> list[int]:
    """The reviewer's desk."""
    return [] if task.reviewer is None else [task.reviewer.desk_id]


def watching(task: Task) -> list[int]:
    """Desks, among those that see the inside, of the people who watch it."""
    users = Watcher.objects.filter(task=task).values_list("user_id", flat=True)
    rows = Seat.objects.current().filter(user__in=list(users), desk__in=inside(task))
    return sorted(set(rows.values_list("desk_id", flat=True)))
