"""Tables of indicators and their numbers."""

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.templatetags.portal import day
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Title
from apps.pages.tables import Table
from apps.region.lists.cells import ON, SOURCE, STATE
from apps.region.queries.computed_indicators import Value

SPARK_WIDTH, SPARK_HEIGHT = 120, 28
"""The drawing of a trend."""


def _definition(row: dict[str, Any]) -> Any:
    it = row["it"]
    if not it.fictional:
        return it.definition
    return format_html("{} <b>{}</b>", it.definition, pgettext("column, region", "Fictional."))


def _newest(row: dict[str, Any]) -> Cell:
    """The newest number and its day: the region's, or the own State's; else of how many States there is one."""
    states = row["states"]
    of = ngettext("one State", "%(n)s States", states) % {"n": states} if states else ""
    if row["shown"]:
        newest = row["shown"][-1]
        whose = pgettext("words, region", "our State") if row["own"] else ""
        small = tuple(Small(line) for line in (day(newest.on), whose) if line)
        return Cell(floatformat(newest.value, "-2"), small)
    return Cell(of or _now("no value yet"), tone="q")


def _trend(row: dict[str, Any]) -> Cell | None:
    """The values as a line, with the first one in words; nothing for a single value."""
    points = row["points"]
    if len(points) < 2:
        return None
    first = points[0]
    line = " ".join(f"{each.x},{each.y}" for each in points)
    last = points[-1]
    drawing = format_html(
        '<svg class="ch spark" viewBox="0 0 {} {}" aria-hidden="true"><polyline class="ln" points="{}"/>'
        '<circle class="b1" cx="{}" cy="{}" r="3"/></svg>',
        *(SPARK_WIDTH, SPARK_HEIGHT, line, last.x, last.y),
    )
    words = {"n": floatformat(first.value, "-2"), "on": date_format(first.on, "M Y")}
    return Cell(drawing, (Small(pgettext("words, region", "from %(n)s in %(on)s") % words),))


Table(
    "region.indicators",
    pgettext_lazy("words, region", "Indicators table"),
    (
        Title("it.name", pgettext_lazy("column, region", "Indicator"), small=_definition),
        Col("newest", pgettext_lazy("column, region", "Latest"), value=_newest),
        Col("trend", pgettext_lazy("column, region", "Trend"), value=_trend),
        Col("it.unit", pgettext_lazy("column, region", "Unit")),
        Col("it.keeper_id", pgettext_lazy("column, region", "Kept by")),
        Col("it.source", SOURCE),
    ),
    page=lambda row: row["url"],
)
Table(
    "region.values",
    pgettext_lazy("words, region", "Values table"),
    (Title("on", ON, value=lambda row: day(row.on)), Col("source", SOURCE)),
)
Table(
    "region.newest_of_states",
    _("Latest value for each State"),
    (Title("name", STATE), Day("value.on", ON)),
    page=lambda row: row["url"],
)


def _number(value: Value) -> Cell:
    words = floatformat(value.value, "-2")
    if not value.url:
        return Cell(words)
    source = _now("where this number comes from")
    return Cell(format_html('{}<span class="vh">, {}</span>', words, source), url=value.url)


def in_unit(unit: str) -> tuple[Count]:
    """The column of the numbers, which is called what they are counted in."""
    return (Count("value", capfirst(unit), value=lambda row: _number(row if isinstance(row, Value) else row["value"])),)
