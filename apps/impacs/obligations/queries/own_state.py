"""One's own State against what decisions in force ask of it: one line for each decision, and the colours of all."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.access.actor import Actor
from apps.impacs.models import StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.cells import word_of
from apps.impacs.obligations.queries.status import Row, Standing
from apps.impacs.obligations.rules.rag import BLUE, COLOURS
from apps.impacs.queries.status_looks import LOOKS, WORST_FIRST, Look

WIDTH = 600
"""Of the drawing of the colours, in its own units."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decision: how many of its clauses the State has done, and the step that comes next (None: nothing to do)."""

    decision: UUID
    number: str
    title: str
    done: int
    of: int
    step: Row | None
    at: Standing | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One status in the drawing: where it begins and how wide it is."""

    look: Look
    count: int
    word: Any
    x: float
    width: float


def list_own_decisions(actor: Actor, day: datetime.date) -> tuple[list[Line], list[Bar]]:
    """(a line for each decision, what presses most on top; the colours of all actions that bind). Four queries."""
    actions = StateAction.objects.visible_to(actor).filter(party=actor.party_code)
    found = status.standings(actions.order_by("due_on", "pk"), day)
    by_decision: dict[UUID, list[tuple[Row, Standing]]] = {}
    for row, at in found.values():
        if at.counts:
            by_decision.setdefault(row.decision, []).append((row, at))
    listed = [_line(each) for each in by_decision.values()]
    standings = [at for each in by_decision.values() for _row, at in each]
    return sorted(listed, key=_pressing), list(_bars(standings))


def _line(each: list[tuple[Row, Standing]]) -> Line:
    first = each[0][0]
    left = [pair for pair in each if pair[1].status.colour != BLUE]
    step = min(left, key=lambda pair: _worst(pair[1]), default=None)
    row, at = step or (None, None)
    return Line(first.decision, first.decision_number, first.decision_title, len(each) - len(left), len(each), row, at)


def _worst(at: Standing) -> tuple[int, datetime.date]:
    return -COLOURS.index(at.status.colour), at.status.effective_due or datetime.date.max


def _pressing(line: Line) -> tuple[bool, tuple[int, datetime.date], str]:
    worst = _worst(line.at) if line.at is not None else (0, datetime.date.max)
    return line.at is None, worst, line.number


def _bars(standings: list[Standing]) -> Iterator[Bar]:
    """What is overdue and what is behind its plan have one colour and each its own words."""
    x = 0.0
    for colour in WORST_FIRST:
        words = Counter(word_of(at) for at in standings if at.status.colour == colour)
        for word, count in words.items():
            width = round(WIDTH * count / len(standings), 1)
            yield Bar(LOOKS[colour], count, word, x, width)
            x = round(x + width, 1)
