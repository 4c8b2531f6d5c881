"""What follows by itself: mails for new notices, the morning's digests, reminders of deadlines."""

import datetime
from typing import Any

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.access.refused import Refused
from apps.notices import actions, letters, queries
from apps.notices.models import Delivery
from apps.people.queries import service_actor


def _clock(request_id: str) -> Actor:
    return service_actor(queries.CLOCK, request_id=request_id)


@outbox.on("notice.told")
def queue_mails(dispatch: Dispatch) -> None:
    """Decide how each person is told."""
    actor = _clock(dispatch.request_id)
    planned = queries.planned(actor, dispatch.payload["notices"])
    if planned:
        actions.queue(actor, None, planned=planned)


@outbox.on("mail.due")
def send_mail(dispatch: Dispatch) -> None:
    """Send one mail: by one worker at a time, marked afterwards in the transaction that closes the work."""
    actor = _clock(dispatch.request_id)
    with queries.sole_sender(dispatch.object_id) as alone:
        if not alone:
            raise outbox.AlreadyDone
        delivery = Delivery.objects.visible_to(actor).select_related("notice").get(pk=dispatch.object_id)
        if delivery.state == Delivery.State.QUEUED:
            _deliver(actor, delivery, last_try=dispatch.attempts + 1 >= outbox.MAX_ATTEMPTS)


def _deliver(actor: Actor, delivery: Any, *, last_try: bool) -> None:
    seat = queries.seat_of(delivery)
    if seat is None or not seat.user.email:
        actions.drop(actor, delivery, why="no address" if seat else "seat ended")
        return
    lines = queries.lines_of(delivery.batch)
    digest = delivery.channel == Delivery.Channel.DIGEST
    try:
        letters.send(letters.Letter(delivery.message_id, seat, lines, digest))
    except letters.NotAccepted as refused:
        actions.fail(actor, delivery, why=str(refused))
        return
    except OSError as away:  # a server that is away or refuses for now; smtplib's errors are of this kind
        if not last_try:
            raise
        actions.fail(actor, delivery, why=type(away).__name__)
        return
    actions.mark_sent(actor, delivery)


@shared_task(name="notices.tick")
def tick_now() -> dict[str, int]:
    """The clock's call, each quarter of an hour."""
    return tick(timezone.now())


def tick(now: datetime.datetime) -> dict[str, int]:
    """Gather the digests and tell of the deadlines that are due at `now`; counts of both.

    It asks what is due and not done, so that a round that was missed is caught up with by the next one.
    """
    actor = _clock("tick")
    return {"digests": _digests(actor, now), "reminders": _reminders(actor, now)}


def _digests(actor: Actor, now: datetime.datetime) -> int:
    gathered = 0
    for first, moment in queries.digests_due(actor, now):
        try:
            actions.gather(actor, first, until=moment)
        except Refused:  # another worker has gathered it meanwhile
            continue
        gathered += 1
    return gathered


def _reminders(actor: Actor, now: datetime.datetime) -> int:
    due = queries.reminders_due(actor, now)
    for deadline, event, step in due:
        actions.tell(
            actor,
            None,
            event=event,
            desks=[deadline.desk_id],
            object_type=deadline.object_type,
            object_id=deadline.object_id,
            number=deadline.number,
            title=deadline.kind,
            due_at=deadline.due_at,
            step=step,
        )
    return len(due)
