"""Who is told how, and what a mail is written from."""

import contextlib
import datetime
import hashlib
import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.access.actor import Actor
from apps.notices.models import Delivery, Event, Notice, Subscription
from apps.people.models import Seat, User

CLOCK = "IMPACS.automation"
"""The desk whose service seat tells, sends and reminds by itself."""

DIGEST_AT = datetime.time(7, 0)
SATURDAY = 5
LOCKS = 7_101
"""Class of the advisory locks under which mails are sent."""

Way = Subscription.Way
CHANNELS = {
    Way.AT_ONCE: Delivery.Channel.MAIL,
    Way.DIGEST: Delivery.Channel.DIGEST,
    Way.PORTAL: Delivery.Channel.PORTAL,
}


def event_of(code: str, day: datetime.date | None = None) -> Event:
    """The event as it holds on a day (today); LookupError if the portal does not know it."""
    found = Event.objects.in_force(day or timezone.now().date()).filter(code=code).order_by("-valid_from").first()
    if found is None:
        raise LookupError(f"no event {code}: declare it in the app's manifest, then load_reference")
    return found


@dataclass(frozen=True, slots=True)
class Planned:
    """One person to be told of one notice."""

    notice_id: Any
    user_id: int
    channel: str
    address: str
    not_before: datetime.datetime | None = None


def planned(actor: Actor, notices: Collection[str]) -> list[Planned]:
    """How everybody who sits at the addressed desks, or in the seats named there, and may read it, is told of these."""
    rows = list(Notice.objects.visible_to(actor).filter(pk__in=notices).select_related("event").order_by("pk"))
    seats = Seat.objects.current().filter(desk__in={row.owner_id for row in rows}).exclude(kind=Seat.Kind.SERVICE)
    by_desk: dict[int, list[Any]] = {}
    for seat in seats.select_related("user", "desk__function", "desk__party").order_by("pk"):
        by_desk.setdefault(seat.desk_id, []).append(seat)
    people = [seat.user_id for at in by_desk.values() for seat in at]
    chosen = {one.user_id: one for one in Subscription.objects.filter(user__in=people)}
    now = timezone.now()
    return [
        _plan(row, seat, chosen.get(seat.user_id) or Subscription(), now)
        for row in rows
        for seat in by_desk.get(row.owner_id, [])
        if min(seat.user.clearance, seat.desk.function.max_level) >= row.level
        and (not row.seats or seat.pk in row.seats)
    ]


def _plan(row: Notice, seat: Any, chosen: Subscription, now: datetime.datetime) -> Planned:
    way = channel(row.event, chosen.ways)
    waits = None
    if way == Delivery.Channel.MAIL and row.event.kind != Event.Kind.SECURITY and not passes(row.grade, chosen.passes):
        waits = quiet_end(chosen, now, seat.desk.party.time_zone)
    return Planned(row.pk, seat.user_id, way, seat.user.email, waits)


GRADES = ("low", "mid", "high")


def passes(grade: str, least: str) -> bool:
    """Whether an alarm of a grade comes in quiet hours for somebody who lets through those from `least` on."""
    return grade in GRADES and least in GRADES and GRADES.index(grade) >= GRADES.index(least)


def quiet_end(chosen: Subscription, now: datetime.datetime, zone: str) -> datetime.datetime | None:
    """When a person's quiet hours end that run at a moment, on the clocks of their zone; None where none run.

    They may go over midnight. On the night of a clock change they end at the same reading of the clock.
    """
    begins, ends = chosen.quiet_from, chosen.quiet_until
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(ZoneInfo(zone))
    clock = local.time()
    within = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    if not within:
        return None
    day = local.date() if clock < ends else local.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, ends, ZoneInfo(zone)).astimezone(datetime.UTC)


def quiet_until(actor: Actor, now: datetime.datetime) -> list[Any]:
    """Mails whose reader's quiet hours are over."""
    rows = Delivery.objects.visible_to(actor).filter(
        channel=Delivery.Channel.MAIL, state=Delivery.State.QUEUED, batch=None, not_before__lte=now
    )
    return list(rows.order_by("pk")[:1000])


def channel(event: Event, ways: dict[str, str]) -> str:
    """By which way a person with these choices is told of an event."""
    if not event.mail:
        return Delivery.Channel.PORTAL
    if event.kind in Event.FIXED:
        return Delivery.Channel.MAIL
    usual = Way.DIGEST if event.digest else Way.AT_ONCE
    return CHANNELS[Way(ways.get(event.group, usual))]


def groups() -> dict[str, list[Event]]:
    """{group: its events of today that are mailed and that a person may choose a way for}."""
    found: dict[str, list[Event]] = {}
    rows = Event.objects.in_force(timezone.now().date()).filter(mail=True).exclude(kind__in=Event.FIXED)
    for event in rows.order_by("group", "code"):
        found.setdefault(event.group, []).append(event)
    return found


