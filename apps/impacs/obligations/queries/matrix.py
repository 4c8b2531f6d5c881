"""The matrix of decisions and States on a day, reckoned anew each time; and what of it goes into a file."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.templatetags.names import as_words
from apps.audit.spreadsheets import Sheet, workbook, xlsx_bytes
from apps.council.models import Decision
from apps.impacs.models import StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.cells import Cell, cell, look_of, worst_of
from apps.impacs.obligations.queries.status import Row, Standing
from apps.impacs.obligations.rules import rag
from apps.impacs.obligations.rules.rag import BLUE
from apps.impacs.queries.status_looks import LOOKS, RESERVED, Look

ARRANGEMENTS = ("clause", "decision", "state")


class Place(NamedTuple):
    """Where a line stands: the newest decision first, its clauses in their order. Names it in a page's address."""

    in_force_on: datetime.date
    decision: UUID
    position: int

    def later(self, other: "Place") -> bool:
        """Whether this line comes after the other one."""
        return (other.in_force_on, other.decision.int, -other.position) > (
            self.in_force_on,
            self.decision.int,
            -self.position,
        )

    def __str__(self) -> str:
        return f"{self.in_force_on}~{self.decision}~{self.position}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place that `str` wrote; ValueError for anything else."""
        day, decision, position = text.split("~")
        return cls(datetime.date.fromisoformat(day), UUID(decision), int(position))


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the matrix is asked for. Empty means all; `compare` is the other day."""

    subject: str = ""
    meeting: UUID | None = None
    kind: str = ""
    decision: UUID | None = None
    mine: bool = False
    associates: bool = False
    by: str = "clause"
    compare: datetime.date | None = None


Found = tuple[UUID, list[Standing]]
"""An action, and how it stands on the day and on the day compared with."""


@dataclass(frozen=True)
class Line:
    """One clause, or one decision. `done` of `of` States; colour rolled up over them.

    `worst` has, for each column, the action that decides its cell and how it stands, None where nothing is asked. The
    cells themselves are put into words only for lines that are shown.
    """

    place: Place
    number: str
    title: str
    clause: str
    parties: Sequence[Any]
    found: dict[str, list[Found]]
    worst: list[tuple[UUID, Standing] | None]
    colour: str
    distribution: dict[str, int]
    done: int
    of: int

    @property
    def decision(self) -> UUID:
        """Key of the decision."""
        return self.place.decision

    @cached_property
    def cells(self) -> list[Cell]:
        """A cell for each column."""
        return [
            cell(party, [(pk, at[0]) for pk, at in of_party], [at[1] for _pk, at in of_party if len(at) > 1])
            for party in self.parties
            for of_party in [self.found.get(party.code, [])]
        ]

    @property
    def look(self) -> Look:
        """How the status is shown."""
        return LOOKS[self.colour]


@dataclass(frozen=True, slots=True)
class Column:
    """One State: its cells counted downwards."""

    party: Any
    mine: bool
    distribution: dict[str, int]
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Lines and columns on a day. `associates` counts the Associate Members that are not shown."""

    day: datetime.date
    filters: Filters
    columns: list[Column]
    lines: list[Line]
    hidden: int = 0
    overdue: int = 0
    states_overdue: int = 0
    decisions: int = 0
    reservations: int = 0


def matrix(actor: Actor, as_of: datetime.date, filters: Filters) -> Matrix:
    """The matrix as the actor may see it on that day; at most eight queries, whatever its size."""
    frames = status.days(as_of, *([filters.compare] if filters.compare else []))
    rows = status.rows_of(_asked(actor, as_of, filters), frames)
    statements = status.statements_of({row.decision for row in rows})
    found = [
        (row, [status.standing(row, place, frame, statements) for place, frame in enumerate(frames)]) for row in rows
    ]
    parties, hidden = _parties(actor, frames[0].states, filters)
    lines = _lines(parties, found, by_clause=filters.by != "decision")
    columns = [_column(place, party, actor, lines) for place, party in enumerate(parties)]
    cells = [(party.code, each[1]) for line in lines for party, each in zip(parties, line.worst, strict=True) if each]
    late = [code for code, at in cells if "OVERDUE" in at.status.reasons]
    return Matrix(
        day=as_of,
        filters=filters,
        columns=columns,
        lines=lines,
        hidden=hidden,
        overdue=len(late),
        states_overdue=len(set(late)),
        decisions=len({line.decision for line in lines}),
        reservations=sum(look_of(at).code == RESERVED for _code, at in cells if at.reserved),
    )


