"""What follows by itself: mails for new notices, the morning's digests, reminders of deadlines."""

import datetime
import time
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.notices import actions, queries
from apps.notices.actions import webhooks
from apps.notices.models import AlarmTest, Delivery, Webhook, WebhookCall
from apps.notices.queries import mails
from apps.notices.rules import outside_calls
from apps.people.queries import service_actor

MOST_AT_ONCE = 50
"""Mails that are handed over on one connection and marked together."""
AT_MOST_S = 15
"""How long further mails keep a worker: a slow server does not make it look stuck (CELERY_TASK_TIME_LIMIT)."""


def _clock(request_id: str) -> Actor:
    return service_actor(queries.CLOCK, request_id=request_id)


@outbox.on("notice.told")
def queue_mails(dispatch: Dispatch) -> None:
    """Decide how each person is told."""
    actor = _clock(dispatch.request_id)
    planned = queries.planned(actor, dispatch.payload["notices"])
    if planned:
        actions.queue_mail(actor, None, planned=planned)


@outbox.on("mail.due", queue=outbox.MAIL)
def send_mail(dispatch: Dispatch) -> None:
    """Send one mail: by one worker at a time, marked afterwards in the transaction that closes the work.

    What else waits to be sent goes with it on the same connection, each mail by itself: one that cannot be sent is left
    to its own turn, which says why.
    """
    actor = _clock(dispatch.request_id)
    with queries.sole_senders([dispatch.object_id]) as mine:
        if not mine:
            raise outbox.AlreadyDone
        delivery = Delivery.objects.visible_to(actor).select_related("notice").get(pk=dispatch.object_id)
        if delivery.state == Delivery.State.QUEUED:
            _deliver(actor, dispatch, delivery)


def _deliver(actor: Actor, dispatch: Dispatch, delivery: Any) -> None:
    seat = queries.seats_of([delivery]).get(delivery.pk)
    if seat is None or not seat.user.email:
        actions.drop_mail(actor, delivery, why="no address" if seat else "seat ended")
        return
    waiting = {row.object_id: row.pk for row in outbox.waiting_with(dispatch, MOST_AT_ONCE - 1)}
    with queries.sole_senders(waiting) as mine, mails.one_connection() as send:
        [mail] = _written([delivery], {delivery.pk: seat})
        if why := mails.handed_over([mail], last_try=outbox.is_last_try(dispatch), send=send):
            actions.fail_mail(actor, delivery, why=why)
            return
        sent = _sent_as_well(actor, mine, send)
        with outbox.guarded(outbox.AlsoDone([waiting[str(row.pk)] for row in sent])):
            actions.mark_mail_sent(actor, delivery, others=sent)


def _sent_as_well(actor: Actor, keys: list[str], send: mails.Send) -> list[Any]:
    """Those of further mails that the server has taken; after a fault of the connection no more are tried."""
    rows = Delivery.objects.visible_to(actor).filter(pk__in=keys, state=Delivery.State.QUEUED)
    found = list(rows.select_related("notice").order_by("pk"))
    seats = {key: seat for key, seat in queries.seats_of(found).items() if seat.user.email}
    ready, sent, end = [row for row in found if row.pk in seats], [], time.monotonic() + AT_MOST_S
    for row, mail in zip(ready, _written(ready, seats), strict=True):
        if time.monotonic() > end:
            break
        try:
            mails.hand_over(mail, send)
        except mails.NotAccepted:
            continue
        except OSError:
            break
        sent.append(row)
    return sent


def _written(rows: list[Any], seats: dict[Any, Any]) -> list[Any]:
    """The mails of deliveries whose seats are in force. One query."""
    lines = queries.lines_of([row.batch for row in rows])
    return [
        mails.message(
            mails.Letter(row.message_id, seats[row.pk], lines[row.batch], row.channel == Delivery.Channel.DIGEST)
        )
        for row in rows
    ]


@outbox.on("notice.calls")
def queue_calls(dispatch: Dispatch) -> None:
    """Have the desks' own programs called about new notices."""
    actor = _clock(dispatch.request_id)
    pairs = queries.calls_to_make(actor, dispatch.payload["notices"])
    if pairs:
        webhooks.queue_webhook_calls(actor, None, pairs=pairs)


