"""A person's journeys along time, and what joins them with documents, people and hits; as numbers for an SVG."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDE, LEFT, ROW, TOP = 760, 150, 26, 30
LEAST = 6
"""Width of a journey that would be a hair."""
CENTRE, RADIUS_X, RADIUS_Y = (380, 190), 270, 140
MOST_NODES = 16
LONGEST = 22


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing on the chart: its kind (journey, hit, document, companion), its words, and where it stands."""

    kind: str
    label: str
    x: int
    y: int
    wide: int = 0
    anchor: str = "middle"


def draw_journey_timeline(spans: Sequence[tuple[str, datetime.datetime, datetime.datetime, int]]) -> dict[str, Any]:
    """Journeys (label, from, to, number of hits) as bars by time, oldest on top; with three dates along the axis."""
    rows = sorted(spans, key=lambda one: one[1])
    if not rows:
        return {}
    first, last = rows[0][1], max(one[2] for one in rows)
    whole = max((last - first).total_seconds(), 3600.0)
    scale = (WIDE - LEFT - 10) / whole

    def at(moment: datetime.datetime) -> int:
        return LEFT + round((moment - first).total_seconds() * scale)

    bars = [
        Mark("hit" if hits else "journey", label, at(begins), TOP + n * ROW, max(LEAST, at(ends) - at(begins)))
        for n, (label, begins, ends, hits) in enumerate(rows)
    ]
    moments = [(first, "start"), (first + (last - first) / 2, "middle"), (last, "end")]
    ticks = [{"at": moment, "x": at(moment), "anchor": anchor} for moment, anchor in moments]
    return {"bars": bars, "ticks": ticks, "width": WIDE, "height": TOP + len(rows) * ROW + 10, "left": LEFT - 8}


def links(name: str, around: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A person in the middle of what belongs to them, (kind, label) each; sixteen at most, the rest in the tables."""
    shown = list(around)[:MOST_NODES]
    nodes = []
    for n, (kind, label) in enumerate(shown):
        turn = 2 * math.pi * n / len(shown) - math.pi / 2
        x, y = CENTRE[0] + round(RADIUS_X * math.cos(turn)), CENTRE[1] + round(RADIUS_Y * math.sin(turn))
        nodes.append(Mark(kind, _short(label), x, y))
    return {"name": _short(name), "x": CENTRE[0], "y": CENTRE[1], "nodes": nodes, "more": len(around) - len(shown)}


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
