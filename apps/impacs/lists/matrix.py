"""The matrix of decisions and States, line by line and State by State."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.access.templatetags.names import as_party
from apps.impacs.lists.states import done_of
from apps.impacs.obligations.queries.matrix import Column, Line, Matrix
from apps.impacs.queries.status_looks import Look
from apps.impacs.templatetags.impacs import cells_of, status_of
from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.tables import Table

COMPLETE = pgettext_lazy("column, impacs", "Complete")


def matrix_grid(shown: Matrix, lines: Iterable[Line], own: str, *, cut: bool) -> Grid:
    """The lines of a page against the States; the sums are of all lines, which is said where the page is `cut`."""
    by_clause = shown.filters.by == "clause"
    heads = [_head(one) for one in shown.columns]
    in_all = _now("in all %(n)s lines") % {"n": len(shown.lines)} if cut else ""
    sums = [GridCell(done_of(one.done, one.of), "me" if one.mine else "") for one in shown.columns]
    return Grid(
        _now("Decision by State table"),
        pgettext("column, impacs", "Clause") if by_clause else pgettext("column, impacs", "Decision"),
        [*heads, GridHead(COMPLETE, css="sum")],
        [_line(line, own) for line in lines],
        foot=GridLine(GridHead(COMPLETE, small=in_all), [*sums, GridCell("", "sum")]),
    )


def _head(one: Column) -> GridHead:
    return GridHead(one.party.code, hover=as_party(one.party.short_name), css="me" if one.mine else "")


def _line(line: Line, own: str) -> GridLine:
    """A clause or a decision: its cells, and how many have done it."""
    words = f"{line.number}, {line.clause}" if line.clause else line.number
    place = reverse("impacs:progress", args=[line.decision])
    head = GridHead(words, small=Truncator(line.title).chars(110), url=place)
    drawing = portal.glyph(line.look.picture, line.look.kind)
    complete = '<td class="sum"><span class="st">{}<span class="vh">{}:</span> {}</span></td>'
    return GridLine(
        head, cells_of(line, own) + format_html(complete, drawing, line.look.word, done_of(line.done, line.of))
    )


def look_columns(looks: Sequence[Look]) -> list[Col]:
    """A column for each status, with its drawing at the head, and one of what is done."""

    def counted(look: Look) -> Count:
        return Count(f"distribution.{look.code}", status_of(look), phone=capfirst(str(look.word)))

    return [
        *(counted(look) for look in looks),
        Count("done", COMPLETE, value=lambda column: Cell(done_of(column.done, column.of))),
    ]


def _state(column: Column) -> Any:
    return format_html("{} {}", portal.code(column.party.code, column.party.name), as_party(column.party.short_name))


Table(
    "impacs.states",
    _("State by status table"),
    [Title("party", pgettext_lazy("column, impacs", "Member State"), value=_state)],
    line=lambda column: "sel" if column.mine else "",
)
