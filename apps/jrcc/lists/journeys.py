"""Lists of journeys and crossings, and the small tables of the pages of a journey and a traveller."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.journeys.models import Journey
from apps.jrcc.queries import border_desk, deadline_words, floor
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import HIDE, RIGHT, WIDE, Around, Col, Count, Day, Moment, Status, Title
from apps.pages.filters import Choice, Flag, On, Words
from apps.pages.lists import Blank, List
from apps.pages.tables import Table


def _at(column: str) -> Any:
    return lambda rows, words, _actor: rows.filter(**{column: words.strip().upper()})


class Journeys(List):
    """Flights and voyages that the seat may see, newest first."""

    of, address, opens, key = "jrcc.journey", "jrcc:journeys", "jrcc:journey", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Journeys")
    noun = ngettext_lazy("%(n)d journey", "%(n)d journeys", "n")
    columns = (
        Title("it", pgettext_lazy("column, jrcc", "Journey")),
        Col("route", pgettext_lazy("column, jrcc", "Route"), nowrap=True),
        Day("it.date", pgettext_lazy("column, jrcc", "Date"), name="date"),
        Moment("lands_at", pgettext_lazy("column, jrcc", "Arrives"), zone="zone", distance=True, sort="arrives_at"),
        Count("it.passengers", pgettext_lazy("column, jrcc", "Passengers"), name="passengers"),
        Count("it.crew", pgettext_lazy("column, jrcc", "Crew"), phone=HIDE, name="crew"),
        Count("it.screened", pgettext_lazy("column, jrcc", "Screening"), phone=HIDE, narrow=True, name="screened"),
        Status(
            "chip",
            pgettext_lazy("column, jrcc", "Status"),
            value=lambda line: line.chip,
            small=lambda line: line.it.get_state_display(),
            phone=RIGHT,
        ),
    )
    filters = (
        Choice(
            "state",
            pgettext_lazy("field, jrcc", "List"),
            choices=Journey.State.choices,
            any_word=pgettext_lazy("choice, jrcc", "All"),
        ),
        Words("from", pgettext_lazy("field, jrcc", "From"), by=_at("origin"), longest=5),
        Words("to", pgettext_lazy("field, jrcc", "To"), by=_at("destination"), longest=5),
        On("day", pgettext_lazy("field, jrcc", "Day"), "date"),
        Flag("hits", _("With open hits"), by=lambda rows, _on, actor: floor.with_open_hits(actor, rows)),
    )
    empty = Blank(_("No journeys yet"), _("A flight or voyage appears when its carrier has sent a manifest."), "plane")

    def subtitle(self) -> Any:
        """What is listed for whom."""
        if self.actor.function == "watch":
            return _("Flights and voyages with a passenger or crew manifest, newest first.")
        return _("Flights and voyages that touch your State, newest first.")

    def lines(self, rows: list[Journey]) -> list[floor.Flight]:
        """Journeys as the board shows them."""
        return floor.flight_lines(self.actor, rows)


@dataclass(frozen=True)
class Crosses(Col):
    """When a journey lands or leaves at a State's counters, and how far that is, which counts."""

    usual = "nw"

    def cell(self, row: border_desk.Crossing, around: Around) -> Cell:
        """At the place, with the day where it is not today there."""
        left = portal.until(row.at, around.now)
        counts = format_html('<time-left past datetime="{}">{}</time-left>', row.at.isoformat(), left)
        return Cell(portal.zoned(row.at, row.zone), (Small(counts),))


@dataclass(frozen=True)
class Gate(Status):
    """How a flight stands, and by when the JRCC answers where a gate waits for it."""

    def smalls(self, row: border_desk.Crossing, found: Any, around: Around) -> tuple[Small, ...]:
        """The deadline in words that count."""
        due = deadline_words.deadline_html(around.actor, row.line.gate.answer_clock)
        return (Small(due),) if due else ()


LANDS = pgettext_lazy("words, jrcc", "Arrives")
CROSSINGS = {
    "arrivals": (pgettext_lazy("words, jrcc", "Arrivals"), LANDS),
    "departures": (pgettext_lazy("words, jrcc", "Departures"), pgettext_lazy("words, jrcc", "Departs")),
    "transit": (_("In transit: staying on board"), LANDS),
}
for _code, (_head, _verb) in CROSSINGS.items():
    Table(
        f"jrcc.{_code}",
        _head,
        (
            Title("line.it", _("Flight or voyage"), small="line.route"),
            Crosses("at", _verb),
            Gate("state", pgettext_lazy("column, jrcc", "Status"), value=lambda row: row.line.chip, phone=WIDE),
            Count("people", _("At passport control")),
            Count("on_board", _("Staying on board")),
        ),
        page=lambda row: reverse("jrcc:journey", args=[row.line.it.pk]),
    )


def _time_of_leg(end: str, port: str) -> Any:
    """When a leg begins or ends: at the place, and in UTC below; else as the list says it."""

    def cell(leg: Any) -> Cell:
        at = getattr(leg["it"], f"{end}_at")
        if at is None:
            return Cell(getattr(leg["it"], f"{end}_local"))
        return Cell(portal.local_time(at, leg[port] or "UTC"), (Small(portal.local_time(at)),))

    return cell


