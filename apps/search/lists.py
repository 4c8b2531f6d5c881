"""What was searched, as it is declared, and what the filters of a search are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from apps.access.marking import OFFICIAL
from apps.access.templatetags.portal import grouped
from apps.pages.cells import Cell
from apps.pages.columns import Col, Count, Moment, Title
from apps.pages.lists import Blank, List
from apps.search.models import Asked
from apps.search.queries import kinds, saved

TITLES = {
    "thing": pgettext_lazy("field, search", "Entity"),
    "party": pgettext_lazy("sender, search", "From"),
    "level": pgettext_lazy("words, search", "Classification"),
    "tlp": pgettext_lazy("words, search", "TLP"),
    "category": pgettext_lazy("words, search", "Threat category"),
    "sort_of": _("Kind of report"),
    "kind": pgettext_lazy("words, search", "Kind"),
    "place": pgettext_lazy("words, search", "Place"),
    "box": pgettext_lazy("words, search", "Folder"),
    "from": pgettext_lazy("words, search", "Since"),
    "until": pgettext_lazy("words, search", "Until"),
    "cites": pgettext_lazy("words, search", "Cites"),
    "as_of": pgettext_lazy("words, search", "Valid on"),
    "similar": pgettext_lazy("words, search", "Similar names"),
}
MOST = 1000
"""What was shown is counted up to here."""


def _question(row: Asked) -> str:
    """The words that were searched for, and the filters beside them."""
    filters = [f"{TITLES[name]}: {value_in_words(name, value)}" for name, value in told_filters(row.filters)]
    return " ".join(filter(None, [row.words, *filters]))


def told_filters(filters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those that are told beside the words of a search."""
    return [(name, value) for name, value in filters.items() if name not in {"kind", "similar"}]


def value_in_words(name: str, value: str) -> str:
    """What a value of a filter is called."""
    return str(kinds.labels_of(name).get(value, value))


def _shown(row: Asked) -> Cell:
    return Cell(f"{grouped(MOST)}+" if row.found > MOST else grouped(row.found))


class Searches(List):
    """What people of one's own party searched, newest first."""

    of, address = "search.asked", "search:log"
    title = pgettext_lazy("words, search", "Search log")
    name = pgettext_lazy("words, search", "Searches")
    noun = ngettext_lazy("%(n)d search", "%(n)d searches", "n")
    read = saved.log
    reads = "search.read_log"
    columns = (
        Title("user.username", pgettext_lazy("column, search", "Who")),
        Moment("at", pgettext_lazy("column, search", "When")),
        Col("desk.code", pgettext_lazy("column, search", "Desk")),
        Col("words", _("Words and filters"), value=_question),
        Count("found", pgettext_lazy("column, search", "Results shown"), value=_shown),
    )
    page = 50
    live = False
    export = None  # it is read here, by one's own oversight alone
    banner = OFFICIAL
    empty = Blank(_("No searches yet"), "", "search")

    def subtitle(self) -> Any:
        """Whose searches, and who reads them."""
        words = _now(
            "Searches by people of %(party)s, newest first. Only its own oversight reads them; "
            "each reading is recorded."
        )
        return words % {"party": self.actor.party_name}

    def noted(self, rows: list[Any]) -> None:
        """Where there is nothing, nothing was read."""
        if rows:
            super().noted(rows)
