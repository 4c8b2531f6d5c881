"""Telling desks: one notice for each desk, once for each event, record and step."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.notices import policy, queries
from apps.notices.models import Notice
from apps.people.queries import desk_ids

N = Notice.State


@action(
    "notice.tell",
    model=Notice,
    label=pgettext_lazy("button, notices", "Notify desks"),
    done=pgettext_lazy("words, audit", "Notified desks"),
    policy=policy.may_tell,
    ends=N.values,
    automatic=True,
)
def create_notices(
    actor: Actor,
    _row: None,
    *,
    event: str,
    desks: Iterable[str | int],
    object_type: str,
    object_id: Any,
    number: str,
    title: str = "",
    due_at: datetime.datetime | None = None,
    step: str = "",
    needs_receipt: bool = False,
    level: int = Level.OFFICIAL,
    url_name: str = "",
    seats: Iterable[int] = (),
    grade: str = "",
) -> Notice:
    """Tell desks of one event of a record; what a desk was told before, it is not told again.

    `desks` are codes or ids; `number` is the only thing that a mail will carry, `title` is for the portal alone.
    `seats` are the persons at the desks who are mailed, all of them without; the desk's inbox shows it to everybody.
    `grade` (high, mid, low) makes it an alarm, which people may let through their quiet hours.
    `step` tells apart several tellings of one event ("24h", "4h"). `url_name` is the record's page by its id; without
    it that of the record's type. Gives the first new notice, or the first known one. LookupError for an unknown event
    and for no known desk, ValueError for a number that does not fit into the subject of a mail.
    """
    about = queries.event_of(event)
    to, named = _addressed(desks), sorted(set(seats))
    if not number or len(number) > 60 or not number.isprintable():
        raise ValueError("a number of 1 to 60 printable characters")
    known = Notice.objects.filter(
        code=event, object_type=object_type, object_id=str(object_id), step=step, owner__in=to
    )
    told = {row.owner_id: row for row in known.select_for_update()}
    new = [
        Notice(
            owner_id=desk,
            originator_id=actor.party_code,
            level=level,
            event=about,
            code=event,
            object_type=object_type,
            object_id=str(object_id),
            url_name=url_name or queries.page_name(object_type),
            number=number,
            title=title[:200],
            step=step,
            due_at=due_at,
            needs_receipt=needs_receipt,
            grade=grade,
            seats=named,
            changed_by_seat_id=actor.seat_id,
        )
        for desk in to
        if desk not in told
    ]
    Notice.objects.bulk_create(new)
    clock = desk_ids(queries.CLOCK)
    for notice in new:
        share(actor, notice, [notice.owner_id, actor.desk_id, *clock])
    for notice in new[1:]:
        also("notice.tell", notice, after=notice.state)
    if new:
        keys = {"notices": [str(notice.pk) for notice in new]}
        emit("notice.told", new[0], keys)
        if queries.programs_listen(notice.owner_id for notice in new):
            emit("notice.calls", new[0], keys)
        return new[0]
    return told[min(told)]


def _addressed(desks: Iterable[str | int]) -> list[int]:
    """Ids of the desks, in one order for all writers; LookupError if there is none."""
    named = list(desks)
    ids = {desk for desk in named if isinstance(desk, int)}
    codes = [desk for desk in named if isinstance(desk, str)]
    found = sorted(ids | set(desk_ids(*codes))) if codes else sorted(ids)
    if not found:
        raise LookupError(f"no desk to tell among {named}")
    return found
