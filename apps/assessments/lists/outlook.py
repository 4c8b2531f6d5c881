"""The threat matrix, and one threat half year by half year."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.portal import percent
from apps.assessments.queries.outlook import Outlook, Shown, Threat, Tier
from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.tables import Table


def matrix(shown: Outlook, own: str) -> Grid:
    """Threats by tier and State. `own`: the reader's party."""
    states = [
        GridHead(state.code or state.name, hover=state.code and state.name, css=_mine(state.code, own))
        for state in shown.states
    ]
    name, corner = pgettext("words, assessments", "Threat matrix"), pgettext("column, assessments", "Threat")
    return Grid(name, corner, states, list(_lines(shown, own)), css="thr")


def _lines(shown: Outlook, own: str) -> Iterable[GridLine]:
    for tier in shown.tiers:
        yield GridLine(GridHead(_tier(tier)), css="tier")
        for threat in tier.threats:
            place = f"{reverse('assessments:threat', args=[threat.code])}?period={shown.period.code}"
            cells = [GridCell(_cell(threat, one, shown), _mine(one.state.code, own)) for one in threat.cells]
            yield GridLine(GridHead(threat.label, url=place), cells)


def _mine(code: str, own: str) -> str:
    return "me" if code == own else ""


def _tier(tier: Tier) -> str:
    if not tier.number:
        return tier.label
    return pgettext("column, assessments", "Tier %(n)s: %(label)s") % {"n": tier.number, "label": tier.label}


def _cell(threat: Threat, one: Shown, shown: Outlook) -> SafeString:
    """The place on the yardstick and the way since; in words for who does not see them."""
    said, cell = format_html('<span class="vh">{}: {}</span>', one.state.name, one.words), one.cell
    if not cell.judgements and cell.trend != "gone":
        return format_html('<span class="no" aria-hidden="true"></span>{}', said)
    place = f"{reverse('assessments:threat', args=[threat.code])}?state={one.state.code}&period={shown.period.code}"
    drawn = f"{cell.place or '·'}" if cell.judgements else ""
    return format_html(
        '<a href="{}" class="l{}"><span aria-hidden="true">{}{}</span>{}</a>', place, cell.place, drawn, one.sign, said
    )


def _most_likely(row: dict[str, Any]) -> Cell:
    band = row["it"].band
    if band:
        return Cell(f"{band.term}, {percent(f'{band.low}–{band.high}')}")
    if row["it"].judgements:
        return Cell(_now("statement about the present"))
    return Cell(pgettext("words, assessments", "nothing"))


Table(
    "assessments.half_years",
    _("By half year"),
    (
        Title("it.period.code", pgettext_lazy("column, assessments", "Half year")),
        Count("it.judgements", pgettext_lazy("column, assessments", "Judgements")),
        Col("most", pgettext_lazy("words, assessments", "Most likely"), value=_most_likely),
    ),
    page=lambda row: row["url"],
)