@outbox.on("webhook.due", queue=outbox.MAIL)
def call_webhook(dispatch: Dispatch) -> None:
    """Call one address; a failure is tried again like all work, and after the last try it is written down."""
    actor, tries = _clock(dispatch.request_id), dispatch.attempts + 1
    row = WebhookCall.objects.visible_to(actor).select_related("webhook", "notice").get(pk=dispatch.object_id)
    if row.webhook.state != Webhook.State.LIVE:
        webhooks.fail_webhook_call(actor, row, why="not-in-use", status=None, attempts=tries)
        return
    try:
        status = outside_calls.call(row.webhook.url, row.webhook.sealed, _content(row), stamp=int(time.time()))
    except (outside_calls.NotCalled, ValidationError) as gone:
        if row.notice_id is not None and not outbox.is_last_try(dispatch):
            raise
        why, answer = getattr(gone, "why", "not-a-public-host"), getattr(gone, "status", None)
        webhooks.fail_webhook_call(actor, row, why=why, status=answer, attempts=tries)
        return
    webhooks.mark_webhook_call_sent(actor, row, status=status, attempts=tries)


def _content(row: WebhookCall) -> dict[str, Any]:
    """What a program is told: ids and codes, by which it asks the API with its own key."""
    told = row.notice
    if told is None:
        return {"id": str(row.pk), "event": "trial"}
    about = {"type": told.object_type, "object": told.object_id, "notice": str(told.pk)}
    return {"id": str(row.pk), "event": told.code, **about}


@outbox.on("webhook.disabled")
def tell_of_webhook(dispatch: Dispatch) -> None:
    """To the desk whose address was disabled."""
    actor = _clock(dispatch.request_id)
    row = Webhook.objects.visible_to(actor).get(pk=dispatch.object_id)
    number = f"{urlsplit(row.url).hostname}"[:60]
    about = {"object_type": "notices.webhook", "object_id": row.pk, "number": number, "title": row.url}
    actions.create_notices(actor, None, event="webhook.disabled", desks=[row.owner_id], step=str(row.version), **about)


@outbox.on("alarm.sent")
def sound_alarm(dispatch: Dispatch) -> None:
    """A test alarm, told as an alarm is."""
    actor = _clock(dispatch.request_id)
    row = AlarmTest.objects.visible_to(actor).get(pk=dispatch.object_id)
    about = {"object_type": "notices.alarmtest", "object_id": row.pk, "number": row.reference, "title": row.reference}
    actions.create_notices(actor, None, event="alarm.test", desks=[row.owner_id], grade="high", **about)


@shared_task(name="notices.tick")
def tick_now() -> dict[str, int]:
    """The clock's call, each quarter of an hour."""
    return run_notices_clock(timezone.now())


def run_notices_clock(now: datetime.datetime) -> dict[str, int]:
    """Gather the digests, tell of the deadlines that are due at `now`, send what waited in the night; counts of each.

    It asks what is due and not done, so that a round that was missed is caught up with by the next one.
    """
    actor = _clock("tick")
    counts = {"digests": _digests(actor, now), "reminders": _reminders(actor, now)}
    return counts | {"after_quiet_hours": _after_quiet_hours(actor, now)}


def _after_quiet_hours(actor: Actor, now: datetime.datetime) -> int:
    """Mails that waited for the end of somebody's quiet hours."""
    rows = queries.quiet_until(actor, now)
    if rows:
        actions.release_mail(actor, rows[0], others=rows[1:])
    return len(rows)


def _digests(actor: Actor, now: datetime.datetime) -> int:
    gathered = 0
    for first, moment in queries.digests_due(actor, now):
        try:
            actions.gather_mail(actor, first, until=moment)
        except Refused:  # another worker has gathered it meanwhile
            continue
        gathered += 1
    return gathered


def _reminders(actor: Actor, now: datetime.datetime) -> int:
    due = queries.reminders_due(actor, now)
    for deadline, event, step in due:
        actions.create_notices(
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