Table(
    "jrcc.legs",
    pgettext_lazy("words, jrcc", "Legs"),
    (
        Title(
            "leg",
            pgettext_lazy("column, jrcc", "Leg"),
            value=lambda leg: f"{leg['it'].from_port or '?'}–{leg['it'].to_port or '?'}",
        ),
        Col(
            "departs",
            pgettext_lazy("column, jrcc", "Departs"),
            value=_time_of_leg("departs", "from_zone"),
            nowrap=True,
            phone=WIDE,
        ),
        Col(
            "arrives",
            pgettext_lazy("column, jrcc", "Arrives"),
            value=_time_of_leg("arrives", "to_zone"),
            nowrap=True,
            phone=WIDE,
        ),
    ),
)


def _received(row: Any) -> Cell:
    """When the list came, and whether in time; in green only where the flight is settled."""
    party, gate = row["it"], row["gate"]
    if party.received_at is None:
        return Cell(pgettext("words, jrcc", "Not yet"))
    words = portal.local_time(party.received_at, party.party.time_zone)
    if party.deadline_at is None:
        return Cell(words)
    if party.received_at > party.deadline_at:
        chip = Cell(pgettext("words, jrcc", "Late"), chip=("bad", "clock"))
    else:
        in_time = pgettext("words, jrcc", "On time")
        chip = Cell(in_time, chip=("ok", "check") if gate.may_be_green else ("mute", "circle"))
    return stack([Cell(words), chip])


Table(
    "jrcc.deadlines",
    pgettext_lazy("words, jrcc", "Deadlines"),
    (
        Title("it.party", pgettext_lazy("column, jrcc", "State"), small="it.role", name="state"),
        Moment(
            "it.deadline_at",
            pgettext_lazy("column, jrcc", "Deadline"),
            zone="it.party.time_zone",
            empty=pgettext_lazy("words, jrcc", "No rule"),
            phone=WIDE,
        ),
        Col("received", pgettext_lazy("column, jrcc", "Received"), value=_received, nowrap=True, phone=WIDE),
    ),
)


def _papers(one: Any) -> Cell:
    words = [" ".join((paper["it"].type, paper["it"].number, paper["it"].issuer)) for paper in one["papers"]]
    return stack([Cell(said.strip()) for said in words])


def _compared(one: Any) -> Cell:
    """Whether somebody is compared with the lists, or what keeps them from being so."""
    if not one["gate"].of_all:
        kind, picture, words = one["gate"].chip
        return Cell(words, chip=(kind, picture))
    if one["it"].screened_at is None:
        return Cell(pgettext("words, jrcc", "Not yet"))
    yes = pgettext("words, jrcc", "Yes")
    return Cell(format_html('{}<span class="vh">{}</span>', portal.icon("check", "i-s"), yes))


Table(
    "jrcc.people",
    pgettext_lazy("words, jrcc", "Travellers"),
    (
        Title("name", pgettext_lazy("column, jrcc", "Name")),
        Col("it.sex", pgettext_lazy("column, jrcc", "Sex"), name="sex"),
        Col("born", pgettext_lazy("column, jrcc", "Born"), nowrap=True),
        Col("it.nationality", pgettext_lazy("column, jrcc", "Nationality"), name="nationality"),
        Col("papers", pgettext_lazy("column, jrcc", "Document"), value=_papers),
        Col(
            "route",
            pgettext_lazy("column, jrcc", "From–to"),
            value=lambda one: f"{one['it'].from_port or '?'}–{one['it'].to_port or '?'}",
            nowrap=True,
        ),
        Col("status", pgettext_lazy("column, jrcc", "Status")),
        Col("seat", pgettext_lazy("of an aircraft", "Seat")),
        Col("compared", pgettext_lazy("column, jrcc", "Screening"), value=_compared),
    ),
    page=lambda one: reverse("jrcc:traveller", args=[one["it"].pk]),
)


def _stand(name: str) -> Any:
    """(kind, picture, words) of how a database of INTERPOL has answered about a traveller."""
    return lambda one: next((stand["chip"] for stand in one["stands"] if stand["it"].name == name), None)


def columns_of_stands(stands: Sequence[Any]) -> list[Col]:
    """How each database of INTERPOL has answered about a traveller, for the table of a journey."""
    names = [stand["it"].name for stand in stands]
    return [Status(f"stand{n}", name, value=_stand(name), phone=name) for n, name in enumerate(names)]


Table(
    "jrcc.documents",
    pgettext_lazy("words, jrcc", "Documents"),
    (
        Title(
            "number",
            pgettext_lazy("column, jrcc", "Number"),
            value=lambda paper: Cell(paper["it"].number, mono=True),
        ),
        Col("it.type", pgettext_lazy("column, jrcc", "Type"), name="type"),
        Col("it.issuer", pgettext_lazy("column, jrcc", "Issued by"), name="issuer"),
        Col("expires", pgettext_lazy("column, jrcc", "Expires"), nowrap=True),
    ),
)
