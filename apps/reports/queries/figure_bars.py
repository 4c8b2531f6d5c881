"""Figures as numbers that a template can draw: bars of so many of so many. Units of the drawing, 640 wide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LEFT, WIDTH, ROW, TALL = 188, 390, 36, 22


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One line of the figure: label, where it stands, how long its part is, and the words after it."""

    label: str
    y: int
    middle: int
    width: int
    said: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure of bars, `height` tall."""

    bars: tuple[DrawnBar, ...]
    height: int


def draw_figure_bars(rows: Iterable[tuple[str, int, int, Any]]) -> Drawing:
    """Bars of (label, part, whole, words), one below the other."""
    drawn = []
    for place, (label, part, whole, said) in enumerate(rows):
        y = 6 + place * ROW
        width = WIDTH * max(0, min(part, whole)) // whole if whole else 0
        drawn.append(DrawnBar(label, y, y + 15, width, str(said)))
    return Drawing(tuple(drawn), 8 + len(drawn) * ROW)
