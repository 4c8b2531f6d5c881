"""What desks do with a bulletin that they were sent: they open it and say that they know. And what is late."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.rifc.refusals import Refusals as RifcRefusals
from apps.watch import policy
from apps.watch.models import BulletinReceipt
from apps.watch.queries import bulletins as queries
from apps.watch.refusals import Refusals

S = BulletinReceipt.State


@action(
    "bulletin_receipt.open",
    model=BulletinReceipt,
    label=pgettext_lazy("button, watch", "Open"),
    done=_("Read a bulletin for the desk"),
    policy=policy.may_open_receipt,
    starts=BulletinReceipt.WAITING,
    ends={S.OPENED, S.OVERDUE},
    automatic=True,
    by_readers=True,
)
def open_bulletin(actor: Actor, row: BulletinReceipt) -> BulletinReceipt:
    """Note that the desk has read it; one that is late stays late until the desk says that it knows."""
    row.opened_at = row.opened_at or timezone.now()
    row.state = S.OVERDUE if row.late else S.OPENED
    return row


def note_opened(actor: Actor, row: BulletinReceipt | None) -> BulletinReceipt | None:
    """Note the first reading of a desk, before the text goes out; one that is not asked any more stays as it is."""
    if row is None or row.opened_at is not None or row.state not in BulletinReceipt.WAITING:
        return row
    try:
        done: BulletinReceipt = open_bulletin(actor, row)
    except Refused:
        return row
    return done


@action(
    "bulletin_receipt.ack",
    model=BulletinReceipt,
    label=pgettext_lazy("button, watch", "Acknowledge receipt"),
    done=_("Acknowledged a bulletin"),
    policy=policy.is_recipient,
    starts={*BulletinReceipt.WAITING, S.ACKNOWLEDGED},
    ends=S.ACKNOWLEDGED,
    otherwise=Refusals.ASKED_AGAIN,
)
def acknowledge_bulletin(actor: Actor, row: BulletinReceipt) -> BulletinReceipt:
    """Say for the desk that it knows; a second time it is the same receipt."""
    if row.ack_at is not None:
        return row
    if row.opened_at is None:
        raise Refused("wrong-state", RifcRefusals.OPEN_FIRST, record=row)
    row.ack_at, row.ack_by_seat_id = timezone.now(), actor.seat_id
    return row


@action(
    "bulletin_receipt.expire",
    model=BulletinReceipt,
    label=_("Record a late receipt"),
    done=_("Noted the receipt of a bulletin as late"),
    policy=policy.is_clock,
    starts=BulletinReceipt.WAITING,
    ends=S.OVERDUE,
    automatic=True,
)
def expire_bulletin_receipt(actor: Actor, row: BulletinReceipt, *, now: datetime.datetime) -> BulletinReceipt:
    """Tell the desk and the issuer."""
    row.late, row.reminded, row.reminded_at = True, row.reminded + 1, now
    bulletin = row.bulletin
    told = queries.told(bulletin, [bulletin.owner_id, row.desk_id], step=f"{row.desk_id}:{row.round}:{row.reminded}")
    emit("watch.bulletin_late", bulletin, told)
    return row
