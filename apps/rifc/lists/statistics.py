"""Figures of what parties give each other, and of how long questions wait."""

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Title, value_at
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.strips import Strip, StripPart
from apps.pages.tables import Table
from apps.rifc.queries import flows


def _figure(path: str, label: Any, places: int = 0, name: str = "") -> Count:
    """A number that may be none, with so many decimals."""

    def figure(row: Any) -> Cell | None:
        found = value_at(row, path)
        return None if found is None else Cell(str(floatformat(found, places or -1)))

    return Count(path, label, value=figure, name=name)


Table(
    "rifc.months",
    _("Sharing by month"),
    (
        Title("first", pgettext_lazy("column, rifc", "Month"), value=lambda month: date_format(month.first, "F Y")),
        _figure("own.shared", pgettext_lazy("column, rifc", "Shared")),
        _figure("region.shared", _("Median of the region")),
        _figure("own.received", pgettext_lazy("column, rifc", "Received")),
        _figure("own.useful", pgettext_lazy("column, rifc", "Rated useful")),
        _figure("own.recalled", pgettext_lazy("column, rifc", "Recalled")),
        _figure("own.ack_hours", _("Hours to our receipt"), 1),
        _figure("region.ack_hours", _("Median of the region"), 1),
    ),
)
Table(
    "rifc.categories",
    _("Reports by threat"),
    (
        Title("threat", pgettext_lazy("column, rifc", "Threat"), value=lambda row: row[0]),
        Count("ours", pgettext_lazy("column, rifc", "Ours"), value=lambda row: row[1]),
        Count("others", pgettext_lazy("column, rifc", "Others"), value=lambda row: row[2]),
    ),
)
Table(
    "rifc.answer_times",
    pgettext_lazy("words, rifc", "Answer times"),
    (
        Title(
            "party",
            pgettext_lazy("column, rifc", "State"),
            value=lambda row: row.party or pgettext("column, rifc", "Total"),
        ),
        Col("priority", pgettext_lazy("column, rifc", "Priority")),
        Count("asked", pgettext_lazy("column, rifc", "Asked")),
        Count("answered", pgettext_lazy("column, rifc", "Answered")),
        _figure("median_h", pgettext_lazy("column, rifc", "Median, hours"), 1),
        _figure("p90_h", pgettext_lazy("column, rifc", "90% within, hours"), 1),
        Count("late", pgettext_lazy("column, rifc", "Late")),
        Count("waiting", pgettext_lazy("column, rifc", "Waiting")),
    ),
)


Table(
    "rifc.exchanges",
    _("Reports sent and received"),
    (
        Title("party", pgettext_lazy("column, rifc", "Party")),
        Count("sent", pgettext_lazy("column, rifc", "Sent")),
        Count("sent_useful", _("Rated useful by the recipient")),
        Count("received", pgettext_lazy("column, rifc", "Received")),
        Count("received_useful", pgettext_lazy("column, rifc", "Rated useful")),
    ),
)


def exchange_strips(found: Sequence[flows.Exchange], *, whole: bool, own: str) -> list[Strip]:
    """Bars as long as what was exchanged. Of the region: what each party sent and received; else what went between a
    party and the reader's.
    """
    most = max((one.sent + one.received for one in found), default=1)
    sent = pgettext("label, rifc", "sent") if whole else pgettext("label, rifc", "from us")
    received = pgettext("label, rifc", "received") if whole else pgettext("label, rifc", "to us")
    return [
        Strip(
            one.party,
            [StripPart(one.sent, sent, "b1"), StripPart(one.received, received, "b2")],
            most,
            css="me" if one.party == own else "",
        )
        for one in found
    ]


def matrix_grid(found: flows.Matrix, own: str) -> Grid:
    """Who gave whom how many reports, and in brackets how many were called useful; only who gave or got anything.

    `own`: the reader's party.
    """
    mine, receivers = {own: "me"}, found.receivers
    said = _now(
        "Reports shared, and in brackets those the recipient rated useful; senders as rows, recipients as columns"
    )
    return Grid(
        f"{_now('Sharing between parties')}: {said}",
        pgettext("column, rifc", "From"),
        [GridHead(found.parties[to], css=mine.get(found.parties[to], "")) for to in receivers],
        [
            GridLine(
                GridHead(found.parties[giver]),
                [GridCell(_pair(found.rows[giver][to]), mine.get(found.parties[to], "")) for to in receivers],
                mine.get(found.parties[giver], ""),
            )
            for giver in found.givers
        ],
    )


def _pair(cell: flows.Cell | None) -> str:
    """Nothing is left empty."""
    if cell is None or not cell.given:
        return ""
    return f"{cell.given} ({cell.used})" if cell.used else str(cell.given)
