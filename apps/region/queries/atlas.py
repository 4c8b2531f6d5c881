"""The map and the table of participation on a day, what changed before it, and the number over time. From a Book."""

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext

from apps.region.models import Participation, StagePeriod, System
from apps.region.queries.book import Book, State
from apps.region.queries.counts import Basis, Count
from apps.region.queries.shapes import SHAPES, Shape, is_unsure, shape_of

S = Participation.Stage
BARS, BAR_WIDTH, BAR_STEP, BASE = 9, 22, 31, 120
"""The chart's drawing: at most so many bars; the axis stands at BASE of a 308 x 150 drawing."""
ASKED = frozenset({S.INTERESTED, S.ASSESSMENT, S.SIGNED, S.LEGAL, S.TESTING})
NAMED = 3
"""A change of more States than this is told as their number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One State in one system on the day."""

    state: State
    fact: StagePeriod | None
    head: UUID | None
    shape: Shape

    @property
    def unsure(self) -> bool:
        """Inferred or fictional."""
        return is_unsure(self.fact)

    @property
    def said(self) -> str:
        """ "Barbados: in use (inferred)" """
        words = f"{pgettext('party', self.state.short_name)}: {self.shape.words}"
        return f"{words} ({self.fact.get_provenance_display().lower()})" if self.fact and self.unsure else words


@dataclass(frozen=True, slots=True)
class Line:
    """One system with its cells: Member States in roll-call order, then Associate Members."""

    system: System
    cells: list[Cell]
    count: Count


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart; the label stands under it when `labelled`."""

    day: datetime.date
    n: int | None
    x: int
    y: int
    height: int
    middle: int
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened on a day: who, to which stage, and where the source says so."""

    day: datetime.date
    who: str
    shape: Shape
    source: str
    unsure: bool


@lru_cache
def places() -> dict[str, dict[str, Any]]:
    """{State: where it stands on the map}."""
    text = (Path(__file__).parents[1] / "seed" / "map.toml").read_text(encoding="utf-8")
    return {row["code"]: row for row in tomllib.loads(text)["place"]}


def describe_system(book: Book, system: System, day: datetime.date) -> Line:
    """A system on a day."""
    facts = book.on(system.code, day)
    cells = []
    for state in book.states(day):
        head = book.heads.get((system.code, state.code))
        fact = facts.get(state.code)
        cells.append(Cell(state, fact, head.pk if head else None, shape_of(fact)))
    return Line(system, cells, book.count(system.code, day))


def list_systems(book: Book, day: datetime.date) -> list[Line]:
    """Every system in which States take part one by one, or took part."""
    return [
        describe_system(book, system, day)
        for system in book.systems
        if any(key[0] == system.code for key in book.heads)
    ]


def on_map(line: Line) -> list[dict[str, Any]]:
    """The cells that have a place on the map, with it."""
    known = places()
    return [{"cell": cell, "at": known[cell.state.code]} for cell in line.cells if cell.state.code in known]


def list_states_underway(line: Line) -> list[Cell]:
    """States on their way into the system."""
    return [cell for cell in line.cells if cell.fact is not None and cell.fact.stage in ASKED]


def list_system_changes(book: Book, system: str, day: datetime.date) -> list[Change]:
    """What happened in the system up to the day, newest first; States that did the same on one day stand together."""
    found: dict[tuple[Any, ...], list[StagePeriod]] = {}
    for fact in book.facts.get(system, []):
        if fact.valid_from <= day:
            key = fact.valid_from, shape_of(fact).letter, fact.source, is_unsure(fact)
            found.setdefault(key, []).append(fact)
    names = {span.party_id: pgettext("party", span.party.short_name) for span in book.spans}
    told = [
        Change(begun, _who([names.get(f.participation.party_id, "") for f in rows]), shape_of(rows[0]), source, unsure)
        for (begun, _letter, source, unsure), rows in found.items()
    ]
    return sorted(told, key=lambda change: change.day, reverse=True)


def _who(names: Sequence[str]) -> str:
    if len(names) > NAMED:
        return ngettext("%(n)s State", "%(n)s States", len(names)) % {"n": len(names)}
    if len(names) == 1:
        return names[0]
    return pgettext("words, region", "%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def draw_system_bars(book: Book, system: str, day: datetime.date) -> list[Bar]:
    """The number in use on the days on which something changed, the last one the day itself."""
    days = [*dict.fromkeys([*(each for each in book.days(system) if each <= day), day])][-BARS:]
    counts = [(each, book.count(system, each)) for each in days]
    most = max([count.members for _day, count in counts] + [1])
    found = []
    for place, (each, count) in enumerate(counts):
        height = max(1, round(BASE * (count.n or 0) / most))
        x = 32 + BAR_STEP * place
        label = date_format(each, "M y") if place in {0, len(counts) - 1} else ""
        found.append(Bar(each, count.n, x, BASE - height, height, x + BAR_WIDTH // 2, label))
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How many Member States are how far with a system; a number that was stated without names says only how many
    use it.
    """

    system: System
    members: int
    in_use: int = 0
    joining: int = 0
    left: int = 0
    outside: int = 0

    @property
    def unknown(self) -> int:
        """Of how many it is not known."""
        return self.members - self.in_use - self.joining - self.left - self.outside


def tally(line: Line) -> Tally:
    """A system's Member States by how far they are. Of a day without a record of every State, those that are known."""
    if line.count.basis == Basis.STATED:
        return Tally(line.system, line.count.members, in_use=line.count.n or 0)
    cells = [cell for cell in line.cells if cell.state.member]
    found = Counter(_group(cell.fact.stage) for cell in cells if cell.fact is not None)
    return Tally(line.system, len(cells), **found)


def _group(stage: str) -> str:
    if stage == S.LIVE:
        return "in_use"
    if stage in ASKED:
        return "joining"
    return "outside" if stage == S.NONE else "left"


def stages_of(line: Line) -> list[tuple[str, list[Cell]]]:
    """The way into the system: each stage that somebody is at, with who is."""
    found: dict[str, list[Cell]] = {}
    for cell in line.cells:
        if cell.fact is not None:
            found.setdefault(cell.fact.stage, []).append(cell)
    return [(str(S(stage).label), found[stage]) for stage in SHAPES if stage in found]


def make_participation_table(found: Iterable[Line]) -> list[list[Any]]:
    """The table as rows of a file: one for each system and State."""
    head = [
        pgettext("column, region", "System"),
        pgettext("column, region", "Code"),
        pgettext("column, region", "State"),
        pgettext("column, region", "Stage"),
        pgettext("column, region", "Since"),
        pgettext("column, region", "Until"),
        pgettext("column, region", "Provenance"),
        pgettext("column, region", "Source"),
    ]
    rows = [head]
    for line in found:
        for cell in line.cells:
            fact = cell.fact
            told = [fact.valid_from, fact.valid_to or "", fact.provenance, fact.source] if fact else ["", "", "", ""]
            rows.append([line.system.code, cell.state.code, cell.state.short_name, str(cell.shape.words), *told])
    return rows
