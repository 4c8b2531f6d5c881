"""How My desk shows what waits: groups by time, figures by kind of work, who at the desk has how much."""

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.access.actor import DECIDES, Actor
from apps.access.templatetags.portal import in_words, lateness_in_words
from apps.people.waiting import WorkRow, label_of

FIGURES = 6
WEEK = datetime.timedelta(days=7)
GROUPS: dict[str, Any] = {
    "late": gettext_lazy("Late"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("Next 7 days"),
    "later": gettext_lazy("Later"),
    "none": gettext_lazy("No date"),
}
"""Groups by time, in their order."""

ORDERS: dict[str, Any] = {"due": gettext_lazy("Due first"), "kind": gettext_lazy("By kind of work")}


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the desk is shown: a kind of work or an app (""), one's own alone, in which order, the whole team's."""

    of: str = ""
    mine: bool = False
    order: str = "due"
    team: bool = False

    @classmethod
    def read(cls, actor: Actor | None, params: Mapping[str, str]) -> "Filters":
        """From an address; what does not fit is left out, a team is for who decides at a desk."""
        order = params.get("order", "due")
        return cls(
            of=params.get("of", ""),
            mine=params.get("mine") == "on",
            order=order if order in ORDERS else "due",
            team=params.get("team") == "on" and actor is not None and actor.rank >= DECIDES,
        )

    def fits(self, actor: Actor, row: WorkRow) -> bool:
        """Whether a row is shown."""
        if self.mine and row.seat != actor.seat_id:
            return False
        return not self.of or row.of == self.of or row.of.startswith(f"{self.of}.")


def group_of(row: WorkRow, now: datetime.datetime, zone: str) -> str:
    """The group of a row, by the days of the place."""
    if row.due is None:
        return "none"
    if row.due <= now:
        return "late"
    place = ZoneInfo(zone or "UTC")
    left = row.due.astimezone(place).date() - now.astimezone(place).date()
    if not left:
        return "today"
    return "week" if left < WEEK else "later"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    name: str
    title: str
    rows: Sequence[WorkRow]


def grouped(rows: Iterable[WorkRow], order: str, now: datetime.datetime, zone: str) -> list[Group]:
    """Rows by time, or by kind of work, in the order in which they came; groups without rows are left out."""
    by: Callable[[WorkRow], str] = (lambda row: row.of) if order == "kind" else (lambda row: group_of(row, now, zone))
    found: dict[str, list[WorkRow]] = {} if order == "kind" else {name: [] for name in GROUPS}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    title: Callable[[str], str] = label_of if order == "kind" else (lambda name: str(GROUPS[name]))
    return [Group(name.replace(".", "-"), title(name), each) for name, each in found.items() if each]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many rows of one kind of work wait, and what of it presses most."""

    of: str
    label: str
    count: int
    note: str
    urgency: str


def figures(rows: Sequence[WorkRow], now: datetime.datetime, zone: str) -> list[Figure]:
    """A figure for each kind of work, what presses most first, six at most."""
    kinds = list(dict.fromkeys(row.of for row in rows))[:FIGURES]
    return [_figure(of, [row for row in rows if row.of == of], now, zone) for of in kinds]


def _figure(of: str, rows: Sequence[WorkRow], now: datetime.datetime, zone: str) -> Figure:
    groups = [group_of(row, now, zone) for row in rows]
    first = rows[0].due
    if groups[0] == "late" and first is not None:
        note, urgency = _("oldest %(span)s late") % {"span": lateness_in_words((now - first).total_seconds())}, "bad"
    elif groups[0] == "today":
        today = groups.count("today")
        note, urgency = ngettext("%(n)d today", "%(n)d today", today) % {"n": today}, "bad"
    elif first is not None:
        day = in_words(first, zone).partition(",")[0]
        note, urgency = _("next due %(day)s") % {"day": day}, "warn" if groups[0] == "week" else ""
    else:
        note, urgency = _("no date"), ""
    return Figure(of, label_of(of), len(rows), note, urgency)


def choices(rows: Iterable[WorkRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(app, [(value, words)])] of the kinds of work that wait, for a choice in groups."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        app = row.of.partition(".")[0]
        found.setdefault(app, {})[row.of] = label_of(row.of)
    listed = []
    for app, kinds in found.items():
        whole = {app: _("%(app)s: all") % {"app": label_of(app)}} if set(kinds) != {app} else {}
        listed.append((label_of(app), list((whole | kinds).items())))
    return listed


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one person at the desk, or for anybody (seat None); `counts` by group of time."""

    seat: int | None
    name: str
    rows: Sequence[WorkRow]
    counts: Mapping[str, int]


def loads(rows: Sequence[WorkRow], people: Mapping[int, str], now: datetime.datetime, zone: str) -> list[Load]:
    """Who has how much: what is nobody's first, then everybody at the desk by name, then seats that have ended."""
    names: dict[int | None, str] = {None: _("Nobody yet")} | {seat: name for seat, name in people.items()}
    for row in rows:
        names.setdefault(row.seat, _("Somebody whose seat has ended"))
    listed = []
    for seat, name in names.items():
        own = [row for row in rows if row.seat == seat]
        groups = [group_of(row, now, zone) for row in own]
        listed.append(Load(seat, name, own, {group: groups.count(group) for group in GROUPS}))
    return listed


def digest(rows: Iterable[WorkRow]) -> str:
    """A short mark of a list: another one when a row comes, goes or changes its date."""
    said = "\n".join(f"{row.url} {row.title} {row.due}" for row in rows)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


COUNTS_S = 30
Counted = list[tuple[str, datetime.datetime | None]]
"""(address of the page or of its place in the rail, when it is due) of everything that waits for a seat."""


def remember(actor: Actor, rows: Iterable[WorkRow]) -> Counted:
    """Keep what waits for a seat for the rail of its pages, for half a minute."""
    counted = [(row.place or row.url, row.due) for row in rows]
    with contextlib.suppress(Exception):  # without a cache the rail asks each time: it is only a service
        cache.set(_key(actor), counted, COUNTS_S)
    return counted


def remembered(actor: Actor) -> Counted | None:
    """What was kept; None when it is too old to be shown. No query."""
    try:
        counted: Counted | None = cache.get(_key(actor))
    except Exception:  # without a cache nothing is known
        return None
    return counted


def forget(actor: Actor) -> None:
    """Let it be counted anew, because this seat has just done something; what others do is seen within COUNTS_S."""
    with contextlib.suppress(Exception):
        cache.delete(_key(actor))


def _key(actor: Actor) -> str:
    return f"people:waiting:{actor.seat_id}"
