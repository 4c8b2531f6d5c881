"""Small tables of what came of hits: the supervisors' report, and what thresholds cost and find."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.pages.cells import Small
from apps.pages.columns import Col, Count, Moment, Title
from apps.pages.tables import Table


@dataclass(frozen=True)
class Figure(Col):
    """A figure that is no count, at the right."""

    usual = "num"


def _percent(name: str) -> Any:
    def words(row: Any) -> str:
        found = getattr(row, name)
        return f"{found}%" if found else ""

    return words


def _one_decimal(name: str) -> Any:
    def words(row: Any) -> str:
        found = getattr(row, name)
        return "" if found is None else floatformat(found, 1)

    return words


HITS = Count("hits", pgettext_lazy("column, screening", "Hits"))
RIGHT = _("True hits of these")
TALLIES = (
    HITS,
    Count("right", _("The listed person")),
    Count("wrong", pgettext_lazy("column, screening", "Another person")),
    Figure("precision", RIGHT, value=_percent("precision")),
    Count("open", pgettext_lazy("status, screening", "Open")),
    Count("unknown", pgettext_lazy("column, screening", "Not known")),
)
MATCHES = Figure("match_share", pgettext_lazy("column, screening", "Matches"), value=_percent("match_share"))
HITS_BY = {
    "week": (_("Hits by week"), pgettext_lazy("words, screening", "Week starting"), (*TALLIES, MATCHES)),
    "list": (_("Hits by list"), pgettext_lazy("column, screening", "List"), (*TALLIES, MATCHES)),
    "state": (_("Hits by State"), pgettext_lazy("column, screening", "State"), TALLIES),
    "matcher": (_("Hits by matcher version"), pgettext_lazy("words, screening", "Matcher"), (*TALLIES, MATCHES)),
}
for _code, (_name, _head, _columns) in HITS_BY.items():
    Table(f"screening.hits_by_{_code}", _name, (Title("name", _head, small="detail"), *_columns))
Table(
    "screening.hits_by_score",
    _("Hits by score"),
    (
        Title("score", pgettext_lazy("column, screening", "Score"), value=lambda row: row[0]),
        Count("first", _("First half of the weeks"), value=lambda row: row[1]),
        Count("second", pgettext_lazy("column, screening", "Second half of the weeks"), value=lambda row: row[2]),
    ),
)
Table(
    "screening.times",
    _("Times since a hit was raised"),
    (
        Title("name", _("From raising to")),
        Count("n", pgettext_lazy("column, screening", "Hits")),
        Figure("median", pgettext_lazy("column, screening", "Median, minutes"), value=_one_decimal("median")),
        Figure("ninetieth", pgettext_lazy("column, screening", "90% within, minutes"), value=_one_decimal("ninetieth")),
    ),
)
Table(
    "screening.overdue",
    pgettext_lazy("words, screening", "Overdue hits"),
    (
        Title("hit", pgettext_lazy("column, screening", "Hit"), value=lambda row: row[1]),
        Col("list", pgettext_lazy("column, screening", "List"), value=lambda row: row[2]),
        Moment("due", _("Answer was due"), value=lambda row: row[3]),
    ),
    page=lambda row: reverse("jrcc:hit", args=[row[0]]),
)
Table(
    "screening.thresholds",
    _("Alerts and hits found by threshold"),
    (
        Title(
            "cut",
            pgettext_lazy("column, screening", "Threshold"),
            value=_percent("percent"),
            small=lambda line: tuple(Small(mark) for mark in line.marks),
        ),
        Figure("alerts_words", _("Alerts per 1,000, calibration")),
        Figure("found", _("True hits found, calibration"), value=_percent("found_percent")),
        Count("right", _("Own hits: the listed person")),
        Count("wrong", _("Own hits: another person")),
        Figure("precise", RIGHT, value=_percent("precise")),
        Figure(
            "own_alerts", pgettext_lazy("column, screening", "Per 1,000 screened"), value=_one_decimal("own_alerts")
        ),
    ),
    line=lambda line: "sel" if line.marks else "",
)
CHANGE = _("What would change")
Table(
    "screening.change",
    CHANGE,
    (
        Title("what", CHANGE, value=lambda row: row[0]),
        Figure("now", pgettext_lazy("column, screening", "Now"), value=lambda row: row[1]),
        Figure("then", pgettext_lazy("column, screening", "Then"), value=lambda row: row[2]),
    ),
)
