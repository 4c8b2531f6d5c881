"""Lists of hits, and the wall of the watch room."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.templatetags import portal
from apps.jrcc.models import Hit
from apps.jrcc.queries import deadline_words, dossier, floor
from apps.pages.cells import Cell, Small
from apps.pages.columns import HIDE, RIGHT, WIDE, Around, Col, Count, Day, Link, Moment, Status, Title
from apps.pages.filters import Choice, Filter
from apps.pages.lists import Blank, Button, List
from apps.pages.tables import Table
from apps.screening.models import Entry


@dataclass(frozen=True)
class NextStep(Col):
    """The deadline that counts for who reads the page."""

    def cell(self, row: Any, around: Around) -> Cell:
        """In words that count, red once it is over."""
        return Cell(deadline_words.deadline_html(around.actor, row.clock, around.now))

    def words(self, row: Any, around: Around) -> str:
        """In words of now."""
        return deadline_words.deadline_text(around.actor, row.clock, around.now)


def _score(line: floor.HitLine) -> Cell:
    """The score as the way to its reasons."""
    why = reverse("jrcc:hit", args=[line.it.pk]) + "#lg-h"
    return Cell(f"{line.percent}%", (Small(line.word),), url=why)


HIT_COLUMNS: tuple[Col, ...] = (
    Title("name", pgettext_lazy("column, jrcc", "Traveller"), code="it.reference", small="why"),
    NextStep("clock", pgettext_lazy("column, jrcc", "Next step")),
    Col("it.list_name", pgettext_lazy("column, jrcc", "List"), small="it.list_party", name="list"),
    Col(
        "journey",
        pgettext_lazy("column, jrcc", "Journey"),
        value=lambda line: Cell(f"{line.it.journey} {line.route}", (Small(Day.in_words(line.it.journey.date)),)),
        nowrap=True,
    ),
    Col("score", pgettext_lazy("column, jrcc", "Score"), value=_score, sort="score", name="score"),
    Status(
        "state",
        pgettext_lazy("column, jrcc", "Status"),
        value=lambda line: line.chip,
        small=lambda line: line.it.get_outcome_display() if line.it.outcome else "",
        phone=RIGHT,
    ),
    Moment("it.created_at", pgettext_lazy("column, jrcc", "Raised"), phone=HIDE, narrow=True, name="raised"),
)


def _states(_actor: Actor | None) -> list[tuple[str, Any]]:
    return [
        ("open", pgettext_lazy("status, jrcc", "Open")),
        *((str(code), words) for code, (_kind, _picture, words) in floor.STATE_CHIPS.items()),
    ]


class Hits(List):
    """All hits that the seat may see, newest first."""

    of, address, opens, key = "jrcc.hit", "jrcc:hits", "jrcc:hit", "it.pk"
    title = pgettext_lazy("heading, jrcc", "Hits")
    sub = _("Travellers who may be the subject of a watchlist entry, newest first.")
    noun = ngettext_lazy("%(n)d hit", "%(n)d hits", "n")
    read: ClassVar[Any] = floor.hit_rows
    columns = HIT_COLUMNS
    filters: tuple[Filter, ...] = (
        Choice(
            "state",
            pgettext_lazy("field, jrcc", "Status"),
            choices=_states,
            by=lambda rows, state, _actor: floor.in_hit_state(rows, state),
            any_word=pgettext_lazy("choice, jrcc", "All"),
        ),
        Choice(
            "grade",
            pgettext_lazy("field, jrcc", "Score"),
            choices=[(code, words) for code, (_kind, words) in floor.GRADE_WORDS.items()],
            by=lambda rows, grade, _actor: floor.in_grade(rows, grade),
            any_word=pgettext_lazy("choice, jrcc", "All"),
        ),
    )
    reads = "hit.list"
    banner = dossier.MARKING
    empty = Blank(
        _("No hits yet"),
        _("A hit appears when a traveller may be the subject of a watchlist entry that concerns you."),
        "shield",
    )

    def lines(self, rows: list[Hit]) -> list[floor.HitLine]:
        """Hits with their travellers and journeys."""
        return [floor.hit_line(self.actor, row) for row in rows]


def _owned_entry(line: floor.HitLine) -> tuple[str, str]:
    return line.it.entry.reference, reverse("screening:entry", args=[line.it.entry_id])


def _where_referred(line: floor.HitLine) -> str:
    return ", ".join(line.it.referred_to) or "JRCC"


def _came_of(line: floor.HitLine) -> str:
    return f"{line.it.get_outcome_display()}, {line.it.outcome_party_id}" if line.it.outcome else ""


@dataclass(frozen=True)
class Landing(Moment):
    """When a journey lands, or its day where the hour is not known."""

    def cell(self, row: Any, around: Around) -> Cell:
        """At the place where it lands."""
        if row.it.journey.arrives_at:
            return super().cell(row, around)
        return Cell(Day.in_words(row.it.journey.date))


class Owned(Hits):
    """Hits on the party's own entries, as far as the seat sees both."""

    address = "jrcc:owned"
    title = _("Hits on our watchlist")
    template = "jrcc/owned.html"
    related = ("entry",)
    columns = (
        Title(
            "it.entry.display_name",
            pgettext_lazy("column, jrcc", "Hit"),
            code="it.reference",
            small=lambda line: line.why or f"{line.percent}%",
            name="hit",
        ),
        Link("entry", pgettext_lazy("column, jrcc", "Entry"), value=_owned_entry, small="it.list_name"),
        Col(
            "where",
            pgettext_lazy("column, jrcc", "Where"),
            value=lambda line: f"{line.it.journey} {line.route}",
            nowrap=True,
        ),
        Landing("it.journey.arrives_at", pgettext_lazy("column, jrcc", "When"), zone="zone", name="when"),
        Col("with", pgettext_lazy("column, jrcc", "Handled by"), value=_where_referred, phone=HIDE),
        Status(
            "state", pgettext_lazy("words, jrcc", "Result"), value=lambda line: line.chip, small=_came_of, phone=RIGHT
        ),
    )
    filters = Hits.filters[:1]
    empty = Blank(
        _("No hits on your entries"),
        _(
            "As soon as a traveller may be somebody on your lists, the hit appears here, whichever State the journey "
            "leads to."
        ),
        "shield",
    )

    @staticmethod
    def read(actor: Actor | None, before: Any = None) -> Any:
        """Hits on entries that the seat sees."""
        mine = Exists(Entry.objects.visible_to(actor).filter(pk=OuterRef("entry_id")))
        party = actor.party_code if actor else ""
        return floor.hit_rows(actor, before).filter(mine, list_party_id=party)

    def subtitle(self) -> str:
        """Whose entries."""
        words = _("Where and when entries of %(party)s were hit, in any State, and the outcome.")
        return words % {"party": self.actor.party_name}

    def more(self) -> list[Button]:
        """The lists that the entries are on."""
        return [Button(pgettext_lazy("button, jrcc", "Watchlists"), reverse("screening:lists"), "list-checks")]