def _asked(actor: Actor, as_of: datetime.date, filters: Filters) -> Any:
    """Visible actions under decisions that were in force on the day, in the order of the lines."""
    rows = StateAction.objects.visible_to(actor).filter(decision__in_force_on__lte=as_of)
    rows = rows.filter(Q(decision__ended_on=None) | Q(decision__ended_on__gt=as_of))
    wanted = {
        "decision__subject": filters.subject,
        "decision__meeting": filters.meeting,
        "decision__kind": filters.kind,
        "decision": filters.decision,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if filters.mine:
        own = StateAction.objects.visible_to(actor).filter(party=actor.party_code)
        rows = rows.filter(clause__in=own.values("clause"))
    return rows.order_by("-decision__in_force_on", "-decision__pk", "clause__position", "pk")


def _parties(actor: Actor, states: Sequence[Any], filters: Filters) -> tuple[list[Any], int]:
    """(the States of the columns, how many Associate Members are left out). An Associate Member sees itself alone."""
    own = [party for party in states if party.code == actor.party_code]
    if own and own[0].kind != "member_state":
        return own, 0
    members = [party for party in states if party.kind == "member_state"]
    rest = [party for party in states if party.kind != "member_state"]
    return (members + rest, 0) if filters.associates else (members, len(rest))


def _lines(parties: Sequence[Any], rows: Iterable[tuple[Row, list[Standing]]], *, by_clause: bool) -> list[Line]:
    grouped: dict[UUID, dict[str, list[Found]]] = {}
    first: dict[UUID, Row] = {}
    for row, at in rows:
        key = row.clause if by_clause else row.asked.decision
        first.setdefault(key, row)
        grouped.setdefault(key, {}).setdefault(row.party, []).append((row.pk, at))
    shown = {party.code for party in parties}
    return [
        _line(first[key], parties, by_party, by_clause=by_clause)
        for key, by_party in grouped.items()
        if not shown.isdisjoint(by_party)
    ]


def _line(row: Row, parties: Sequence[Any], by_party: dict[str, list[Found]], *, by_clause: bool) -> Line:
    asked = row.asked
    worst = [
        worst_of([(pk, at[0]) for pk, at in by_party[party.code]]) if party.code in by_party else None
        for party in parties
    ]
    colour, distribution, done, of = summed(worst)
    return Line(
        place=Place(asked.in_force_on or datetime.date.min, asked.decision, asked.clause_position if by_clause else 0),
        number=asked.decision_number,
        title=asked.clause_text if by_clause else asked.decision_title,
        clause=asked.clause_number if by_clause else "",
        parties=parties,
        found=by_party,
        worst=worst,
        colour=colour,
        distribution=distribution,
        done=done,
        of=of,
    )


def summed(found: Iterable[tuple[UUID, Standing] | None]) -> tuple[str, dict[str, int], int, int]:
    """(colour rolled up, how many of each colour, how many are done, how many have to act)."""
    standings = [each[1] for each in found if each is not None]
    colours = [at.status.colour for at in standings]
    of = sum(at.counts for at in standings)
    return rag.roll_up(colours), rag.distribution(colours), colours.count(BLUE), of


def _column(place: int, party: Any, actor: Actor, lines: Sequence[Line]) -> Column:
    _colour, distribution, done, of = summed(line.worst[place] for line in lines)
    return Column(party, party.code == actor.party_code, distribution, done, of)


def choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(subjects, meetings) of visible decisions that were ever in force, for the filters. One query."""
    rows = Decision.objects.visible_to(actor).exclude(in_force_on=None).order_by("-meeting__starts_at")
    columns = ("subject", "meeting", "organ", "meeting__number", "meeting__starts_at")
    subjects, meetings = set(), {}
    for subject, meeting, organ, number, starts in rows.values_list(*columns).distinct():
        subjects.add(subject)
        if meeting:
            meetings[str(meeting)] = pgettext("words, impacs", "%(organ)s, meeting %(number)s, %(year)s") % {
                "organ": organ,
                "number": number,
                "year": starts.year,
            }
    return [(each, as_words(each)) for each in sorted(subjects) if each], list(meetings.items())


def make_matrix_table(shown: Matrix) -> list[list[Any]]:
    """Head, rows and foot exactly as on the screen, for a file."""
    return by_state_table(shown) if shown.filters.by == "state" else _by_line_table(shown)


def matrix_book(rows: Sequence[Sequence[Any]], title: str, marking: str = "") -> bytes:
    """A table as a workbook of one sheet; its head and what names a line stay in sight."""
    return xlsx_bytes(workbook(Sheet(title, rows, "D2", {1: 24, 3: 60})), marking)


def _by_line_table(shown: Matrix) -> list[list[Any]]:
    codes = [column.party.code for column in shown.columns]
    head = [
        pgettext("column, impacs", "Decision"),
        pgettext("column, impacs", "Clause"),
        pgettext("column, impacs", "Title"),
        *codes,
        pgettext("column, impacs", "Complete"),
        pgettext("column, impacs", "Status"),
    ]
    body = [
        [line.number, line.clause, line.title, *map(_in_file, line.cells), of(line), capfirst(str(line.look.word))]
        for line in shown.lines
    ]
    return [
        head,
        *body,
        [pgettext("row, impacs", "Complete"), "", "", *(of(column) for column in shown.columns), "", ""],
    ]


def by_state_table(shown: Matrix) -> list[list[Any]]:
    """A row for each State."""
    head = [
        pgettext("column, impacs", "Code"),
        pgettext("column, impacs", "Member State"),
        *(str(LOOKS[colour].word).capitalize() for colour in STATE_VIEW),
        pgettext("column, impacs", "Complete"),
    ]
    rows = [
        [one.party.code, one.party.short_name, *(one.distribution[colour] for colour in STATE_VIEW), of(one)]
        for one in shown.columns
    ]
    return [head, *rows]


STATE_VIEW = ("RED", "AMBER", "GREEN", "BLUE", "GREY")
"""Columns of the arrangement by State."""


def of(each: Line | Column) -> str:
    """ "6 of 15" """
    return pgettext("words, impacs", "%(done)s of %(of)s") % {"done": each.done, "of": each.of}


def _in_file(each: Cell) -> str:
    """The word of the status and its reason codes; a dash where nothing is addressed."""
    return f"{capfirst(each.word)}: {', '.join(each.reasons)}" if each.reasons else "–"
