"""Small tables of entities: facts, links, sightings, times and places, and who was seen where."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.entities.queries.pages import Bar, Fact, Matrix, Seen, Spot, Tie
from apps.entities.queries.sources import Source
from apps.pages.cells import Cell, Press, Small, stack
from apps.pages.columns import WIDE, Act, Col, Count, Day, Link, Moment, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.tables import Table


def _page(title: Any) -> str:
    return reverse("entities:thing", args=[title.pk])


def _said_by(source: Source | None) -> SafeString:
    """The paragraph behind a statement."""
    return SafeString(render_to_string("entities/_source.html", {"source": source}).strip())


SOURCE = Col("source", pgettext_lazy("column, entities", "Source"), value=lambda one: _said_by(one.source), phone=WIDE)
WHAT = pgettext_lazy("column, entities", "What")
SAME = pgettext_lazy("column, entities", "duplicate")


def _withdraw(place: str, key: Any, about: str) -> Press:
    return Press(pgettext("button, entities", "Withdraw"), reverse(place, args=[key]), about)


def _about_fact(fact: Fact) -> tuple[Small, ...]:
    """When it held, what is odd about it, and whether it is the desk's alone."""
    row = fact.row
    days = [Day.in_words(day) if day else "" for day in (row.from_on, row.to_on)]
    said = [Small(" – ".join(days).strip())] if any(days) else []
    said += [Small(words, "warn", "alert") for words in fact.warnings]
    return (*said, *((Small(_("for our desk only"), "", "lock"),) if row.kept_by_id else ()))


def _value(fact: Fact) -> Cell:
    return Cell(fact.row.value, _about_fact(fact), "wrap")


def _withdraw_fact(fact: Fact) -> Press | None:
    if not fact.may_withdraw:
        return None
    return _withdraw("entities:withdraw_fact", fact.row.pk, f"{fact.label} {fact.row.value}")


FACT = Title("label", WHAT, small=lambda fact: SAME if fact.other else "")
VALUE = Col("value", pgettext_lazy("column, entities", "Value"), value=_value, phone=WIDE)
FACTS = pgettext_lazy("words, entities", "Facts")
ACT = pgettext_lazy("column, entities", "Actions")
Table("entities.facts", FACTS, (FACT, VALUE, SOURCE, Act("withdraw", ACT, value=_withdraw_fact)))
Table("entities.facts_of_one", FACTS, (FACT, VALUE, SOURCE))


def _evidence(tie: Tie) -> Cell:
    """Each paragraph that says so, and the button that takes it back for who may."""

    def cell(row: Any, source: Any, *, may: bool) -> Cell:
        about = f"{tie.label} {tie.to.text}, {source.number if source else ''}"
        return Cell(_said_by(source), press=_withdraw("entities:withdraw_link", row.pk, about) if may else None)

    return stack([cell(row, source, may=may) for row, source, may in tie.evidence])


Table(
    "entities.links",
    pgettext_lazy("words, entities", "Links"),
    (
        Title("to.text", pgettext_lazy("column, entities", "To"), small="to.kind.label"),
        Col("label", pgettext_lazy("column, entities", "How"), small="period"),
        Col("evidence", pgettext_lazy("column, entities", "Evidence"), value=_evidence, phone=WIDE),
    ),
    page=lambda tie: _page(tie.to),
)


def _where(one: Seen) -> Cell:
    """The place, its position as far as it is certain, and how often."""
    row, position = one.row, ""
    if row.lat is not None:
        position = f"{row.lat}, {row.lon}" + (f" ±{row.uncertainty_m} m" if row.uncertainty_m else "")
    times = pgettext("words, entities", "%(n)s times") % {"n": row.count} if row.count > 1 else ""
    first, *rest = [words for words in (row.place, position, times) if words] or [""]
    return Cell(first, tuple(Small(words) for words in rest), "wrap")


def _precision(one: Seen) -> str:
    return f"{pgettext('column, entities', 'precision:')} {one.row.precision}" if one.row.at else ""


def _withdraw_sighting(one: Seen) -> Press | None:
    return _withdraw("entities:withdraw_sighting", one.row.pk, one.row.place) if one.may_withdraw else None


Table(
    "entities.sightings",
    pgettext_lazy("words, entities", "Sightings"),
    (
        Title("where", pgettext_lazy("column, entities", "Where"), value=_where),
        Moment(
            "row.at",
            pgettext_lazy("column, entities", "When"),
            small=_precision,
            empty=_("time not known"),
            phone=WIDE,
        ),
        SOURCE,
        Act("withdraw", ACT, value=_withdraw_sighting),
    ),
)
Table(
    "entities.edges",
    pgettext_lazy("words, entities", "Links"),
    (
        Title("a.title.text", pgettext_lazy("column, entities", "From")),
        Col(
            "how",
            pgettext_lazy("column, entities", "How"),
            value=lambda edge: _("is a duplicate of") if edge.twin else edge.label,
        ),
        Link(
            "to",
            pgettext_lazy("column, entities", "To"),
            value=lambda edge: (edge.b.title.text, _page(edge.b.title)),
        ),
        Count(
            "count",
            pgettext_lazy("column, entities", "Paragraphs"),
            value=lambda edge: None if edge.twin else edge.count,
        ),
        Col("grades", pgettext_lazy("column, entities", "Grades")),
        Col("period", pgettext_lazy("column, entities", "When"), nowrap=True),
    ),
    page=lambda edge: _page(edge.a.title),
)


def _drawn(bar: Bar) -> Cell:
    """The time as a bar along the others', for those who see it: the words say the same."""
    return Cell(
        format_html(
            '<svg class="tl" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            '<line x1="0" x2="100" y1="5" y2="5"/><rect x="{}" y="1" width="{}" height="8"/></svg>',
            str(bar.start),
            str(bar.width),
        )
    )


Table(
    "entities.timeline",
    pgettext_lazy("words, entities", "Timeline"),
    (
        Title("what", WHAT),
        Col("when", pgettext_lazy("column, entities", "When"), phone=WIDE),
        Col("drawn", pgettext_lazy("words, entities", "Timeline bar"), value=_drawn),
        SOURCE,
    ),
)


def _uncertain(spot: Spot) -> str:
    return f"{spot.metres} m" if spot.metres else pgettext("words, entities", "not stated")


Table(
    "entities.positions",
    pgettext_lazy("words, entities", "Positions"),
    (
        Title("what", WHAT, small=lambda spot: _("outside the map") if spot.x is None else ""),
        Col(
            "position",
            pgettext_lazy("column, entities", "Latitude, longitude"),
            value=lambda spot: f"{spot.lat}, {spot.lon}",
            nowrap=True,
        ),
        Col("metres", pgettext_lazy("column, entities", "Uncertainty"), value=_uncertain, nowrap=True),
        SOURCE,
    ),
)


def _times(n: int) -> GridCell:
    """How often somebody was seen at a place."""
    if n:
        return GridCell(n)
    none = pgettext("words, entities", "none")
    return GridCell(format_html('<span class="no" aria-hidden="true">–</span><span class="vh">{}</span>', none))


def make_grid(found: Matrix) -> Grid:
    """Who was seen where, and how often."""
    lines = [
        GridLine(GridHead(title.text, small=title.kind["label"], url=_page(title)), [_times(n) for n in cells])
        for title, cells in found.rows
    ]
    return Grid(
        _("Who was where"),
        pgettext_lazy("column, entities", "Entity"),
        [GridHead(place) for place in found.places],
        lines,
    )
