"""Lists of the reports that leave the Community, of facts and of scorecards, as they are declared."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import code, signed
from apps.pages.cells import Cell, Small
from apps.pages.columns import HIDE, RIGHT, Col, Day, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.pages.tables import Table
from apps.reports.models import Fact, Report
from apps.reports.queries import report_pages
from apps.reports.rules.scorecards import CHANGE, INDICATORS, OPEN_SHARE, REJECTED

FICTIONAL = pgettext_lazy("column, reports", "fictional")


def _small(row: Report) -> str:
    parts = [as_party(row.party.short_name) if row.party else "", str(FICTIONAL) if row.fictional else ""]
    return ", ".join(filter(None, parts))


class Reports(List):
    """Reports that leave the Community, as far as the seat sees them, newest first."""

    of, address, opens = "reports.report", "reports:reports", "reports:report"
    creates = ("report.create", "reports:new")
    banner = OFFICIAL
    title = pgettext_lazy("heading, reports", "Reporting")
    sub = _("Reports that leave the Community: every figure comes from the record and names its source records.")
    name = pgettext_lazy("heading, reports", "Reports")
    noun = ngettext_lazy("%(n)d report", "%(n)d reports", "n")
    read = report_pages.find_reports
    columns = (
        Title("title", pgettext_lazy("column, reports", "Report"), code="reference", small=_small),
        Status("state", pgettext_lazy("column, reports", "Status"), value=report_pages.state_chip, phone=RIGHT),
        Day("as_of", pgettext_lazy("column, reports", "As of"), sort="as_of"),
        Day("known_at", _("As known on"), sort="known_at", phone=HIDE),
        Col("kind", pgettext_lazy("column, reports", "Kind")),
    )
    filters = (
        Choice("kind", pgettext_lazy("label, reports", "Kind"), choices=Report.Kind.choices),
        Choice("state", pgettext_lazy("column, reports", "Status"), choices=Report.State.choices),
    )
    template = "reports/reports.html"
    empty = Blank(
        _("No reports yet"),
        _("Reports appear here once the Secretariat has issued them. Only the Secretariat sees drafts."),
        "file-text",
    )


def _code(row: Fact) -> Small:
    """Its code, as whoever enters facts types it, and that it was corrected."""
    code = format_html("<code>{}</code>", row.code)
    if row.state == Fact.State.CORRECTED:
        code = format_html("{}, {}", code, row.get_state_display())
    return Small(code, "ref")


def _holds(row: Fact) -> str:
    """From when to when it is so."""
    until = f" {pgettext('words, reports', 'to')} {Day.in_words(row.valid_to)}" if row.valid_to else ""
    return Day.in_words(row.valid_from) + until


Table(
    "reports.facts",
    pgettext_lazy("words, reports", "Facts table"),
    [
        Title("title", pgettext_lazy("column, reports", "Fact"), small=_code),
        Col("valid_from", pgettext_lazy("column, reports", "Valid"), value=_holds, nowrap=True),
        Day("recorded_at", pgettext_lazy("column, reports", "Known since")),
        Col("provenance", pgettext_lazy("column, reports", "How")),
        Col("source", pgettext_lazy("column, reports", "Source")),
    ],
    page=lambda row: reverse("reports:fact", args=[row.pk]),
)

LINE = pgettext_lazy("column, reports", "Line")
STATES, SHARE = pgettext_lazy("words, reports", "Member States"), pgettext_lazy("noun, reports", "Share")
Table("reports.states", _("Show as a table"), [Title("label", LINE), Col("said", STATES)])
Table("reports.shares", _("Show as a table"), [Title("label", LINE), Col("said", SHARE)])


def _state(row: dict[str, Any]) -> Any:
    party = row["party"]
    return format_html("{} {}", code(party.code, party.name), as_party(party.short_name))


def _number(indicator: str) -> Any:
    """How a number of a State is told: with the actions it is of, and the State's own words."""

    def read(row: dict[str, Any]) -> Cell:
        cell = row["cells"][indicator]
        value = cell["value"]
        said = "–" if value is None else signed(value) if indicator == CHANGE else localize(value)
        share = row["open"] if indicator == OPEN_SHARE else row["rejected"] if indicator == REJECTED else None
        of = [Small(f"{share.part} / {share.whole}")] if share else []
        return Cell(format_html('<b class="num">{}</b>', said), (*of, *_words(row, indicator, cell)))

    return read


def _words(row: dict[str, Any], indicator: str, cell: dict[str, Any]) -> list[Small]:
    """What the State says beside a number, and the way to say it or to take it back."""
    comment, own = cell["comment"], cell["own"] and row["may_comment"]
    said = [Small(format_html('<q class="says fs">{}</q>', comment.text))] if comment else []
    if comment and own:
        place = reverse("reports:act", args=["comments", comment.pk, "withdraw"])
        return [*said, Small(pgettext("link, reports", "Withdraw"), url=place)]
    if own:
        query = urlencode({"indicator": indicator, "cut_off": row["day"].isoformat()})
        label = format_html(
            '{}<span class="vh"> {}</span>', pgettext("link, reports", "Comment"), INDICATORS[indicator][0]
        )
        return [Small(label, url=f"{reverse('reports:comment')}?{query}")]
    return said


Table(
    "reports.scorecards",
    pgettext_lazy("words, reports", "Scorecards table"),
    [
        Title("party", pgettext_lazy("column, reports", "State"), value=_state),
        *(
            Col(indicator, format_html("{}<small>{}</small>", name, unit), value=_number(indicator), phone=name)
            for indicator, (name, unit) in INDICATORS.items()
        ),
    ],
)
