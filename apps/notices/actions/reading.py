"""What people do with notices: read them, give the desk's receipt, choose how they are told."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.refused import Refused
from apps.notices import policy, queries
from apps.notices.models import Notice, NoticeReading, Subscription

N = Notice.State


@action(
    "notice.acknowledge",
    model=Notice,
    label=_("Give the receipt"),
    policy=policy.may_acknowledge,
    starts={N.UNREAD, N.READ},
    ends=N.ACKNOWLEDGED,
)
def acknowledge(actor: Actor, notice: Notice) -> Notice:
    """Give the desk's receipt: who and when stay on the notice, and the record's room is told."""
    notice.acknowledged_at = timezone.now()
    notice.acknowledged_by = actor.person
    _seen(actor, [notice])
    emit(
        "notice.acknowledged",
        notice,
        {
            "event": notice.code,
            "object_type": notice.object_type,
            "object_id": notice.object_id,
            "desk": actor.desk_code,
            "party": actor.party_code,
        },
    )
    return notice


@action("notice.read", model=Notice, label=_("Mark as read"), policy=policy.may_read, starts=N.values, ends=N.values)
def read(actor: Actor, notice: Notice) -> Notice:
    """Note that this person has read the notice; with the first reading it is read for the desk."""
    _seen(actor, [notice])
    if notice.state == N.UNREAD:
        notice.state = N.READ
    return notice


@action("notice.read_all", model=Notice, label=_("Mark all as read"), policy=policy.may_read, ends=N.values)
def read_all(actor: Actor, _row: None, *, kind: str = "") -> Notice:
    """Note that this person has read every notice of his desk (of one kind); Refused when none is unread."""
    rows = list(queries.unread(actor, kind).order_by("pk"))
    if not rows:
        raise Refused("wrong-state")
    _seen(actor, rows)
    Notice.objects.filter(pk__in=[row.pk for row in rows[1:]], state=N.UNREAD).update(
        state=N.READ, version=F("version") + 1, changed_at=timezone.now(), changed_by_seat_id=actor.seat_id
    )
    first = rows[0]
    if first.state == N.UNREAD:
        first.state = N.READ
    return first


def _seen(actor: Actor, notices: list[Any]) -> None:
    NoticeReading.objects.bulk_create(
        [NoticeReading(notice=notice, user_id=actor.user_id) for notice in notices], ignore_conflicts=True
    )


@action(
    "subscription.choose", model=Subscription, label=_("Choose how to be told"), policy=policy.may_choose, ends="chosen"
)
def choose(actor: Actor, _row: None, *, ways: Mapping[str, str]) -> Subscription:
    """Choose a way of being told for groups of events ("": as the event says); groups not named stay as they are."""
    row, _made = Subscription.objects.select_for_update().get_or_create(user_id=actor.user_id)
    row.ways = {group: way for group, way in {**row.ways, **ways}.items() if way}
    row.save(update_fields=["ways"])
    return row
