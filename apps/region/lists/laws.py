"""Tables of laws, and the legislation board."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import glyph
from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Day, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.strips import Strip, StripPart
from apps.pages.tables import Table
from apps.region.lists.cells import HOW, ON, SINCE, STAGE, STATE, act_of, drawn, how_known
from apps.region.queries.board import UNKNOWN_WORDS, Board, Row, Tally

STAGE_OF_LAW = Col(
    "stage", STAGE, value=lambda row: drawn(row["cell"].shape[0], row["cell"].shape[1], row["cell"].words)
)
SINCE_OF_LAW = Day("cell.at.since", SINCE)


def _covered(row: dict[str, Any]) -> Cell | None:
    covered = row["cell"].at.covered
    return None if covered is None else Cell(f"{covered}%")


Table(
    "region.laws_of_topic",
    _("Laws on this topic"),
    (
        Title("party", STATE, value=lambda row: as_party(row["party"].short_name)),
        STAGE_OF_LAW,
        SINCE_OF_LAW,
        Day("cell.at.until", pgettext_lazy("column, region", "Ends")),
        Col("act", _("Bill or Act"), value=lambda row: act_of(row["cell"].track)),
        Count("covered", _("Model law covered"), value=_covered),
    ),
    page=lambda row: row["url"],
)
Table(
    "region.laws_of_state",
    pgettext_lazy("words, region", "Laws table"),
    (
        Title("cell.track.topic.name", pgettext_lazy("column, region", "Topic")),
        STAGE_OF_LAW,
        SINCE_OF_LAW,
        Col("act", pgettext_lazy("column, region", "Act"), value=lambda row: act_of(row["cell"].track)),
    ),
    page=lambda row: row["url"],
)


def _until(step: Any) -> str:
    words = {"on": Day.in_words(step.until)} if step.until else {}
    return pgettext("column, region", "until %(on)s") % words if words else ""


Table(
    "region.steps_of_law",
    pgettext_lazy("words, region", "Stages table"),
    (
        Title("stage", STAGE, small=_until),
        Day("on", ON),
        Col("reference", pgettext_lazy("column, region", "Reference")),
        Col("known", HOW, value=lambda step: how_known(step, "source", "note")),
    ),
)
Table(
    "region.coverage",
    pgettext_lazy("words, region", "Coverage table"),
    (
        Title(
            "provision",
            pgettext_lazy("column, region", "Provision"),
            value=lambda row: f"{row[0].number} {row[0].title}",
        ),
        Col(
            "level",
            pgettext_lazy("column, region", "Covered"),
            value=lambda row: row[1].get_level_display() if row[1] else "",
            empty=pgettext_lazy("words, region", "not compared"),
        ),
        Col("section", pgettext_lazy("column, region", "Section"), value=lambda row: row[1] and row[1].section),
        Day("on", pgettext_lazy("column, region", "Compared on"), value=lambda row: row[1] and row[1].on),
    ),
)


def law_rows(cells: Any, days: str) -> list[dict[str, Any]]:
    """(State, its law) as rows, with their pages on the days of this page."""
    return [
        {"party": party, "cell": cell, "url": f"{reverse('region:track', args=[cell.track.pk])}{days}"}
        for party, cell in cells
    ]


Table(
    "region.laws_by_topic",
    _("Laws of Member States by topic"),
    (
        Title("topic.name", pgettext_lazy("column, region", "Topic")),
        Count("in_force", pgettext_lazy("column, region", "In force")),
        Count("under_way", pgettext_lazy("column, region", "Under way")),
        Count("not_started", pgettext_lazy("column, region", "Not started")),
        Count("ended", pgettext_lazy("column, region", "Ended")),
        Count("unknown", pgettext_lazy("column, region", "Nothing recorded")),
    ),
)


def topic_strips(tallies: Sequence[Tally], days: str) -> list[Strip]:
    """For each topic how many Member States are how far."""
    return [
        Strip(
            one.topic.name,
            [
                StripPart(one.in_force, pgettext("words, region", "in force"), "b2"),
                StripPart(one.under_way, pgettext("words, region", "under way"), "b1"),
                StripPart(one.not_started, pgettext("words, region", "not started"), "b0"),
                StripPart(one.ended, pgettext("words, region", "ended"), "b4"),
            ],
            one.members,
            unknown=pgettext("words, region", "not recorded"),
            url=f"{reverse('region:topic', args=[one.topic.code])}{days}",
        )
        for one in tallies
    ]


def board_grid(board: Board, own: str, days: str) -> Grid:
    """States by topics of which anything is recorded, and the reader's own State. `own`: the reader's party; `days`:
    what links keep of the page's days.
    """
    rows = [row for row in board.rows if row.known or row.party.code == own]
    shown = [at for at, _topic in enumerate(board.topics) if any(row.cells[at].known for row in rows)]
    shown = shown or list(range(len(board.topics)))
    topics = [
        GridHead(topic.name, url=f"{reverse('region:topic', args=[topic.code])}{days}", css="topic")
        for topic in (board.topics[at] for at in shown)
    ]
    return Grid(
        _now("Legislation board table"),
        STATE,
        [*topics, GridHead(_now("In force, of those recorded"), css="sum")],
        [_line(row, shown, own, days) for row in rows],
    )


def states_without_record(board: Board, own: str, days: str) -> list[tuple[str, str]]:
    """(name, page) of the States that the board leaves out."""
    return [
        (as_party(row.party.short_name), f"{reverse('region:state', args=[row.party.code])}{days}")
        for row in board.rows
        if not row.known and row.party.code != own
    ]


def _line(row: Row, shown: Sequence[int], own: str, days: str) -> GridLine:
    head = GridHead(as_party(row.party.short_name), url=f"{reverse('region:state', args=[row.party.code])}{days}")
    mine = row.party.code == own
    cells = [GridCell(_law(row.cells[at], days) if mine or row.cells[at].known else _nothing()) for at in shown]
    words = {"n": row.in_force, "of": row.known}
    number = pgettext("words, region", "%(n)s of %(of)s") % words if row.known else _nothing()
    return GridLine(head, [*cells, GridCell(number, "sum")], "me" if mine else "")


def _nothing() -> SafeString:
    """An empty place, which says to the ear what the eye sees."""
    return format_html('<span class="vh">{}</span>', UNKNOWN_WORDS)


def _law(cell: Any, days: str) -> SafeString:
    """A law as drawing and share of the model law; its stage in words to the pointer and the ear."""
    covered = cell.at.covered
    share = "" if covered is None else format_html('<b aria-hidden="true">{}%</b>', covered)
    said = "" if covered is None else f", {_now('%(n)s per cent of the model law') % {'n': covered}}"
    return format_html(
        '<a href="{}" title="{}">{}{}<span class="vh">{}{}</span></a>',
        f"{reverse('region:track', args=[cell.track.pk])}{days}",
        cell.words,
        glyph(*cell.shape),
        *(share, cell.words, said),
    )
