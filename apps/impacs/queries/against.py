"""One's own State against what decisions in force ask of it: one line for each decision, and the colours of all."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from apps.access.actor import Actor
from apps.impacs.models import StateAction
from apps.impacs.queries import standing
from apps.impacs.queries.standing import Row, Standing
from apps.impacs.status.rag import AMBER, BLUE, COLOURS, GREEN, GREY, RED

WIDTH = 600
"""Of the drawing of the colours, in its own units."""

ORDER = (RED, AMBER, GREEN, BLUE, GREY)
FILLS = {RED: "b3", AMBER: "b4", GREEN: "b1", BLUE: "b2", GREY: "b0"}
"""Class of the bar of each colour."""


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
    """One colour in the drawing: where it begins and how wide it is."""

    colour: str
    count: int
    x: float
    width: float
    fill: str


def lines(actor: Actor, day: datetime.date) -> tuple[list[Line], list[Bar]]:
    """(a line for each decision, what presses most on top; the colours of all actions that bind). Four queries."""
    actions = StateAction.objects.visible_to(actor).filter(party=actor.party_code)
    found = standing.standings(actions.order_by("due_on", "pk"), day)
    by_decision: dict[UUID, list[tuple[Row, Standing]]] = {}
    for row, at in found.values():
        if at.counts:
            by_decision.setdefault(row.decision, []).append((row, at))
    listed = [_line(each) for each in by_decision.values()]
    colours = [at.status.colour for each in by_decision.values() for _row, at in each]
    return sorted(listed, key=_pressing), list(_bars(colours))


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


def _bars(colours: list[str]) -> Iterator[Bar]:
    x = 0.0
    for colour in ORDER:
        count = colours.count(colour)
        if count:
            width = round(WIDTH * count / len(colours), 1)
            yield Bar(colour, count, x, width, FILLS[colour])
            x = round(x + width, 1)