Table(
    "jrcc.outcomes",
    pgettext_lazy("heading, jrcc", "Outcomes"),
    (
        Title("party", pgettext_lazy("words, jrcc", "Acting State")),
        Col("outcome", pgettext_lazy("column, jrcc", "Outcome")),
        Count("n", pgettext_lazy("column, jrcc", "Hits")),
    ),
)
Table(
    "jrcc.hits",
    pgettext_lazy("words, jrcc", "Hits"),
    HIT_COLUMNS,
    page=lambda line: reverse("jrcc:hit", args=[line.it.pk]),
)


@dataclass(frozen=True)
class Flight(Col):
    """A flight or voyage, and when it lands by the clock of the room, and how far that is, which counts."""

    def cell(self, row: floor.HitLine, around: Around) -> Cell:
        """Number and route; the landing below."""
        at = row.it.journey.arrives_at
        words = f"{row.it.journey} {row.route}"
        if at is None:
            return Cell(words)
        left = format_html('<time-left past datetime="{}">{}</time-left>', at.isoformat(), portal.until(at, around.now))
        lands = pgettext("words, jrcc", "lands") if at > around.now else pgettext("words, jrcc", "landed")
        return Cell(words, (Small(format_html("{} {}, {}", lands, portal.zoned(at, around.zone), left)),))


def _late(line: floor.HitLine) -> str:
    return "late" if line.clock and line.clock.due_at <= timezone.now() else ""


Table(
    "jrcc.wall",
    _("Hits by what lands first"),
    (
        Title(
            "it.reference",
            pgettext_lazy("column, jrcc", "Hit"),
            name="hit",
            small=lambda line: f"{line.percent}%, {line.word} · {line.it.list_name}",
        ),
        Flight("journey", _("Flight or voyage"), phone=WIDE),
        NextStep("clock", pgettext_lazy("column, jrcc", "Next step"), phone=WIDE),
    ),
    line=_late,
)
