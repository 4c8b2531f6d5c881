"""What waits for a seat: each app says what of its own records does, and My work shows it in one list.

Apps say three things: what waits for the seat, what comes in the next days, and what the desk asked of others. An app
that can yields `Ask`s: the rows of all apps are then read in one statement, however many apps there are. Putting it
together takes PostgreSQL's answer several times over, so what an app asks of a seat is kept as text where it is always
the same (`same_for_a_seat`).
"""

import datetime
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject
from django.utils.functional import Promise

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.access.manifest import registry
from apps.access.marking import Mark, mark_columns
from apps.access.models import FAR_FUTURE, Level
from apps.access.statements import Statement, make_statement, read_facts

MOST = 50
UNSAID = Mark(Level.OFFICIAL)
"""The marking of what is said of no record that has one."""
HORIZON = datetime.timedelta(days=14)
"""How far ahead the panel of what comes looks."""


@dataclass(frozen=True, slots=True)
class Together:
    """What things of one clause, meeting, procedure or journey are one row of My work for: what they are of, the page
    on which all of them are done, and what the button to it says."""

    title: str
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One thing that waits: its title and page, when it is due (None: no date), a line of detail, an icon's name.

    `act` is what its button says. `seat` is the seat of the person whose work it is (None: anybody's at the desk).
    `of` is the kind of work that it counts among, `place` the address of the rail's entry that it belongs to; both are
    those of the app that says it, where the row does not say better. `mark` is the marking of the record, which the
    statement over all apps adds from its row. `record` is the record's page, where `url` is that of the act; `step`
    tells apart what a record has of one kind; `together` is what it is done together with. The title is in words alone
    (titles.py of each app): `code` is the record's reference, which is shown second and small.
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
    mark: Mark = UNSAID
    code: str = ""
    record: str = ""
    step: str = ""
    together: Together | None = None

    @property
    def page(self) -> str:
        """The page of the record that it is of."""
        return self.record or self.url

    @property
    def key(self) -> str:
        """What it is called as long as it waits: kind of work, record, step. The same on every page that shows it."""
        return " ".join(filter(None, (self.of, self.page, self.step)))


Facts = dict[str, Any]
"""What one row of a statement over all apps says; moments and days are ISO 8601 texts."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Rows that an app reads together with all other apps: a queryset of visible records, not cut, and its order.

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
"""It reads through visible_to, in a constant number of queries. `Work` of a manifest says what waits; to
`people.coming` is offered what comes, with the moment, whether it needs the seat or not; to `people.asked` what the
desk asked of others and has no answer to, with that since which it waits."""


_same: set[Provider] = set()


def same_for_a_seat[P: Provider](provider: P) -> P:
    """Of an app that asks a seat's question always in the same words: no row is read, and no moment, day or text of a
    language is taken, until PostgreSQL is asked (`Now()`) or a row built. tests/people/test_work.py looks."""
    _same.add(provider)
    return provider


@dataclass(frozen=True, slots=True)
class Question:
    """An `Ask` as PostgreSQL gets it; each row is one column, the facts in JSON."""

    said: Statement
    build: Callable[[Facts], Iterable[WorkRow]]


@dataclass(frozen=True, slots=True)
class Registered:
    """An app's provider with the panel it speaks for and the kind of work that its rows are."""

    provider: Provider
    panel: str
    of: str


WAITING, COMING, ASKED = PANELS = ("waiting", "coming", "asked")


@cache
def _providers() -> list[Registered]:
    work = [
        Registered(app.found(place), WAITING, f"{app.name}.{one.kind}" if one.kind else app.name)
        for app, one in registry.of("work")
        for place in one.providers
    ]
    return work + [
        Registered(provider, panel, key.partition(".")[0])
        for panel in (COMING, ASKED)
        for key, provider in registry.offered(f"people.{panel}").items()
    ]


@cache
def _labels() -> dict[str, str | Promise]:
    return {f"{app.name}.{one.kind}": one.label for app, one in registry.of("work") if one.kind}


def label_of(of: str) -> str:
    """What a kind of work is called: its own name, or that of its app."""
    if of in _labels():
        return str(_labels()[of])
    return str(apps.get_app_config(of.partition(".")[0]).verbose_name)


def panels(actor: Actor | None, *wanted: str) -> dict[str, list[WorkRow]]:
    """{panel: its rows, the earliest first} of the panels wanted (all of them), for the seat and its desk.

    One query for all `Ask`s together, and what the other providers ask by themselves.
    """
    found: dict[str, list[WorkRow]] = {panel: [] for panel in wanted or PANELS}
    if actor is None:
        return found
    asked: list[tuple[Registered, Question]] = []
    for registered in _providers():
        if registered.panel not in found:
            continue
        same = registered.provider in _same
        for said in _same_for(registered.provider, actor) if same else registered.provider(actor):
            if isinstance(said, WorkRow):
                found[registered.panel].append(_named(registered, said))
            elif (question := said if isinstance(said, Question) else stated(said)) is not None:
                asked.append((registered, question))
    for registered, row in _answers(asked):
        found[registered.panel].append(_named(registered, row))
    return {panel: sorted(rows, key=lambda row: (row.due or FAR_FUTURE, row.title)) for panel, rows in found.items()}


def gathered(lists: Mapping[str, Sequence[Ask]]) -> dict[str, list[WorkRow]]:
    """{name: rows, the earliest first} of lists that a page of an app gathers for itself, in one statement."""
    found: dict[str, list[WorkRow]] = {name: [] for name in lists}
    asked = [(name, question) for name, asks in lists.items() for ask in asks if (question := stated(ask)) is not None]
    for name, row in _answers(asked):
        found[name].append(row)
    return {name: sorted(rows, key=lambda row: (row.due or FAR_FUTURE, row.title)) for name, rows in found.items()}


def waiting_for(actor: Actor | None) -> list[WorkRow]:
    """Everything that waits for the seat and for anybody at its desk, what is due first on top."""
    return own(actor, panels(actor, WAITING)[WAITING])


def own(actor: Actor | None, rows: Iterable[WorkRow]) -> list[WorkRow]:
    """Rows without those that are a colleague's work."""
    return [row for row in rows if actor is not None and row.seat in {None, actor.seat_id}]


def _named(registered: Registered, row: WorkRow) -> WorkRow:
    return row if row.of else replace(row, of=registered.of)


def _same_for(provider: Provider, actor: Actor) -> list[Question]:
    return _kept(provider, replace(actor, request_id="", address=None), permission_id(Group, "view"))


@lru_cache(maxsize=4000)
def _kept(provider: Provider, seat: Actor, _permissions: int) -> list[Question]:
    """What an app asks of a seat. `_permissions`: their ids are in it."""
    asks = [ask for ask in provider(seat) if isinstance(ask, Ask)]
    return [question for ask in asks if (question := stated(ask)) is not None]


def stated(ask: Ask) -> Question | None:
    """An `Ask` as text; None where it can find nothing."""
    marks = JSONObject(**{name: F(column) for name, column in mark_columns(ask.rows.model).items()})
    rows = ask.rows.order_by(*ask.order).annotate(_facts=JSONObject(**ask.facts, _mark=marks))
    said = make_statement(rows.values_list("_facts")[: ask.most])
    return None if said is None else Question(said, ask.build)


def _answers[Of](asked: Sequence[tuple[Of, Question]]) -> Iterator[tuple[Of, WorkRow]]:
    """Rows of all statements. One query."""
    if not asked:
        return
    parts = enumerate(one.said[0] for _of, one in asked)
    sql = " UNION ALL ".join(f"SELECT {place}, facts FROM ({part}) AS found(facts)" for place, part in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _of, one in asked for param in one.said[1]])
        answers = cursor.fetchall()
    for place, said in answers:
        of, question = asked[place]
        facts: Facts = read_facts(said)
        mark = facts.pop("_mark")
        for row in question.build(facts):
            yield of, replace(row, mark=Mark(**mark) if mark else UNSAID)
