"""Bringing a list up to its file, many entries at a time."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.screening import policy, queries
from apps.screening.actions.lists import readers
from apps.screening.models import Entry, EntryKey, EntryVersion, WatchList
from apps.screening.queries import visibility
from apps.screening.queries.list_files import COMPARED, Line, differs, state_after

S = Entry.State
GONE = "No longer in the list's file"
UPDATED_AT_ONCE = 500
"""Rows of one UPDATE: it looks each row up among all of them, so that its time grows with their square."""


@action(
    "list.take_in",
    model=WatchList,
    label=_("Import a file"),
    done=_("Took a file into a watchlist"),
    policy=policy.may_run_lists,
    starts={WatchList.State.OPEN},
    ends=WatchList.State.OPEN,
    automatic=True,
)
def import_entries(actor: Actor, home: WatchList, *, lines: Sequence[Line], counts: dict[str, int]) -> WatchList:
    """Bring the entries of some lines of a list file up to the file, adding to `counts` what was done."""
    bring_up(actor, home, lines, counts, seat_id=actor.seat_id)
    return home


def bring_up(
    actor: Actor, home: WatchList, lines: Sequence[Line], counts: dict[str, int], *, seat_id: int, why: str = ""
) -> None:
    """Inside an action: make the entries of a list say what some lines say, adding to `counts` what was done.

    For some thousand lines at most, with different references; `seat_id` and `why` stand in the entries' history. Emits
    one `list.changed` with the ids of the entries that are new or changed, in place of `entry.changed` for each.
    """
    today = visibility.region_today()
    review = queries.limits(today).review_after(home.kind, today)
    known = {e.reference: e for e in Entry.objects.filter(list=home, reference__in=[x.reference for x in lines])}
    new = [(_new_entry(home, line, review), line) for line in lines if line.reference not in known]
    stale = [(known[x.reference], x) for x in lines if x.reference in known and differs(known[x.reference], x)]
    Entry.objects.copy_in([entry for entry, _ in new])
    share_many(actor, [entry for entry, _ in new], readers(home.originator_id, home.owner_id))
    for entry, line in stale:
        _take_over(entry, line, seat_id)
    followed = ["begins_on", "review_on", "display_name", "state", "version", "changed_at", "changed_by_seat_id"]
    Entry.objects.bulk_update([entry for entry, _ in stale], [*COMPARED, *followed], batch_size=UPDATED_AT_ONCE)
    written = [*new, *stale]
    EntryKey.objects.rewrite({e.pk: line.keys if e.state == S.ACTIVE else () for e, line in written})
    EntryVersion.objects.keep_saved([entry.pk for entry, _ in written], seat_id=seat_id, why=why)
    _count(counts, created=len(new), updated=len(stale), unchanged=len(lines) - len(written))
    if written:
        emit("list.changed", home, {"entries": [str(entry.pk) for entry, _ in written]})


def _new_entry(home: WatchList, line: Line, review: datetime.date) -> Entry:
    return Entry(
        list=home,
        owner_id=home.owner_id,
        originator_id=home.originator_id,
        level=Level.CONFIDENTIAL,
        reference=line.reference,
        state=line.state,
        **{"review_on": review} | line.columns(),
    )


def _take_over(entry: Entry, line: Line, seat_id: int) -> None:
    entry.state = state_after(entry, line)
    for name, value in line.columns().items():
        setattr(entry, name, value)
    _touch(entry, seat_id)


def _touch(entry: Entry, seat_id: int) -> None:
    """What the door does for a single record."""
    entry.version += 1
    entry.changed_by_seat_id = seat_id
    entry.changed_at = timezone.now()


def _count(counts: dict[str, int], **more: int) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number


@action(
    "list.drop",
    model=WatchList,
    label=_("Withdraw entries no longer in the file"),
    done=_("Withdrew entries that a file no longer has"),
    policy=policy.may_run_lists,
    starts={WatchList.State.OPEN},
    ends=WatchList.State.OPEN,
    automatic=True,
)
def withdraw_dropped_entries(
    actor: Actor, home: WatchList, *, entries: Sequence[Any], counts: dict[str, int]
) -> WatchList:
    """Withdraw active entries (some thousand at most, by id) that the list's file no longer has; adds to `counts`."""
    withdraw_some(home, entries, counts, seat_id=actor.seat_id, why=GONE)
    return home


def withdraw_some(home: WatchList, entries: Sequence[Any], counts: dict[str, int], *, seat_id: int, why: str) -> None:
    """Inside an action: withdraw those of some entries (some thousand at most, by id) that are in use or suspended."""
    rows = Entry.objects.select_for_update().filter(list=home, pk__in=entries, state__in=Entry.KEPT_UP)
    ended = list(rows.order_by("pk"))
    put_out_of_use(home, ended, S.WITHDRAWN, seat_id=seat_id, why=why)
    _count(counts, withdrawn=len(ended))


def put_out_of_use(home: WatchList, ended: Sequence[Entry], state: str, *, seat_id: int, why: str) -> None:
    """Inside an action: let locked entries of a list have a state in which nobody is compared with them."""
    for entry in ended:
        entry.state = state
        _touch(entry, seat_id)
    columns = ["state", "version", "changed_at", "changed_by_seat_id"]
    Entry.objects.bulk_update(ended, columns, batch_size=UPDATED_AT_ONCE)
    EntryKey.objects.rewrite({entry.pk: () for entry in ended})
    EntryVersion.objects.keep_saved([entry.pk for entry in ended], seat_id=seat_id, why=why)
    if ended:
        emit("list.changed", home, {"entries": [str(entry.pk) for entry in ended]})
