"""Lists of carriers with their figures of a month, and of the journeys behind a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.access.templatetags.portal import percent
from apps.carriers.queries import score_charts, scores
from apps.journeys.models import Carrier
from apps.pages.cells import Cell, Small
from apps.pages.columns import Col, Count, Day, Moment, Title
from apps.pages.filters import Choice, Words
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table

MONTHS = 12
WHAT = {
    "": pgettext_lazy("words, jrcc", "Manifests received"),
    "in_time": pgettext_lazy("words, jrcc", "On time"),
    "late": pgettext_lazy("words, jrcc", "Late"),
    "missing": pgettext_lazy("words, jrcc", "Missing"),
    "incomplete": _("With incomplete traveller data"),
    "corrected": _("Manifests that needed correction"),
}


def _months(_actor: Any) -> list[tuple[str, str]]:
    months = score_charts.months_back(timezone.now().date(), MONTHS)
    return [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months]


def _all(rows: Any, _value: Any, _actor: Any) -> Any:
    """What the rows were read for; it leaves none of them out."""
    return rows


MONTH = Choice(
    "month",
    pgettext_lazy("field, jrcc", "Month"),
    choices=_months,
    by=_all,
    any_word=pgettext_lazy("choice, jrcc", "This month"),
)
STATE = Words("state", pgettext_lazy("field, jrcc", "State"), by=_all, longest=3)


class OfMonth(List):
    """Rows of one month and, for those who see those of several States, of one State."""

    order = ""
    live = False
    export = None
    banner = OFFICIAL

    def __init__(self, request: Any, **scope: Any) -> None:
        if request.actor.function in scores.STATE_DESKS:
            self.filters = [one for one in type(self).filters if one is not STATE]
        super().__init__(request, **scope)

    @property
    def first(self) -> date:
        """The first day of the month."""
        month = self.asking.form.cleaned_data.get("month")
        return date.fromisoformat(f"{month}-01") if month else timezone.now().date().replace(day=1)

    @property
    def party(self) -> str:
        """The State of which the figures are; "" for all that the reader sees."""
        return str(self.asking.form.cleaned_data.get("state", "")).upper()

    @property
    def query(self) -> str:
        """Both, as the pages behind are asked for."""
        return urlencode({"month": f"{self.first:%Y-%m}", "state": self.party})

    def wanted(self, **more: str) -> scores.Wanted:
        """Which figures are meant."""
        return scores.Wanted(self.first, score_charts.last_of(self.first), party=self.party, **more)


def _share(name: str, what: str) -> Any:
    """A share in percent, as the way to its journeys."""

    def cell(line: Any) -> Cell | None:
        share = getattr(line["it"], name)
        return None if share is None else Cell(percent(floatformat(share, 1)), url=f"{line['journeys']}&what={what}")

    return cell


def _in_time(line: Any) -> Cell | None:
    """The share in time, and how many were late."""
    cell, late = _share("in_time_share", "in_time")(line), line["it"].late
    if cell is None or not late:
        return cell
    words = ngettext("%(n)d late", "%(n)d late", late) % {"n": late}
    return Cell(cell.words, (Small(words, url=f"{line['journeys']}&what=late"),), url=cell.url)


def _median(line: Any) -> str:
    return "" if line["it"].median is None else floatformat(line["it"].median, 0)


@dataclass(frozen=True)
class Share(Col):
    """A figure that is no count, at the right."""

    usual = "num"


class Scorecard(OfMonth):
    """Carriers that lists came from, or should have, with their figures of a month."""

    of, address = "jrcc.carrier", "jrcc:carriers"
    title = pgettext_lazy("heading, jrcc", "Carriers")
    name = pgettext_lazy("words, carriers", "Carrier scorecard")
    noun = ngettext_lazy("%(n)d carrier", "%(n)d carriers", "n")
    order = "key"
    template = "jrcc/carriers.html"
    note = _(
        "Counted for each State and direction that requires a manifest. On time: of the "
        "manifests with a deadline, missing ones included. Grades A to E use dated "
        "thresholds."
    )
    columns = (
        Title("name", pgettext_lazy("column, jrcc", "Carrier"), code="it.key", small="provisional", sort="key"),
        Col("it.grade", pgettext_lazy("column, jrcc", "Grade"), name="grade"),
        Count(
            "it.lists",
            pgettext_lazy("column, jrcc", "Manifests"),
            link=lambda line: line["journeys"],
            sort="lists",
            name="lists",
        ),
        Share("in_time", pgettext_lazy("column, jrcc", "On time"), value=_in_time, sort="in_time_share"),
        Count(
            "it.missing",
            pgettext_lazy("column, jrcc", "Missing"),
            link=lambda line: f"{line['journeys']}&what=missing",
            sort="missing",
            name="missing",
        ),
        Share("median", _("Median minutes before deadline"), value=_median, sort="median"),
        Share(
            "complete",
            pgettext_lazy("column, jrcc", "Travellers with complete data"),
            value=_share("complete_share", "incomplete"),
            sort="complete_share",
        ),
        Share("accepted", _("Accepted first time"), value=_share("accepted_share", "corrected"), sort="accepted_share"),
    )
    filters = (MONTH, STATE)
    empty = Blank(_("No manifests received or missing this month"), "", "scale")

    @cached_property
    def known(self) -> dict[str, Carrier]:
        """Carriers that the seat may see, by designator."""
        return {row.code: row for row in scores.carriers(self.actor)}

    @cached_property
    def figures(self) -> list[scores.Score]:
        """The figures."""
        return scores.scores(self.actor, self.wanted(), "carrier")

    def rows(self, before: Any = None) -> Any:
        """The figures, by designator."""
        return self.figures

    def lines(self, rows: list[Any]) -> list[dict[str, Any]]:
        """Figures with the names of their carriers."""
        return [self.line(row) for row in rows]

    def line(self, row: scores.Score) -> dict[str, Any]:
        """One of them, with the page of its journeys."""
        known = self.known.get(row.key)
        provisional = known is not None and known.provisional
        return {
            "it": row,
            "name": known.name if known else row.key,
            "provisional": pgettext("column, jrcc", "provisional") if provisional else "",
            "journeys": f"{reverse('jrcc:carrier_lists', args=[row.key])}?{self.query}",
        }

    def place(self, line: Any) -> str:
        """The carrier's page, of this month."""
        return f"{reverse('jrcc:carrier', args=[line['it'].key])}?{self.query}"

    def subtitle(self) -> Any:
        """Of which month."""
        words = _("How manifests met the rules in %(month)s. Each figure links to its journeys.")
        return words % {"month": date_format(self.first, "F Y")}

    def more(self) -> list[Button]:
        """The figures as a file for programs, with more of them."""
        return [Button("CSV", f"{reverse('jrcc:carriers_export')}?{self.query}", "download")]


