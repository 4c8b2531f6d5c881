"""Tables of who takes part in what, and the matrix of all systems."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import day, glyph, grouped
from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Day, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.strips import Strip, StripPart
from apps.pages.tables import Table
from apps.region.lists.cells import HOW, ON, RECORDED, SINCE, SOURCE, STAGE, STATE, drawn, how_known, since
from apps.region.queries.atlas import Line, Tally


def _in_use(bar: Any) -> Cell:
    return Cell(pgettext("words, region", "not known") if bar.n is None else grouped(bar.n))


Table(
    "region.in_use",
    _("Member States in use"),
    (
        Title("day", ON, value=lambda bar: day(bar.day)),
        Count("n", _("Member States in use"), value=_in_use),
    ),
)


def _of(row: Any) -> str:
    return pgettext("words, region", "%(n)s of %(of)s") % {"n": row.n, "of": row.of}


Table(
    "region.stated",
    pgettext_lazy("words, region", "Stated numbers"),
    (
        Title("as_of", pgettext_lazy("column, region", "For"), value=lambda row: day(row.as_of)),
        Col("n", pgettext_lazy("column, region", "Number"), value=_of),
        Col("source", SOURCE),
        Day("recorded_at", RECORDED),
    ),
)
Table(
    "region.counted",
    pgettext_lazy("words, region", "Records counted"),
    (
        Title("state.short_name", STATE, value=lambda row: as_party(row["state"].short_name)),
        Col("stage", STAGE, value=lambda row: drawn(row["shape"].glyph, row["shape"].kind, row["shape"].words)),
        Col("since", SINCE, value=lambda row: since(row["fact"]), nowrap=True),
        Col("known", HOW, value=lambda row: how_known(row["fact"])),
        Day("fact.recorded_at", RECORDED),
    ),
    page=lambda row: reverse("region:participation", args=[row["fact"].participation_id]),
    anchor="row",
    key="fact.pk",
)
Table(
    "region.stages",
    pgettext_lazy("words, region", "Stages table"),
    (
        Title(
            "stage",
            STAGE,
            value=lambda row: drawn(row["shape"].glyph, row["shape"].kind, capfirst(row["shape"].words)),
        ),
        Col("from", pgettext_lazy("column, region", "From"), value=lambda row: since(row["fact"]), nowrap=True),
        Day("fact.valid_to", pgettext_lazy("column, region", "To"), empty=pgettext_lazy("words, region", "ongoing")),
        Col("known", HOW, value=lambda row: how_known(row["fact"], "source", "note")),
        Day("fact.recorded_at", RECORDED),
    ),
)
Table(
    "region.systems",
    pgettext_lazy("words, region", "Systems table"),
    (
        Title("row.system.name", pgettext_lazy("column, region", "System")),
        Col("stage", STAGE, value=lambda part: drawn(part.shape.glyph, part.shape.kind, part.shape.words)),
        Col("since", SINCE, value=lambda part: since(part.fact), nowrap=True),
        Col("known", HOW, value=lambda part: how_known(part.fact)),
    ),
    page=lambda part: reverse("region:participation", args=[part.row.pk]),
)


Table(
    "region.by_system",
    _("Member States by system"),
    (
        Title("system.short_name", pgettext_lazy("column, region", "System")),
        Count("in_use", pgettext_lazy("column, region", "In use")),
        Count("joining", pgettext_lazy("column, region", "Joining")),
        Count("left", _("Suspended or withdrawn")),
        Count("outside", _("Not taking part")),
        Count("unknown", pgettext_lazy("column, region", "Not known")),
    ),
)


def system_strips(tallies: Iterable[Tally], days: str) -> list[Strip]:
    """For each system how many Member States are how far."""
    return [
        Strip(
            as_party(one.system.short_name),
            [
                StripPart(one.in_use, pgettext("words, region", "in use"), "b1"),
                StripPart(one.joining, pgettext("words, region", "joining"), "b2"),
                StripPart(one.left, _now("suspended or withdrawn"), "b4"),
                StripPart(one.outside, _now("not taking part"), "b0"),
            ],
            one.members,
            unknown=pgettext("words, region", "not known"),
            url=f"{reverse('region:system', args=[one.system.code])}{days}",
        )
        for one in tallies
    ]


def matrix(lines: Sequence[Line], own: str, whole: bool, days: str, known: str) -> Grid:
    """All systems by the States of which anything is known, and the reader's own. `own`: the reader's party; `days`,
    `known`: what links keep of the page's days.
    """
    shown = _known_states(lines, own)
    columns = [
        GridHead(cell.state.code, hover=as_party(cell.state.name), css="me" if cell.state.code == own else "")
        for cell in (lines[0].cells if lines else ())
        if cell.state.code in shown
    ]
    if whole:
        columns.append(GridHead(pgettext("column, region", "In use"), css="sum"))
    return Grid(
        pgettext("words, region", "Participation table"),
        pgettext("column, region", "System"),
        columns,
        [GridLine(_head(line, days), list(_cells(line, shown, own, whole, known))) for line in lines],
        css="tight",
    )


def states_without_record(lines: Sequence[Line], own: str, days: str) -> list[tuple[str, str]]:
    """(name, page) of the States that the matrix leaves out."""
    shown = _known_states(lines, own)
    return [
        (as_party(cell.state.short_name), f"{reverse('region:state', args=[cell.state.code])}{days}")
        for cell in (lines[0].cells if lines else ())
        if cell.state.code not in shown
    ]


def _known_states(lines: Sequence[Line], own: str) -> set[str]:
    return {cell.state.code for line in lines for cell in line.cells if cell.fact is not None or cell.state.code == own}


def _head(line: Line, days: str) -> GridHead:
    place = reverse("region:system", args=[line.system.code])
    return GridHead(as_party(line.system.short_name), small=line.system.name, url=f"{place}{days}")


def _cells(line: Line, shown: set[str], own: str, whole: bool, known: str) -> Iterable[GridCell]:
    for cell in line.cells:
        if cell.state.code in shown:
            yield GridCell(_stage(cell, own), "me" if cell.state.code == own else "")
    if whole:
        yield GridCell(_number(line.count, known), "sum")


def _stage(cell: Any, own: str) -> SafeString:
    """A stage as its drawing, in words to the pointer and the ear; an empty place where nothing is known.

    One's own State is drawn where it is not known, too: it can say so there.
    """
    if not cell.head or (cell.fact is None and cell.state.code != own):
        words = cell.shape.words if cell.head else pgettext("words, region", "none")
        return format_html('<span class="vh">{}: {}</span>', as_party(cell.state.short_name), words)
    return format_html(
        '<a href="{}" title="{}">{}{}<span class="vh">{}</span></a>',
        reverse("region:participation", args=[cell.head]),
        cell.said,
        glyph(cell.shape.glyph, cell.shape.kind),
        SafeString('<b aria-hidden="true">*</b>') if cell.unsure else "",
        cell.said,
    )


def _number(count: Any, known: str) -> SafeString:
    """The number in use, linked to the rows it comes from."""
    place = f"{reverse('region:number', args=[count.system])}?as_of={count.as_of:%Y-%m-%d}{known}"
    words = pgettext("link, region", "%(n)s of %(of)s") % {"n": count.n, "of": count.members}
    return format_html(
        '<a href="{}">{}<span class="vh">, {}</span></a>',
        place,
        pgettext("link, region", "not known") if count.n is None else words,
        _now("where this number comes from"),
    )
