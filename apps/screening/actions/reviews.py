"""What becomes of entries that their owners do not look at in time: they are told, then the entry is suspended."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.screening import policy
from apps.screening.actions.files import put_out_of_use
from apps.screening.models import Entry, WatchList
from apps.screening.queries import reviews as queries

OPEN = WatchList.State.OPEN
OVERDUE = "Nobody has looked in time whether it is still needed"


@action(
    "list.remind",
    model=WatchList,
    label=_("Send review reminders"),
    done=_("Reminded of reviews of entries"),
    policy=policy.may_run_lists,
    starts=set(WatchList.State),
    ends=list(WatchList.State),
    automatic=True,
)
def remind_of_entry_reviews(actor: Actor, home: WatchList, *, today: datetime.date) -> WatchList:
    """Tell the desks that keep a list's entries that their review comes, or is overdue; each of both once."""
    rows = queries.to_remind_of(today).filter(list=home)
    told: Any = rows.aggregate(n=Count("pk"), first=Min("review_on"))
    if not told["n"]:
        raise Refused("wrong-state")
    desks = sorted(set(rows.order_by().values_list("owner_id", flat=True)))
    rows.update(reminded_on=today)
    emit(
        "list.reviews_due",
        home,
        {"n": told["n"], "first": told["first"].isoformat(), "desks": desks, "day": today.isoformat()},
    )
    return home


@action(
    "list.suspend",
    model=WatchList,
    label=_("Suspend unreviewed entries"),
    done=_("Suspended entries that were not reviewed"),
    policy=policy.may_run_lists,
    starts=set(WatchList.State),
    ends=list(WatchList.State),
    automatic=True,
)
def suspend_unreviewed_entries(
    actor: Actor, home: WatchList, *, entries: Sequence[Any], today: datetime.date
) -> WatchList:
    """Take entries out of use whose review is overdue (`queries.to_suspend`), until their owner has looked at them.

    Nobody is compared with them meanwhile; open hits stay, and who works on them is told.
    """
    rows = queries.to_suspend(today).filter(list=home, pk__in=entries).select_for_update(of=("self",))
    late = list(rows.order_by("pk"))
    if not late:
        raise Refused("wrong-state")
    put_out_of_use(home, late, Entry.State.SUSPENDED, seat_id=actor.seat_id, why=OVERDUE)
    desks = sorted({entry.owner_id for entry in late})
    emit("list.suspended", home, {"n": len(late), "first": str(late[0].pk), "desks": desks, "day": today.isoformat()})
    return home