def _days_of(worst: str) -> Any:
    return lambda row: " ".join(str(cell["day"].day) for cell in row["cells"] if cell["worst"] == worst)


Table(
    "carriers.heat",
    _("Carrier by day"),
    (
        Title("name", pgettext_lazy("column, jrcc", "Carrier")),
        Col("late", pgettext_lazy("column, jrcc", "Days late"), value=_days_of("late")),
        Col("missing", _("Days with a manifest missing"), value=_days_of("missing")),
    ),
)


def _count(name: str, label: Any) -> Count:
    """A figure, as the way to its journeys."""
    return Count(f"it.{name}", label, link=lambda line: f"{line['journeys']}&what={name}", name=name)


FIGURES = (
    Count("it.lists", pgettext_lazy("column, jrcc", "Manifests"), link=lambda line: line["journeys"], name="lists"),
    Share("in_time", pgettext_lazy("column, jrcc", "On time"), value=_share("in_time_share", "in_time")),
    _count("late", pgettext_lazy("column, jrcc", "Late")),
    _count("missing", pgettext_lazy("column, jrcc", "Missing")),
    Share("median", _("Median minutes before deadline"), value=_median),
)
Table(
    "carriers.by_state",
    _("Figures by State"),
    (Title("it.key", pgettext_lazy("column, jrcc", "State"), name="state"), *FIGURES),
)
Table(
    "carriers.by_month",
    _("Figures by month"),
    (
        Title(
            "month",
            pgettext_lazy("column, jrcc", "Month"),
            value=lambda line: date_format(line["it"].key, "F Y"),
        ),
        Col("it.grade", pgettext_lazy("column, jrcc", "Grade"), name="grade"),
        *FIGURES,
        Share(
            "complete",
            pgettext_lazy("column, jrcc", "Travellers with complete data"),
            value=_share("complete_share", "incomplete"),
        ),
        Share("accepted", _("Accepted first time"), value=_share("accepted_share", "corrected")),
    ),
)


