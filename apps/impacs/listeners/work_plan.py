"""What follows from tasks and mandates by themselves: what was held is released, what lost its mandate stops."""

from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.council.queries.membership import day_of
from apps.impacs.actions import mandates, task_progress, tasks
from apps.impacs.models import Mandate, Task
from apps.impacs.queries import mandates as reading
from apps.impacs.queries import task_graph as graph
from apps.people.queries import service_actor


def clock(request_id: str) -> Actor:
    """The portal's own actor in the agency."""
    return service_actor("IMPACS.automation", request_id=request_id)


def release(actor: Actor, rows: list[Any]) -> int:
    """Release those of the planned tasks that nothing holds any more, in one act; how many."""
    planned = [row for row in rows if row.state == Task.State.PLANNED]
    held = graph.holding(planned, day_of(timezone.now(), actor.time_zone))
    free = [row for row in planned if row.pk not in held]
    if free:
        tasks.release(actor, free[0], others=[row.pk for row in free[1:]])
    return len(free)


def _task(actor: Actor, dispatch: Dispatch) -> Any:
    return Task.objects.visible_to(actor).filter(pk=dispatch.object_id).first()


def _release_itself(dispatch: Dispatch) -> None:
    actor = clock(dispatch.request_id)
    row = _task(actor, dispatch)
    release(actor, [row] if row is not None else [])


def _release_successors(dispatch: Dispatch) -> None:
    actor = clock(dispatch.request_id)
    row = _task(actor, dispatch)
    release(actor, graph.successors(row) if row is not None else [])


for topic in ("task.planned", "task.dependencies"):
    outbox.on(topic)(_release_itself)
for topic in ("task.closed", "task.started"):
    outbox.on(topic)(_release_successors)


@outbox.on("mandate.ended")
def end_tasks(dispatch: Dispatch) -> None:
    """Open tasks go on under the mandate that took its place, or stop with the reason; one act for all of them."""
    actor = clock(dispatch.request_id)
    row = Mandate.objects.visible_to(actor).select_related("decision", "carried_to").get(pk=dispatch.object_id)
    first = Task.objects.visible_to(actor).filter(mandate=row, state__in=Task.OPEN).order_by("pk").first()
    if first is None:
        return
    if row.carried_to is not None:
        task_progress.carry_over(actor, first, mandate=row.carried_to)
    else:
        task_progress.stop(actor, first, reason=reading.why_ended(row))


def place_report(actor: Actor, row: Any) -> bool:
    """Propose a report for the organ's next meeting that takes items; False while there is none."""
    meeting = reading.next_meeting(actor, row.reports_to or row.decision.organ_id)
    if meeting is None or row.item_id is not None:
        return False
    mandates.place(actor, row, meeting=meeting)
    return True


@outbox.on("mandate.reported")
def propose_report(dispatch: Dispatch) -> None:
    """Put the report forward for the agenda; where no agenda is open, the clock does it later."""
    actor = clock(dispatch.request_id)
    place_report(actor, Mandate.objects.visible_to(actor).select_related("decision").get(pk=dispatch.object_id))