def ways_of(actor: Actor) -> dict[str, str]:
    """What the person has chosen, by group."""
    row = Subscription.objects.visible_to(actor).first()
    return dict(row.ways) if row else {}


def chosen_by(actor: Actor) -> Subscription:
    """The person's choices; unsaved ones where they have made none."""
    return Subscription.objects.visible_to(actor).first() or Subscription()


def chosen_or_usual(actor: Actor) -> Subscription:
    """The same with the person's account, for the API. Up to two queries."""
    row = Subscription.objects.visible_to(actor).select_related("user").first()
    return row or Subscription(user=User.objects.get(pk=actor.user_id))


def address_hash(address: str) -> str:
    """How a log remembers an address: keyed, so that nobody can try addresses against it."""
    return salted_hmac("notices.address", address.lower(), algorithm="sha256").hexdigest()


def lock_number(batch: Any) -> int:
    """The advisory lock of a mail within LOCKS: 28 bits; two mails that share one wait for each other, no more."""
    return int(hashlib.sha256(str(batch).encode()).hexdigest()[:7], 16)


@contextlib.contextmanager
def sole_senders(batches: Collection[Any]) -> Iterator[list[Any]]:
    """Those of these mails that this worker alone may send now; the locks go with its connection if it dies."""
    numbers = {lock_number(batch): batch for batch in batches}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM unnest(%s::int[]) AS number WHERE pg_try_advisory_lock(%s, number)",
            [list(numbers), LOCKS],
        )
        mine = [number for (number,) in cursor.fetchall()]
    try:
        yield [numbers[number] for number in mine]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, number) FROM unnest(%s::int[]) AS number", [LOCKS, mine])


LINES = (
    *("notice_id", "notice__number", "notice__due_at", "notice__event__label", "notice__event__subject"),
    *("notice__event__kind", "channel", "notice__object_type", "notice__object_id"),
)
"""What of a notice may come near a mail. Its title is not read at all."""


def lines_of(batches: Sequence[Any]) -> dict[Any, list[dict[str, Any]]]:
    """{mail: what it is written from}: LINES of each of its deliveries, the oldest first. One query."""
    found: dict[Any, list[dict[str, Any]]] = {batch: [] for batch in batches}
    rows = Delivery.objects.filter(batch__in=batches, state=Delivery.State.QUEUED).order_by("pk")
    for line in rows.values("batch", *LINES):
        found[line.pop("batch")].append(line)
    return found


def batch_of(message_id: str) -> uuid.UUID | None:
    """The mail that a Message-ID names, by the id of its first delivery; None if it is none of this portal's."""
    own = re.fullmatch(r"<([0-9a-f]{32})\.notice@[^<>@\s]+>", message_id)
    return uuid.UUID(own[1]) if own else None


def seats_of(deliveries: Sequence[Any]) -> dict[Any, Any]:
    """{delivery's key: the seat at which the person is told}, for those whose seat is still in force. One query."""
    rows = Seat.objects.current().filter(
        user__in={row.user_id for row in deliveries}, desk__in={row.notice.owner_id for row in deliveries}
    )
    found = rows.select_related("user__home_party", "desk__party", "desk__function").order_by("-pk")
    seats = {(seat.user_id, seat.desk_id): seat for seat in found}
    places = {row.pk: (row.user_id, row.notice.owner_id) for row in deliveries}
    return {key: seats[place] for key, place in places.items() if place in seats}


def digest_moment(now: datetime.datetime, zone: str) -> datetime.datetime | None:
    """When the digest of the day was due in a zone: 07:00 on weekdays; None before that and at week-ends."""
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return due if local.weekday() < SATURDAY and due <= local else None


def digests_due(actor: Actor, now: datetime.datetime) -> list[tuple[Any, datetime.datetime]]:
    """(first delivery, moment of the digest) for each person and desk for whom something waits since before it."""
    rows = _in_digest(Delivery.objects.visible_to(actor)).select_related("notice__owner__party").order_by("pk")
    found: dict[tuple[int, int], tuple[Any, datetime.datetime]] = {}
    for row in rows.iterator():
        moment = digest_moment(now, row.notice.owner.party.time_zone)
        if moment is not None and row.at <= moment:
            found.setdefault((row.user_id, row.notice.owner_id), (row, moment))
    return list(found.values())


def waiting_for_digest(first: Any, until: datetime.datetime) -> models.QuerySet[Any]:
    """What goes into the same digest as this delivery: same person, same desk, waiting since before `until`."""
    return _in_digest(Delivery.objects.filter(user=first.user_id, notice__owner=first.notice.owner_id, at__lte=until))


def _in_digest(rows: Any) -> models.QuerySet[Any]:
    return rows.filter(channel=Delivery.Channel.DIGEST, state=Delivery.State.QUEUED, batch=None)