def lines_by_state(row: Carrier, first: date, found: Iterable[scores.Score]) -> list[dict[str, Any]]:
    """Figures of a carrier in a month by State, each with the page of its journeys."""
    place = f"{reverse('jrcc:carrier_lists', args=[row.code])}?month={first:%Y-%m}"
    return [{"it": one, "journeys": f"{place}&state={one.key}"} for one in found]


def lines_by_month(row: Carrier, found: Iterable[scores.Score]) -> list[dict[str, Any]]:
    """Figures of a carrier by month, newest first, each with the page of its journeys."""
    place = reverse("jrcc:carrier_lists", args=[row.code])
    newest = sorted(found, key=lambda one: one.key, reverse=True)
    return [{"it": one, "journeys": f"{place}?month={one.key:%Y-%m}"} for one in newest]


class ScoredJourneys(OfMonth):
    """The journeys behind a figure of a carrier (`home`), newest first."""

    home: Carrier
    of, address = "jrcc.carrier", "jrcc:carrier_lists"
    title = _("Journeys in this figure")
    noun = ngettext_lazy("%(n)d journey", "%(n)d journeys", "n")
    ordered = pgettext_lazy("order, carriers", "newest first")
    template = "jrcc/carrier_lists.html"
    columns = (
        Title("flight", pgettext_lazy("column, jrcc", "Journey"), small=lambda row: Day.in_words(row.date)),
        Col("party", pgettext_lazy("column, jrcc", "State"), small="role"),
        Moment("deadline_at", pgettext_lazy("column, jrcc", "Deadline"), sort="deadline_at"),
        Moment("received_at", pgettext_lazy("column, jrcc", "Manifest received"), sort="received_at"),
    )
    filters = (
        Choice(
            "what",
            pgettext_lazy("field, jrcc", "Figure"),
            choices=[(code, words) for code, words in WHAT.items() if code],
            by=_all,
            any_word=WHAT[""],
        ),
        MONTH,
        STATE,
    )
    empty = Blank(pgettext_lazy("words, jrcc", "None."), "", "scale")

    @property
    def what(self) -> str:
        """Which figure."""
        return self.asking.form.cleaned_data.get("what") or ""

    @cached_property
    def journeys(self) -> list[scores.ScoredJourney]:
        """The last ones."""
        return scores.list_scored_journeys(self.actor, self.wanted(carrier=self.home.code), self.what)

    def rows(self, before: Any = None) -> Any:
        """The last ones, as they were read."""
        return self.journeys

    def heading(self) -> str:
        """Whose, and which figure."""
        return f"{self.home.name}: {WHAT[self.what]}"

    def subtitle(self) -> str:
        """Of which month and State."""
        return ", ".join(filter(None, (date_format(self.first, "F Y"), self.party)))

    def footnote(self) -> Any:
        """How far back they go."""
        full = len(self.journeys) == scores.MOST_LINES
        return _("The last %(most)s are shown.") % {"most": scores.MOST_LINES} if full else ""
