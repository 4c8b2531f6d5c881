"""Texts side by side: two assessments, and two moments of a section."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.portal import percent
from apps.assessments.rules.text_pairs import Pieces, Side
from apps.pages.cells import Cell, Small
from apps.pages.columns import WIDE, Col, Count, Moment, Title
from apps.pages.tables import Table

CHANGED = pgettext_lazy("column, assessments", "What changed")
WRITER = pgettext_lazy("column, assessments", "Author")
MARKS = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "same": "{}"}


def _pieces(found: Pieces) -> SafeString:
    """A text, what differs in it underlined or struck through."""
    marked = format_html_join("", "{}", ((format_html(MARKS[kind], text),) for kind, text in found))
    return format_html('<span class="pieces">{}</span>', marked)


def _what(side: Side) -> Cell:
    """What became of a part."""
    kind, picture, words = {
        "added": ("ok", "plus", pgettext("status, assessments", "Added")),
        "removed": ("bad", "minus", pgettext("status, assessments", "Removed")),
        "changed": ("info", "pen", pgettext("status, assessments", "Changed")),
    }.get(side.kind, ("mute", "check", pgettext("status, assessments", "Unchanged")))
    return Cell(words, chip=(kind, picture))


Table("assessments.sides", CHANGED, (Title("kind", CHANGED, value=_what),))


def side_columns(old: str, new: str) -> list[Col]:
    """The two texts of a part, below the numbers of their assessments."""
    return [
        Col("left", old, value=lambda side: _pieces(side.left), phone=WIDE),
        Col("right", new, value=lambda side: _pieces(side.right), phone=WIDE),
    ]


def _judged(one: Any) -> Cell:
    """What became of a judgement, of its likelihood and confidence, and of the positions of parties."""
    if not (one.old and one.new):
        if one.new:
            return Cell(_now("New in the later one"), chip=("info", "plus"))
        return Cell(_now("Only in the earlier one"), chip=("mute", "minus"))
    way = {
        "up": pgettext("words, assessments", "More likely:"),
        "down": pgettext("words, assessments", "Less likely:"),
    }.get(one.likelihood, pgettext("words, assessments", "Likelihood:"))
    sure = pgettext("words, assessments", "Confidence:")
    silent = pgettext("words, assessments", "no position")
    lines = [
        f"{way} {_way(one.old.likelihood, one.new.likelihood)}",
        f"{sure} {_way(*one.confidence)}",
        *(f"{party}: {was or silent} → {now or silent}" for party, was, now in one.positions),
    ]
    return replace(_what(one.side), small=tuple(Small(line) for line in lines))


def _way(was: Any, now: Any) -> str:
    return f"{was} → {now}" if was != now else str(was)


def _numbered(judgement: Any, pieces: Pieces) -> SafeString | None:
    return format_html("<b>{}</b> {}", judgement.order, _pieces(pieces)) if judgement else None


Table("assessments.compared", _("Judgements side by side"), (Title("what", CHANGED, value=_judged),))


def judgement_columns(old: str, new: str) -> list[Col]:
    """The two judgements of a row, below the numbers of their assessments."""
    missing = pgettext("words, assessments", "Not included")
    return [
        Col("old", old, value=lambda one: _numbered(one.old, one.side.left), empty=missing, phone=WIDE),
        Col("new", new, value=lambda one: _numbered(one.new, one.side.right), empty=missing, phone=WIDE),
    ]


def _name(who: str) -> str:
    return who or _now("A person no longer named")


Table(
    "assessments.moments_compared",
    _("The two versions side by side"),
    (
        Title("what", CHANGED, value=lambda one: _what(one.side)),
        Col(
            "before",
            pgettext_lazy("column, assessments", "Before"),
            value=lambda one: _pieces(one.side.left),
            phone=WIDE,
        ),
        Col(
            "then",
            pgettext_lazy("column, assessments", "Then"),
            value=lambda one: _pieces(one.side.right),
            phone=WIDE,
        ),
        Col("who", _("Who wrote the text at that time"), value=lambda one: "; ".join(map(_name, one.who))),
    ),
)
Table(
    "assessments.shares",
    _("Characters by author"),
    (
        Title("who", WRITER, value=lambda row: _name(row[0])),
        Count("letters", pgettext_lazy("column, assessments", "Characters"), value=lambda row: row[1]),
        Count("share", pgettext_lazy("of a whole", "Share"), value=lambda row: Cell(percent(row[2]))),
    ),
)


def _choice(field: str, row: dict[str, Any], label: str) -> SafeString:
    checked = SafeString(" checked") if row[field] else ""
    return format_html('<input type="radio" name="{}" value="{}" aria-label="{}"{}>', field, row["seq"], label, checked)


def _before(row: dict[str, Any]) -> SafeString:
    named = pgettext("label, assessments", "Compare version %(n)s") % {"n": row["n"]}
    return _choice("before", row, named if row["n"] else _now("Compare the empty text"))


def _after(row: dict[str, Any]) -> SafeString | None:
    named = pgettext("label, assessments", "with version %(n)s") % {"n": row["n"]}
    return _choice("after", row, named) if row["n"] else None


Table(
    "assessments.moments",
    _("Versions of this text, newest first"),
    (
        Title(
            "n",
            pgettext_lazy("column, assessments", "Version"),
            value=lambda row: str(row["n"]),
            small=lambda row: "" if row["n"] else _now("The empty text"),
        ),
        Col("before", pgettext_lazy("column, assessments", "Compare"), value=_before),
        Col("after", pgettext_lazy("column, assessments", "with"), value=_after),
        Moment("at", pgettext_lazy("column, assessments", "Until")),
        Col("who", WRITER, value=lambda row: _name(row["who"]) if row["n"] else ""),
        Count("rows", pgettext_lazy("column, assessments", "Changes")),
    ),
)


def moment_rows(moments: Iterable[tuple[Any, str]], before: int, after: int) -> list[dict[str, Any]]:
    """Moments, newest first, and below them the empty text; `before` and `after` are the two that are compared."""
    found = list(moments)
    rows = [
        {"n": len(found) - place, "seq": one.seq, "at": one.at, "who": who, "rows": one.rows}
        for place, (one, who) in enumerate(found)
    ]
    empty = {"n": 0, "seq": 0, "at": None, "who": "", "rows": None}
    return [{**row, "before": row["seq"] == before, "after": row["seq"] == after} for row in [*rows, empty]]
