"""How My work shows what waits: groups by time, figures by kind of work, who at the desk has how much."""

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, InterfaceError
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from apps.access.actor import DECIDES, Actor
from apps.access.templatetags.portal import in_words
from apps.access.urgency import LATER, NO_DATE, OVERDUE, TODAY, TONES, WEEK, due, urgency_of
from apps.people.queries import work
from apps.people.queries.work import Together, WorkRow, label_of

FIGURES = 6
GROUPS: dict[str, Any] = {
    OVERDUE: pgettext_lazy("words, people", "Overdue"),
    TODAY: pgettext_lazy("heading, people", "Today"),
    WEEK: pgettext_lazy("words, people", "Next 7 days"),
    LATER: pgettext_lazy("heading, people", "Later"),
    NO_DATE: pgettext_lazy("words, people", "No date"),
}
"""Groups by time, in their order."""

WAITING_FOR_OTHERS, DONE = "waiting", "done"
"""Lists beside that of what needs the seat."""

ORDERS: dict[str, Any] = {
    "due": pgettext_lazy("words, people", "Earliest due first"),
    "kind": gettext_lazy("By kind of work"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the desk is shown: a kind of work or an app (""), one's own alone, in which order, the whole team's.

    `show` is another list in place of what needs the seat: what others owe it, or what its person did last.
    """

    of: str = ""
    mine: bool = False
    order: str = "due"
    team: bool = False
    show: str = ""

    @classmethod
    def read(cls, actor: Actor | None, params: Mapping[str, str]) -> "Filters":
        """From an address; what does not fit is left out, a team is for who decides at a desk."""
        order = params.get("order", "due")
        return cls(
            of=params.get("of", ""),
            mine=params.get("mine") == "on",
            order=order if order in ORDERS else "due",
            team=params.get("team") == "on" and actor is not None and actor.rank >= DECIDES,
            show=params["show"] if params.get("show") in {WAITING_FOR_OTHERS, DONE} else "",
        )

    def fits(self, actor: Actor, row: WorkRow) -> bool:
        """Whether a row is shown."""
        if self.mine and row.seat != actor.seat_id:
            return False
        return not self.of or row.of == self.of or row.of.startswith(f"{self.of}.")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows that are done together, shown as one; of what is done alone, one row."""

    rows: Sequence[WorkRow]

    @property
    def first(self) -> WorkRow:
        """The one that presses most."""
        return self.rows[0]

    @property
    def together(self) -> Together | None:
        """What they are of, where there are several."""
        return self.first.together if len(self.rows) > 1 else None


def bundled(rows: Iterable[WorkRow]) -> list[Bundle]:
    """Rows with those beside them that are done on the same page, each where the first of them is."""
    found: dict[str, list[WorkRow]] = {}
    for number, row in enumerate(rows):
        found.setdefault(row.together.url if row.together else f"{number}", []).append(row)
    return [Bundle(each) for each in found.values()]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    name: str
    title: str
    rows: Sequence[WorkRow]

    @property
    def bundles(self) -> list[Bundle]:
        """Its rows, those that are done together as one."""
        return bundled(self.rows)


def grouped(rows: Iterable[WorkRow], order: str, now: datetime.datetime, zone: str) -> list[Group]:
    """Rows by time, or by kind of work, in the order in which they came; groups without rows are left out."""
    by: Callable[[WorkRow], str] = (
        (lambda row: row.of) if order == "kind" else (lambda row: urgency_of(row.due, now, zone))
    )
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
    tone: str


def figures(rows: Sequence[WorkRow], now: datetime.datetime, zone: str) -> list[Figure]:
    """A figure for each kind of work, what presses most first, six at most."""
    kinds = list(dict.fromkeys(row.of for row in rows))[:FIGURES]
    return [_figure(of, [row for row in rows if row.of == of], now, zone) for of in kinds]


def _figure(of: str, rows: Sequence[WorkRow], now: datetime.datetime, zone: str) -> Figure:
    groups = [urgency_of(row.due, now, zone) for row in rows]
    first, presses = rows[0].due, groups[0]
    if presses == OVERDUE:
        note = pgettext("words, people", "oldest %(late)s") % {"late": due(first, now)}
    elif presses == TODAY:
        today = groups.count(TODAY)
        note = ngettext("%(n)d today", "%(n)d today", today) % {"n": today}
    elif first is not None:
        day = in_words(first, zone).partition(",")[0]
        note = pgettext("words, people", "next due %(day)s") % {"day": day}
    else:
        note = pgettext("words, people", "no date")
    return Figure(of, label_of(of), len(rows), note, TONES.get(presses, ""))


def choices(rows: Iterable[WorkRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(app, [(value, words)])] of the kinds of work that wait, for a choice in groups."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        app = row.of.partition(".")[0]
        found.setdefault(app, {})[row.of] = label_of(row.of)
    listed = []
    for app, kinds in found.items():
        whole = {app: pgettext("words, people", "%(app)s: all") % {"app": label_of(app)}} if set(kinds) != {app} else {}
        listed.append((label_of(app), list((whole | kinds).items())))
    return listed


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one person at the desk, or for anybody (seat None); `counts` by group of time."""

    seat: int | None
    name: str
    rows: Sequence[WorkRow]
    counts: Mapping[str, int]

    @property
    def bundles(self) -> list[Bundle]:
        """The rows, those that are done together as one."""
        return bundled(self.rows)


def loads(rows: Sequence[WorkRow], people: Mapping[int, str], now: datetime.datetime, zone: str) -> list[Load]:
    """Who has how much: what is nobody's first, then everybody at the desk by name, then seats that have ended."""
    names: dict[int | None, str] = {None: pgettext("words, people", "Not assigned yet")} | {
        seat: name for seat, name in people.items()
    }
    for row in rows:
        names.setdefault(row.seat, _("Person whose appointment has ended"))
    listed = []
    for seat, name in names.items():
        own = [row for row in rows if row.seat == seat]
        groups = [urgency_of(row.due, now, zone) for row in own]
        listed.append(Load(seat, name, own, {group: groups.count(group) for group in GROUPS}))
    return listed


def digest(rows: Iterable[WorkRow]) -> str:
    """A short mark of a list: another one when a row comes, goes or changes its date."""
    said = "\n".join(f"{row.key} {row.title} {row.due}" for row in rows)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


COUNTS_S = 30


class Kept(NamedTuple):
    """What pages say of a thing that waits besides My work: the rail counts its place, its record's page has it on
    top. No detail is kept: names of travellers are in no cache."""

    place: str
    due: datetime.datetime | None
    page: str
    url: str
    title: str
    act: str
    key: str


Counted = list[Kept]


def remember(actor: Actor, rows: Iterable[WorkRow]) -> Counted:
    """Keep what waits for a seat for the rail and the records of its pages, for half a minute."""
    counted = [
        Kept(row.place or row.url, row.due, row.page, row.url, str(row.title), str(row.act), row.key) for row in rows
    ]
    with contextlib.suppress(Exception):  # without a cache the rail asks each time: it is only a service
        cache.set(_key(actor), counted, COUNTS_S)
    return counted


def counted_for(request: Any) -> Counted:
    """What waits for the seat, as this request, one of the last half minute, or now finds it; it is My work's query."""
    if getattr(request, "waiting", None) is None:
        request.waiting = remembered(request.actor)
    if request.waiting is None:
        request.waiting = []
        with contextlib.suppress(DatabaseError, InterfaceError):  # a page that says what failed needs no numbers
            request.waiting = count(request.actor)
    found: Counted = request.waiting
    return found


def need_of(request: Any, page: str) -> Kept | None:
    """The first thing that a record's page asks of the seat; None where nothing does, and without a seat."""
    if request.actor is None:
        return None
    return next((one for one in counted_for(request) if one.page == page), None)


def count(actor: Actor) -> Counted:
    """Count what waits for a seat, and keep it."""
    return remember(actor, work.waiting_for(actor))


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
        cache.delete_many([_key(actor, code) for code, _name in settings.LANGUAGES])


def _key(actor: Actor, language: str = "") -> str:
    return f"people:waiting:{actor.seat_id}:{language or get_language()}"
