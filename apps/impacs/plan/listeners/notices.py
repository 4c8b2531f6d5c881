"""Who is told of what becomes of tasks and mandates, and which days stand in desks' calendars."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.access.urgency import end_of
from apps.council.queries.audience import ministries
from apps.impacs.models import Mandate, Task
from apps.impacs.plan.listeners.work_plan import clock
from apps.impacs.plan.queries import graph, people
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.notices import actions as notices
from apps.people.models import Desk
from apps.people.queries import desk_ids

To = Callable[[Any, Dispatch], Iterable[int]]
DUE, ANSWER = "task due", "answer asked"


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice of an event, for these desks."""

    topic: str
    event: str
    to: To
    model: Any = Task


def _doers(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return people.doers(row)


def _heads(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return people.heads(row)


def _reviewers(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return people.reviewing(row)


def _named(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return [int(desk) for desk in dispatch.payload.get("desks", [])]


def _assigned(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return [int(dispatch.payload["desk"])]


def _asked(row: Task, dispatch: Dispatch) -> Iterable[int]:
    """Ministries of the States, and the work desks of the bodies, that the task waits for."""
    codes = dispatch.payload.get("parties", [])
    return [*ministries(codes), *(desk for desk in desk_ids("JRCC.watch", "RIFC.analysis") if _party(desk) in codes)]


def _party(desk: int) -> str:
    return str(Desk.objects.visible_to(clock("")).get(pk=desk).party_id)


def _watchers(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return people.watching(row)


def _new_owner(row: Task, dispatch: Dispatch) -> Iterable[int]:
    return [row.owner_id] if dispatch.payload.get("to") == "owner" else []


def _waiting_successors(row: Task, dispatch: Dispatch) -> Iterable[int]:
    """Desks whose open tasks wait for one that was given up, and those who did it."""
    return {one.owner_id for one in graph.successors(row) if one.state in Task.OPEN} | set(people.doers(row))


def _lead(row: Mandate, dispatch: Dispatch) -> Iterable[int]:
    return [row.lead.desk_id] if row.lead is not None else []


def _keepers(row: Mandate, dispatch: Dispatch) -> Iterable[int]:
    return desk_ids("IMPACS.secretariat")


TELLINGS = [
    Telling("task.assigned", "task.assigned", _assigned),
    Telling("task.changed", "task.assigned", _new_owner),
    Telling("task.planned", "task.assigned", _doers),
    Telling("task.ready", "task.ready", _doers),
    Telling("task.commented", "task.mention", _named),
    Telling("task.waiting", "task.waiting", _asked),
    Telling("task.answered", "task.answered", _doers),
    Telling("task.blocked", "task.blocked", _heads),
    Telling("task.submitted", "task.review", _reviewers),
    Telling("task.returned", "task.returned", _doers),
    Telling("task.closed", "task.closed", _heads),
    Telling("task.cancelled", "task.cancelled", _waiting_successors),
    Telling("task.reopened", "task.returned", _doers),
    Telling("task.carried", "task.carried", _doers),
    Telling("mandate.assigned", "mandate.assigned", _lead, Mandate),
    Telling("mandate.reported", "mandate.reported", _keepers, Mandate),
    Telling("mandate.returned", "mandate.assigned", _lead, Mandate),
    Telling("mandate.extended", "mandate.assigned", _lead, Mandate),
    Telling("mandate.ended", "mandate.ended", _lead, Mandate),
]
WATCHED = ("task.blocked", "task.submitted", "task.closed", "task.cancelled", "task.returned", "task.commented")
TELLINGS += [Telling(topic, "task.watched", _watchers) for topic in WATCHED]


def number_of(row: Any) -> str:
    """What a mail may carry: the reference of a task, the decision and clause of a mandate."""
    return row.reference if isinstance(row, Task) else f"{row.decision}, {row.clause.number}"


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        actor = clock(dispatch.request_id)
        row = telling.model.objects.visible_to(actor).filter(pk=dispatch.object_id).first()
        desks = set(telling.to(row, dispatch)) - set(desk_ids("IMPACS.automation")) if row is not None else set()
        if not desks:
            return
        notices.create_notices(
            actor,
            None,
            event=telling.event,
            desks=sorted(desks),
            object_type=row._meta.label_lower,
            object_id=row.pk,
            number=number_of(row),
            title=row.title,
            step=f"{telling.topic} {row.version}",
            level=row.level,
        )

    tell.__name__ = f"tell_{telling.event.replace('.', '_')}_of_{telling.topic.replace('.', '_')}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))


def _note_deadline(dispatch: Dispatch) -> None:
    """The day on which an open, planned task is due stands in the calendar of the desk that does it."""
    actor = clock(dispatch.request_id)
    row = Task.objects.visible_to(actor).select_related("owner__party").filter(pk=dispatch.object_id).first()
    if row is None or row.due_on is None or row.state not in Task.OPEN - {Task.State.BACKLOG}:
        return
    notices.set_deadline(
        actor,
        None,
        object_type="impacs.task",
        object_id=row.pk,
        kind=DUE,
        number=row.reference,
        desks=[row.owner.code],
        due_at=end_of(row.due_on, row.owner.party.time_zone),
    )


def _ask_for_answer(dispatch: Dispatch) -> None:
    """Those asked are reminded until the task goes on: a day in their calendar, so long after they were asked."""
    actor = clock(dispatch.request_id)
    row = Task.objects.visible_to(actor).filter(pk=dispatch.object_id).first()
    if row is None or row.state != Task.State.WAITING or row.asked_on is None:
        return
    rows = Desk.objects.visible_to(actor).filter(pk__in=list(_asked(row, dispatch))).select_related("party")
    desks = list(rows)
    if desks:
        days = datetime.timedelta(days=limits_on(row.asked_on).waiting_reminder_days)
        notices.set_deadline(
            actor,
            None,
            object_type="impacs.task",
            object_id=row.pk,
            kind=ANSWER,
            number=row.reference,
            desks=[desk.code for desk in desks],
            due_at=end_of(row.asked_on + days, desks[0].party.time_zone),
        )


def _close_deadlines(kind: str = "") -> Callable[[Dispatch], None]:
    """Close the deadlines of one kind (all); where the topic names a desk, those of that desk."""

    def close(dispatch: Dispatch) -> None:
        actor = clock(dispatch.request_id)
        desks = [dispatch.payload["desk"]] if kind and "desk" in dispatch.payload else []
        try:
            notices.close_deadlines(
                actor, None, object_type="impacs.task", object_id=dispatch.object_id, kind=kind, desks=desks
            )
        except Refused as refused:
            if refused.reason != "wrong-state":
                raise

    close.__name__ = f"close_deadlines_{kind.replace(' ', '_') or 'all'}"
    return close


for topic in ("task.planned", "task.changed", "task.reopened"):
    outbox.on(topic)(_note_deadline)
for topic in ("task.closed", "task.cancelled"):
    outbox.on(topic)(_close_deadlines())
outbox.on("task.waiting")(_ask_for_answer)
for topic in ("task.unblocked", "task.answered"):
    outbox.on(topic)(_close_deadlines(ANSWER))
