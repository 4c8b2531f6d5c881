"""Matrices: States against decisions, threats or laws, each cell a picture with words behind it.

    Grid(name, corner, columns=[GridHead("JAM", hover="Jamaica", css="me")], lines=[GridLine(GridHead(...), [...])])

A matrix of 15 States has some 750 cells; it is printed by functions as rows of lists are (decision 073).
"""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class GridHead:
    """The head of a column or a line. `hover`: what the words are short for; `css`: "me" for one's own, "sum"."""

    words: Any
    _: KW_ONLY
    small: Any = ""
    hover: Any = ""
    url: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: printed HTML or plain words."""

    html: Any
    css: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line. `cells`: one for each column, or already printed as `<td>`s, one's own first; without any the head is
    above a group."""

    head: GridHead
    cells: Sequence[GridCell] | SafeString = ()
    css: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix: what it is called, the words of its corner, its columns, its lines, and the line of sums.

    It begins with the reader's own: the column and the lines that are marked "me" are printed before the others.
    """

    name: Any
    corner: Any
    columns: Sequence[GridHead]
    lines: Iterable[GridLine]
    _: KW_ONLY
    foot: GridLine | None = None
    css: str = ""


def print_grid(grid: Grid) -> SafeString:
    """A matrix as HTML."""
    own = next((place for place, column in enumerate(grid.columns) if _is_own(column.css)), 0)
    columns = "".join(_head(column, "col") for column in _first(own, grid.columns))
    lines = [(line, _line(line, len(grid.columns), own)) for line in grid.lines]
    if all(line.cells for line, _html in lines):  # groups keep their lines
        lines.sort(key=lambda each: not _is_own(each[0].css))
    foot = f"<tfoot>{_line(grid.foot, len(grid.columns), own)}</tfoot>" if grid.foot else ""
    name = conditional_escape(grid.name)
    return SafeString(
        f'<div class="tw" tabindex="0" role="group" aria-label="{name}"><table class="{f"mx {grid.css}".strip()}">'
        f'<caption class="vh">{name}</caption>'
        f'<thead><tr><th scope="col">{conditional_escape(grid.corner)}</th>{columns}</tr></thead>'
        f"<tbody>{''.join(html for _line, html in lines)}</tbody>{foot}</table></div>"
    )


def _is_own(css: str) -> bool:
    return "me" in css.split()


def _first[Of](place: int, each: Sequence[Of]) -> Sequence[Of]:
    return (each[place], *each[:place], *each[place + 1 :]) if place else each


def _head(head: GridHead, scope: str, span: int = 0) -> str:
    words: str = conditional_escape(head.words)
    if head.hover:
        words = f'<abbr title="{conditional_escape(head.hover)}">{words}</abbr>'
    if head.url:
        words = f'<a href="{conditional_escape(head.url)}">{words}</a>'
    small = f"<small>{conditional_escape(head.small)}</small>" if head.small else ""
    wide = f' colspan="{span}"' if span else ""
    return f'<th scope="{scope}"{_classes(head.css)}{wide}>{words}{small}</th>'


def _line(line: GridLine, columns: int, own: int) -> str:
    if not line.cells:
        return f"<tr{_classes(line.css)}>{_head(line.head, 'rowgroup', columns + 1)}</tr>"
    cells = line.cells if isinstance(line.cells, SafeString) else "".join(map(_cell, _first(own, line.cells)))
    return f"<tr{_classes(line.css)}>{_head(line.head, 'row')}{cells}</tr>"


def _cell(cell: GridCell) -> str:
    return f"<td{_classes(cell.css)}>{conditional_escape(cell.html)}</td>"


def _classes(css: str) -> str:
    return f' class="{conditional_escape(css)}"' if css else ""
