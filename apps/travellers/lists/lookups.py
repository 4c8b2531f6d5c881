"""Lists of searches for people and what they found."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from apps.access.actor import DECIDES
from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL
from apps.jrcc.queries import deadline_words
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import RIGHT, WIDE, Around, Col, Count, Day, Moment, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table
from apps.travellers.actions.lookups import TERMS
from apps.travellers.models import Lookup
from apps.travellers.queries import dated

STATES = {
    "kept": ("mute", "check"),
    "due": ("warn", "clock"),
    "questioned": ("warn", "message"),
    "explained": ("info", "message"),
    "in_order": ("ok", "check"),
    "not_in_order": ("bad", "x"),
}
WAITING = "waiting"


def lookup_line(row: Lookup) -> dict[str, Any]:
    """A search in words: what was asked for, as long as it is held, and for what."""
    words = {one.code: one.words for one in dated.purposes(row.created_at.date())}
    takes = REGISTRY["lookup.make"].takes
    return {
        "it": row,
        "chip": (*STATES[row.state], row.get_state_display()),
        "purpose": _now(words.get(row.purpose, row.purpose)) if row.purpose else "",
        "terms": [(takes[name].label, row.terms[name]) for name in TERMS if name in row.terms],
    }


def _asked_for(line: Any) -> str:
    said = "; ".join(f"{label}: {value}" for label, value in line["terms"])
    return said or _now("deleted: retention period over")


def _in_state(rows: Any, state: str, actor: Any) -> Any:
    if state == WAITING:
        return rows.filter(state__in=Lookup.WAITING).exclude(user_id=actor.user_id)
    return rows.filter(state=state)


class Lookups(List):
    """Own searches, for who decides those of the desk. None are taken away: a file would not forget when they do."""

    of, address, opens, key = "jrcc.lookup", "jrcc:lookups", "jrcc:lookup", "it.pk"
    title = pgettext_lazy("words, travellers", "Traveller searches")
    noun = ngettext_lazy("%(n)d search", "%(n)d searches", "n")
    related = ("hit",)
    export = None
    columns = (
        Title("terms", pgettext_lazy("column, jrcc", "Asked for"), value=_asked_for, code="it.reference"),
        Col("it.person", pgettext_lazy("column, jrcc", "Who"), name="who"),
        Moment("it.created_at", pgettext_lazy("column, jrcc", "When"), name="when"),
        Col("purpose", pgettext_lazy("column, jrcc", "Purpose"), small="it.case"),
        Count("it.found", pgettext_lazy("column, jrcc", "Found"), name="found"),
        Status("state", pgettext_lazy("column, jrcc", "Status"), value=lambda line: line["chip"], phone=RIGHT),
    )
    filters = (
        Choice(
            "state",
            pgettext_lazy("field, jrcc", "Status"),
            choices=[(WAITING, _("For me to review")), *Lookup.State.choices],
            by=_in_state,
            any_word=pgettext_lazy("choice, jrcc", "Any status"),
        ),
    )
    reads = "lookup.list"
    creates = ("lookup.make", "jrcc:lookup_new")
    banner = OFFICIAL
    empty = Blank(_("No searches yet"), _("Each traveller search is listed here with its purpose."), "search")

    def subtitle(self) -> Any:
        """Whose searches."""
        if self.actor.rank >= DECIDES:
            return _(
                "Your desk's searches. Searches outside open cases are reviewed here by someone "
                "other than the searcher."
            )
        return _("Your own searches. An approver at your desk reviews those outside your open cases.")

    def lines(self, rows: list[Lookup]) -> list[dict[str, Any]]:
        """Searches in words."""
        return [lookup_line(row) for row in rows]

    def more(self) -> list[Button]:
        """For what it may be searched."""
        return [Button(_("Register of purposes"), reverse("protection:purposes"), "scale")]


Table(
    "travellers.corrected",
    pgettext_lazy("words, jrcc", "Facts corrected"),
    (
        Title("fact", pgettext_lazy("column, jrcc", "Fact"), value=lambda line: line[0]),
        Col(
            "was",
            pgettext_lazy("column, jrcc", "Before"),
            value=lambda line: format_html("<s>{}</s>", line[1]) if line[1] else "",
        ),
        Col("now", pgettext_lazy("column, jrcc", "After"), value=lambda line: line[2]),
    ),
)


@dataclass(frozen=True)
class Percent(Col):
    """How alike two are."""

    usual = "num"

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """In percent."""
        return Cell(f"{found}%", small)


@dataclass(frozen=True)
class AtCounter(Status):
    """Whether a person may pass, and by when the JRCC answers where a gate waits for it."""

    def smalls(self, row: Any, found: Any, around: Around) -> tuple[Small, ...]:
        """Why not, and the deadline in words that count."""
        gate = row["gate"]
        if gate.of_all:
            return ()
        due = deadline_words.deadline_html(around.actor, gate.answer_clock)
        return (Small(format_html("{} {}", gate.sentence, due)),)


def list_papers(one: Any) -> Cell:
    """The documents of a traveller, each with who issued it."""
    said = [(paper["number"] or "–", paper["issuer"]) for paper in one["papers"]]
    return stack([Cell(format_html('<span class="mono">{}</span> {}', *paper)) for paper in said])


PAPERS = Col("papers", pgettext_lazy("column, jrcc", "Documents"), value=list_papers)
BORN = Col("born", pgettext_lazy("column, jrcc", "Born"), nowrap=True)
LIKENESS = Percent("percent", pgettext_lazy("column, jrcc", "Score"))
JOURNEY = Col(
    "journey",
    pgettext_lazy("column, jrcc", "Journey"),
    value=lambda one: f"{one['it'].journey} {one['route']}",
    small=lambda one: Day.in_words(one["it"].journey.date),
    nowrap=True,
)
Table(
    "travellers.found",
    pgettext_lazy("words, jrcc", "Travellers found"),
    (
        Title("name", pgettext_lazy("column, jrcc", "Traveller")),
        BORN,
        Col("it.nationality", pgettext_lazy("column, jrcc", "Nationality"), name="nationality"),
        PAPERS,
        JOURNEY,
        LIKENESS,
        AtCounter("gate", _("At passport control"), value=lambda one: one["gate"].chip, phone=WIDE),
    ),
    page=lambda one: reverse("jrcc:traveller_dossier", args=[one["it"].pk]),
)
Table(
    "travellers.entries_found",
    pgettext_lazy("words, jrcc", "Entries found"),
    (
        Title("it.display_name", pgettext_lazy("column, jrcc", "Entry"), code="it.reference"),
        Col("it.list.name", pgettext_lazy("column, jrcc", "List"), name="list"),
        LIKENESS,
    ),
    page=lambda one: reverse("screening:entry", args=[one["it"].pk]),
)
Table(
    "travellers.journeys_found",
    pgettext_lazy("words, jrcc", "Journeys found"),
    (
        Title("it", pgettext_lazy("column, jrcc", "Journey")),
        Day("it.date", pgettext_lazy("column, jrcc", "Day"), name="day"),
        Col("route", pgettext_lazy("column, jrcc", "Route")),
        Status("status", pgettext_lazy("column, jrcc", "Status"), value=lambda one: one["gate"].chip),
    ),
    page=lambda one: reverse("jrcc:journey", args=[one["it"].pk]),
)
