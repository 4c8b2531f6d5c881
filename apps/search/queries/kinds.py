"""What can be found: each app says of its own records how they are searched and who sees them.

    yield Kind(                                              # in `searching.list_kinds`, offered to `search.kinds`
        "decision", _("Decisions"), "landmark", "council:decision",
        rows=Decision.objects.visible_to,                    # its `visible_to`: filtered before ranked and counted
        text=SearchVector("title", "words", config="english"),
        numbers=("number", "working_no"), title="title", detail="number", works=COUNCIL,
    )

All kinds are asked in one statement, so a further one costs the page no query (docs/reference/search.md).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.access.marking import Mark
from apps.search.rules.question import Question


class Match(NamedTuple):
    """Rows that fit the words, and how well, as an expression (None: all alike).

    `said` is an expression that gives [{facet: value}] of what fits, where the row itself has no facets.
    """

    rows: Any
    rank: Any
    said: Any = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text that holds the words: its marking, and [(text, whether it is one of the words)]."""

    mark: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands for a thing whose own row says nothing: all of it from what the seat sees, with its marking."""

    title: str
    detail: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thing stands for who reads, where another page says so, too: the two are said by one rule.

    `code` is for programs; `chip` is (kind, picture, words); `sentence` is what an officer has to know, or "".
    """

    code: str
    chip: tuple[str, str, str]
    sentence: str = ""


Passages = Callable[[Actor, Question, Sequence[str]], Mapping[str, Passage]]
Heads = Callable[[Actor, Question, Sequence[str]], Mapping[str, Head]]
Standings = Callable[[Actor, Sequence[str]], Mapping[str, Standing]]
Filter = Callable[[Any, str, Actor], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that search finds. Columns are names or expressions on the rows.

    `rows(actor)` are all that the seat may see and search may show: it begins at visible_to. `text` is a search
    vector, the column of one, or a function of the actor that gives one; `numbers` are columns of references, compared
    without zeros and signs; `exact` those compared letter for letter but for capitals; `names` those of persons and
    things, compared by likeness when asked.
    Instead of these an app may give `match(rows, question, actor)`. `key` is the id for page and programs, `works`
    the functions or desks whose work it is (None: everybody's). `facets` {facet: column}, those of `many` hold lists.
    `filters` {filter: (rows, value, actor) -> rows} for what is no facet. `passages` gives what of the text fits, for
    the rows on a page, by their own keys; `heads` gives what stands for them, where no column of theirs says it.
    `standings` says how the rows of a page stand for the reader, by their own keys, where a line must not be silent.
    `narrows` are filters that `match` applies itself; a kind that has some is found by words alone. `kept`: `match`
    takes what is asked through `Put`, so that its statement is kept (apps.search.queries.statements): `rows`, `text`,
    `filters` and `match` then depend on the seat alone, neither on rows nor on the time.
    `persons`: that it was found is written into the audit trail. `newest` is the order in which the thousand are taken.
    `at` is None for what has no time, `level` and `party` are empty for what has none.
    """

    code: str
    label: Any
    icon: str
    page: str
    rows: Callable[[Actor], Any]
    title: Any = "title"
    detail: Any = None
    text: Any = None
    numbers: Sequence[str] = ()
    exact: Sequence[str] = ()
    names: Sequence[str] = ()
    at: Any = "created_at"
    key: str = "pk"
    level: str = "level"
    party: str = "originator"
    works: frozenset[str] | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    many: frozenset[str] = frozenset()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    match: Callable[[Any, Question, Actor], Match] | None = None
    passages: Passages | None = None
    heads: Heads | None = None
    standings: Standings | None = None
    narrows: frozenset[str] = frozenset()
    kept: bool = False
    persons: bool = False
    newest: Any = "-pk"

    @property
    def keepable(self) -> bool:
        """Whether its statement can be kept as text."""
        return self.kept or self.match is None

    def open_to(self, actor: Actor) -> bool:
        """Whether things of this kind are the seat's work at all."""
        return self.works is None or bool({actor.function, actor.desk_code} & self.works)


@cache
def _kinds() -> Mapping[str, Kind]:
    return {kind.code: kind for listed in registry.offered("search.kinds").values() for kind in listed()}


def all_of(actor: Actor) -> list[Kind]:
    """Kinds that are the seat's work, those of the lowest layer first."""
    return [kind for kind in _kinds().values() if kind.open_to(actor)]


def labels_of(facet: str) -> Mapping[str, str]:
    """{value: what it is called}; empty where nobody says so."""
    found = registry.offered("search.labels").get(facet)
    return found() if found else {}


def named(code: str) -> Kind | None:
    """The kind of this code."""
    return _kinds().get(code)
