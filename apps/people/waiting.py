"""What waits for a seat: each room says what of its own records does, and My desk shows it in one list.

Rooms say three things: what waits for the seat, what comes in the next days, and what the desk asked of others. A room
that can yields `Ask`s: the rows of all rooms are then read in one statement, however many rooms there are.
"""

import datetime
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.db.models import IntegerField, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.functional import Promise

from apps.access.actor import Actor
from apps.access.models import FAR_FUTURE

MOST = 50
HORIZON = datetime.timedelta(days=14)
"""How far ahead the panel of what comes looks."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that waits: its title and page, when it is due (None: no date), a line of detail, an icon's name.

    `act` is what its button says. `seat` is the seat of the person whose work it is (None: anybody's at the desk).
    `of` is the kind of work that it counts among, `place` the address of the rail's entry that it belongs to; both are
    those of the room that says it, where the row does not say better.
    """

    title: str
    url: str
    due: datetime.datetime | None
    detail: str
    kind: str
    act: str = ""
    seat: int | None = None
    of: str = ""
    place: str = ""


Facts = dict[str, Any]
"""What one row of a statement over all rooms says; moments and days are ISO 8601 texts."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Rows that a room reads together with all other rooms: a queryset of visible records, not cut, and its order.

    `facts` are the columns or expressions that `build` makes rows of (one, several or none).
    """

    rows: QuerySet[Any]
    order: Sequence[str]
    facts: Mapping[str, Any]
    build: Callable[[Facts], Iterable[WorkRow]]
    most: int = MOST


def moment(text: str | None) -> datetime.datetime | None:
    """A moment among facts."""
    return datetime.datetime.fromisoformat(text) if text else None


def day(text: str | None) -> datetime.date | None:
    """A day among facts."""
    return datetime.date.fromisoformat(text) if text else None


def cut(text: str, most: int) -> str:
    """A text on one line, of so many characters at most; what is left out ends at a word, and an ellipsis says so."""
    return textwrap.shorten(text, most, placeholder="…", break_on_hyphens=False)


Provider = Callable[[Actor], Iterable[WorkRow | Ask]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A room's provider with the panel it speaks for and the kind of work that its rows are."""

    provider: Provider
    panel: str
    of: str


WAITING, COMING, ASKED = PANELS = ("waiting", "coming", "asked")
_registered: dict[Provider, Registered] = {}
_kinds: dict[str, str | Promise] = {}


def register(provider: Provider) -> Provider:
    """Add a room's provider; serves as a decorator. It reads through visible_to, in a constant number of queries.

    Its rows count as the work of its app.
    """
    return _add(provider, WAITING, _app_of(provider))


def register_as(kind: str, label: str | Promise) -> Callable[[Provider], Provider]:
    """The same for a provider whose rows are a kind of work of their own among its app's, "council.papers"."""

    def add(provider: Provider) -> Provider:
        of = f"{_app_of(provider)}.{kind}"
        _kinds[of] = label
        return _add(provider, WAITING, of)

    return add


def register_coming(provider: Provider) -> Provider:
    """Add a provider of what comes: rows with the moment on which it does, whether it needs the seat or not."""
    return _add(provider, COMING, _app_of(provider))


def register_asked(provider: Provider) -> Provider:
    """Add a provider of what the desk has asked of others and has no answer to: rows since when it waits."""
    return _add(provider, ASKED, _app_of(provider))


def _add(provider: Provider, panel: str, of: str) -> Provider:
    _registered.setdefault(provider, Registered(provider, panel, of))
    return provider


def _app_of(provider: Provider) -> str:
    return provider.__module__.split(".")[1]


def label_of(of: str) -> str:
    """What a kind of work is called: its own name, or that of its app."""
    if of in _kinds:
        return str(_kinds[of])
    return str(apps.get_app_config(of.partition(".")[0]).verbose_name)


def panels(actor: Actor | None, *wanted: str) -> dict[str, list[WorkRow]]:
    """{panel: its rows, the earliest first} of the panels wanted (all of them), for the seat and its desk.

    One query for all `Ask`s together, and what the other providers ask by themselves.
    """
    found: dict[str, list[WorkRow]] = {panel: [] for panel in wanted or PANELS}
    if actor is None:
        return found
    asks: list[tuple[Registered, Ask]] = []
    for registered in _registered.values():
        if registered.panel not in found:
            continue
        for said in registered.provider(actor):
            if isinstance(said, Ask):
                asks.append((registered, said))
            else:
                found[registered.panel].append(_named(registered, said))
    for registered, row in _answers(asks):
        found[registered.panel].append(_named(registered, row))
    return {panel: sorted(rows, key=lambda row: (row.due or FAR_FUTURE, row.title)) for panel, rows in found.items()}


def gathered(lists: Mapping[str, Sequence[Ask]]) -> dict[str, list[WorkRow]]:
    """{name: rows, the earliest first} of lists that a page of a room gathers for itself, in one statement."""
    found: dict[str, list[WorkRow]] = {name: [] for name in lists}
    asks = [(Registered(lambda _actor: (), name, name), ask) for name, wanted in lists.items() for ask in wanted]
    for registered, row in _answers(asks):
        found[registered.panel].append(row)
    return {name: sorted(rows, key=lambda row: (row.due or FAR_FUTURE, row.title)) for name, rows in found.items()}


def waiting_for(actor: Actor | None) -> list[WorkRow]:
    """Everything that waits for the seat and for anybody at its desk, what is due first on top."""
    return own(actor, panels(actor, WAITING)[WAITING])


def own(actor: Actor | None, rows: Iterable[WorkRow]) -> list[WorkRow]:
    """Rows without those that are a colleague's work."""
    return [row for row in rows if actor is not None and row.seat in {None, actor.seat_id}]


def _named(registered: Registered, row: WorkRow) -> WorkRow:
    return row if row.of else replace(row, of=registered.of)


def _answers(asks: Sequence[tuple[Registered, Ask]]) -> Iterator[tuple[Registered, WorkRow]]:
    if not asks:
        return
    first, *others = [_branch(place, ask) for place, (_registered, ask) in enumerate(asks)]
    for place, facts in first.union(*others, all=True) if others else first:
        registered, ask = asks[place]
        for row in ask.build(facts):
            yield registered, row


def _branch(place: int, ask: Ask) -> QuerySet[Any, Any]:
    columns = {"_place": Value(place, IntegerField()), "_facts": JSONObject(**ask.facts)}
    rows = ask.rows.order_by(*ask.order).annotate(**columns)
    return rows.values_list("_place", "_facts")[: ask.most]
