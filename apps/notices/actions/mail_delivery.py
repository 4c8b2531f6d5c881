"""Mail: rows first, then the mail, then the mark. Sending itself is no action (apps.notices.tasks)."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.notices import policy, queries
from apps.notices.models import Delivery
from apps.notices.queries import Planned

D = Delivery.State


@action(
    "delivery.queue",
    model=Delivery,
    label=pgettext_lazy("button, notices", "Queue"),
    done=_("Queued the mail of a notification"),
    policy=policy.may_tell,
    ends=D.values,
    automatic=True,
)
def queue_mail(actor: Actor, _row: None, *, planned: Sequence[Planned]) -> Delivery:
    """Write down how each person is told of new notices, and ask for the mails that go at once."""
    rows = [_delivery(one) for one in planned]
    known = set(Delivery.objects.filter(notice__in=[row.notice_id for row in rows]).values_list("notice_id", "user_id"))
    Delivery.objects.bulk_create([row for row in rows if (row.notice_id, row.user_id) not in known])
    for row in rows:
        if row.state == D.QUEUED and row.batch and (row.notice_id, row.user_id) not in known:
            emit("mail.due", row)
    new = [row for row in rows if (row.notice_id, row.user_id) not in known]
    return new[0] if new else Delivery.objects.get(notice=rows[0].notice_id, user=rows[0].user_id)


def _delivery(one: Planned) -> Delivery:
    row = Delivery(notice_id=one.notice_id, user_id=one.user_id, channel=one.channel, state=D.QUEUED)
    if one.channel == Delivery.Channel.PORTAL:
        row.state = D.SENT
    elif not one.address:
        row.state, row.error = D.SKIPPED, "no address"
    else:
        row.address_hash = queries.address_hash(one.address)
        row.not_before = one.not_before
        row.batch = row.pk if one.channel == Delivery.Channel.MAIL and one.not_before is None else None
    return row


@action(
    "delivery.release",
    model=Delivery,
    label=_("Send after quiet hours"),
    done=_("Released mails after quiet hours"),
    policy=policy.may_tell,
    starts={D.QUEUED},
    ends=D.QUEUED,
    automatic=True,
)
def release_mail(actor: Actor, first: Delivery, *, others: Sequence[Delivery]) -> Delivery:
    """Ask for the mails that waited for the end of their readers' quiet hours."""
    keys = [row.pk for row in others]
    waiting = Delivery.objects.select_for_update().filter(pk__in=keys, state=D.QUEUED, batch=None)
    for row in waiting.order_by("pk"):
        row.batch = row.pk
        row.save(update_fields=["batch"])
        emit("mail.due", row)
    if first.batch is None:
        first.batch = first.pk
        emit("mail.due", first)
    return first


@action(
    "delivery.gather",
    model=Delivery,
    label=_("Compile a digest"),
    done=_("Gathered notifications into a digest"),
    policy=policy.may_tell,
    starts={D.QUEUED},
    ends={D.QUEUED, D.SKIPPED},
    automatic=True,
)
def gather_mail(actor: Actor, first: Delivery, *, until: datetime.datetime) -> Delivery:
    """Put what waits for one person at one desk since before `until` into one mail; what they have read is left out."""
    waiting = list(queries.waiting_for_digest(first, until).select_for_update(of=("self",)).order_by("pk"))
    read = queries.read_by(first.user_id, [row.notice_id for row in waiting])
    unread = [row for row in waiting if row.notice_id not in read]
    seen = [row for row in waiting if row.notice_id in read]
    _move(seen, state=D.SKIPPED, error="read before")
    if unread:
        _move(unread, batch=unread[0].pk)
        emit("mail.due", unread[0])
    mine = next(row for row in waiting if row.pk == first.pk)
    mine.state = D.SKIPPED if mine in seen else D.QUEUED
    return mine


def _move(rows: list[Any], **columns: Any) -> None:
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(**columns, changed_at=timezone.now())


def _whole_mail(delivery: Delivery, state: str, error: str = "") -> Delivery:
    """All deliveries of one mail share its fate."""
    delivery.error, delivery.changed_at = error[:200], timezone.now()
    others = Delivery.objects.filter(batch=delivery.batch, state=delivery.state).exclude(pk=delivery.pk)
    others.update(state=state, error=delivery.error, changed_at=delivery.changed_at)
    return delivery


def _tell_rooms(delivery: Delivery) -> None:
    """Let the apps know of each notice in a mail that did not arrive; they may have another way to the desk."""
    rows = Delivery.objects.filter(batch=delivery.batch, state=delivery.state).select_related("notice__owner")
    for row in rows.order_by("pk"):
        told = row.notice
        payload = {"event": told.code, "object_type": told.object_type, "object_id": told.object_id}
        emit("mail.undelivered", row, {**payload, "desk": told.owner.code, "party": told.owner.party_id})


@action(
    "delivery.mark_sent",
    model=Delivery,
    label=_("Mark as sent"),
    done=_("Sent the mail of a notification"),
    policy=policy.may_tell,
    starts={D.QUEUED},
    ends=D.SENT,
    automatic=True,
)
def mark_mail_sent(actor: Actor, delivery: Delivery, *, others: Sequence[Delivery] = ()) -> Delivery:
    """Note that the mail was handed over, and others that went with it."""
    rows = list(Delivery.objects.select_for_update().filter(pk__in=[row.pk for row in others], state=D.QUEUED))
    whole = Delivery.objects.filter(batch__in=[row.batch for row in rows], state=D.QUEUED)
    whole.update(state=D.SENT, error="", changed_at=timezone.now())
    for row in rows:
        also("delivery.mark_sent", row, before=D.QUEUED, after=D.SENT)
    return _whole_mail(delivery, D.SENT)


@action(
    "delivery.drop",
    model=Delivery,
    label=pgettext_lazy("button, notices", "Discard"),
    done=_("Dropped the mail of a notification"),
    policy=policy.may_tell,
    starts={D.QUEUED},
    ends=D.SKIPPED,
    automatic=True,
)
def drop_mail(actor: Actor, delivery: Delivery, *, why: str) -> Delivery:
    """Note that the mail is not sent, and why."""
    return _whole_mail(delivery, D.SKIPPED, why)


@action(
    "delivery.fail",
    model=Delivery,
    label=_("Mark as failed"),
    done=_("Failed to send the mail of a notification"),
    policy=policy.may_tell,
    starts={D.QUEUED},
    ends=D.FAILED,
    automatic=True,
)
def fail_mail(actor: Actor, delivery: Delivery, *, why: str) -> Delivery:
    """Note that the mail cannot be handed over, and why."""
    _tell_rooms(delivery)
    return _whole_mail(delivery, D.FAILED, why)


@action(
    "delivery.bounce",
    model=Delivery,
    label=_("Mark as bounced"),
    done=_("Noted that the mail of a notification came back"),
    policy=policy.may_tell,
    starts={D.QUEUED, D.SENT},
    ends=D.BOUNCED,
    automatic=True,
)
def bounce_mail(actor: Actor, delivery: Delivery, *, why: str) -> Delivery:
    """Note that the mail came back, with the status of the notification (RFC 3463)."""
    _tell_rooms(delivery)
    return _whole_mail(delivery, D.BOUNCED, why)
