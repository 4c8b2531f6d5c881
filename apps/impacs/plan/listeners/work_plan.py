"""What follows from tasks and mandates by themselves: what was held is released, what lost its mandate stops."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.council.queries.membership import day_of
from apps.impacs.actions import mandates
from apps.impacs.models import Mandate, Task, TaskBatch
from apps.impacs.plan.actions import batches, progress, tasks, workbooks
from apps.impacs.plan.queries import graph
from apps.impacs.queries import mandates as reading
from apps.people.queries import actor_at, service_actor
from apps.people.queries.register import seats_in_force


def clock(request_id: str) -> Actor:
    """The portal's own actor in the agency."""
    return service_actor("IMPACS.automation", request_id=request_id)


@outbox.on("task_batch.confirmed", queue=outbox.SLOW)
def take_sheet_over(dispatch: Dispatch) -> None:
    """Take a long sheet over, as the person who confirmed it and with the rights that they have now."""
    watch = clock(dispatch.request_id)
    batch = TaskBatch.objects.visible_to(watch).get(pk=dispatch.object_id)
    seat = seats_in_force().filter(pk=dispatch.payload["seat"]).first()
    if seat is None:
        faults = [("", _("The appointment of who confirmed it has ended."))]
    else:
        faults = workbooks.take_over(
            actor_at(seat, via="task", request_id=dispatch.request_id), batch, dispatch.payload
        )
    if faults:
        batches.give_back_task_batch(watch, batch, faults=faults)


def release(actor: Actor, rows: list[Any]) -> int:
    """Release those of the planned tasks that nothing holds any more, in one act; how many."""
    planned = [row for row in rows if row.state == Task.State.PLANNED]
    held = graph.holding(planned, day_of(timezone.now(), actor.time_zone))
    free = [row for row in planned if row.pk not in held]
    if free:
        tasks.release_task(actor, free[0], others=[row.pk for row in free[1:]])
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
        progress.carry_over_task(actor, first, mandate=row.carried_to)
    else:
        progress.stop_task(actor, first, reason=reading.why_ended(row))


def place_report(actor: Actor, row: Any) -> bool:
    """Propose a report for the organ's next meeting that takes items; False while there is none."""
    meeting = reading.next_meeting(actor, row.reports_to or row.decision.organ_id)
    if meeting is None or row.item_id is not None:
        return False
    mandates.propose_mandate_report(actor, row, meeting=meeting)
    return True


@outbox.on("mandate.reported")
def propose_report(dispatch: Dispatch) -> None:
    """Put the report forward for the agenda; where no agenda is open, the clock does it later."""
    actor = clock(dispatch.request_id)
    place_report(actor, Mandate.objects.visible_to(actor).select_related("decision").get(pk=dispatch.object_id))
