"""The matrix of give and take as a figure, and both tables as files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.rifc.queries.flows import Cell, Matrix, Waiting

LEFT, TOP, WIDE, TALL = 44, 26, 34, 24
SHADES = ("0.10", "0.20", "0.30", "0.42")
"""Opacities of the colour behind a number, from few to many; the number stays readable on each in both themes."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the figure: where it stands, what stands in it, how dark; `shade` "" for none."""

    x: int
    y: int
    text: str
    shade: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The matrix to draw: its size, labels with their places, and cells."""

    width: int
    height: int
    columns: list[tuple[int, str]]
    rows: list[tuple[int, str]]
    squares: list[Square]


def figure(found: Matrix) -> Figure:
    """Numbers given, shaded by size, none left empty; what is not the viewer's to know is a dot."""
    number = len(found.parties)
    return Figure(
        width=LEFT + WIDE * number + 4,
        height=TOP + TALL * number + 4,
        columns=[(LEFT + WIDE * place + WIDE // 2, code) for place, code in enumerate(found.parties)],
        rows=[(TOP + TALL * place + 16, code) for place, code in enumerate(found.parties)],
        squares=[
            Square(LEFT + WIDE * column, TOP + TALL * row, _text(cell), _shade(cell, found.highest))
            for row, cells in enumerate(found.rows)
            for column, cell in enumerate(cells)
            if cell is not None
        ],
    )


def _text(cell: Cell) -> str:
    return "·" if cell.given is None else str(cell.given or "")


def _shade(cell: Cell, highest: int) -> str:
    if not cell.given:
        return ""
    return SHADES[min(len(SHADES) - 1, len(SHADES) * cell.given // (highest + 1))]


def lines(found: Matrix) -> list[tuple[str, list[Cell | None], int | None, int | None]]:
    """(giver, its cells, all that it gave, of these used) for the table; None where not all of it is known."""
    return [
        (party, cells, _sum(cells, "given"), _sum(cells, "used"))
        for party, cells in zip(found.parties, found.rows, strict=True)
    ]


def _sum(cells: list[Cell | None], name: str) -> int | None:
    values = [getattr(cell, name) for cell in cells if cell is not None]
    return None if None in values else sum(values)


def matrix_rows(found: Matrix) -> Iterator[list[Any]]:
    """A line for each pair that is known: giver, receiver, given, used."""
    yield [_("From"), _("To"), _("Reports given"), _("Called useful")]
    for giver, cells in zip(found.parties, found.rows, strict=True):
        for receiver, cell in zip(found.parties, cells, strict=True):
            if cell is not None and cell.given is not None:
                yield [giver, receiver, cell.given, cell.used]


def answer_rows(found: list[Waiting]) -> Iterator[list[Any]]:
    """A line for each State and priority."""
    yield [
        *(_("State"), _("Priority"), _("Asked"), _("Answered"), _("Median hours"), _("90th percentile, hours")),
        *(_("Late"), _("Waiting")),
    ]
    for one in found:
        hours = ["" if value is None else f"{value:.1f}" for value in (one.median_h, one.p90_h)]
        yield [one.party, one.priority, one.asked, one.answered, *hours, one.late, one.waiting]
