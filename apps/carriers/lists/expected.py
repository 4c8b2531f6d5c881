"""Small tables of an expected journey's page: planned and actual, deadlines, and who was called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.carriers.queries.expected_journeys import Line
from apps.pages.columns import Col, Moment, Title
from apps.pages.tables import Table

Table(
    "carriers.planned",
    _("Planned and actual"),
    (
        Title("what", pgettext_lazy("words, jrcc", "What"), value=lambda row: row[0]),
        Col("planned", pgettext_lazy("column, jrcc", "Planned"), value=lambda row: row[1]),
        Col("actual", _("On the manifest"), value=lambda row: row[2]),
    ),
)


def compare_with_list(line: Line, zone: str) -> list[tuple[str, Any, Any]]:
    """(what, as planned, as the list says), the times of a place in its own zone, those of lists in the reader's."""
    row, made = line.it, line.it.journey
    route = f"{made.origin or '?'}–{made.destination or '?'}" if made else ""
    return [
        (
            pgettext("column, jrcc", "Departs"),
            portal.local_time(row.departs_at, line.from_zone),
            portal.local_time(made.departs_at if made else None, line.from_zone),
        ),
        (
            pgettext("column, jrcc", "Arrives"),
            portal.local_time(row.arrives_at, line.to_zone),
            portal.local_time(made.arrives_at if made else None, line.to_zone),
        ),
        (pgettext("column, jrcc", "Route"), f"{row.origin}–{row.destination}", route),
        (
            pgettext("column, jrcc", "First manifest"),
            portal.local_time(row.deadline_at, zone),
            portal.local_time(row.received_at, zone),
        ),
    ]


Table(
    "carriers.deadlines",
    pgettext_lazy("words, jrcc", "Deadlines"),
    (
        Title("party", pgettext_lazy("column, jrcc", "State"), small="role"),
        Moment("deadline_at", pgettext_lazy("column, jrcc", "Deadline"), zone="party.time_zone"),
    ),
)
Table(
    "carriers.calls",
    pgettext_lazy("words, jrcc", "Calls"),
    (
        Title("whom", _("Who was called")),
        Moment("at", pgettext_lazy("column, jrcc", "When")),
        Col("said", pgettext_lazy("column, jrcc", "Result")),
        Col("by", pgettext_lazy("column, jrcc", "By")),
    ),
)
