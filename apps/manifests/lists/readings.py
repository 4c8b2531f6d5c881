"""Small tables of what was read in a list: columns of a sheet, legs, travellers, and the message line by line."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import BARE, WIDE, Col, Count, Title
from apps.pages.tables import Table

WRONG = {"fatal", "error"}


def _heading(row: Any) -> Cell:
    """What stands above a column, which is the label of its field."""
    column, field = row
    return Cell(format_html('<label for="{}">{}</label>', field.id_for_label, column.heading))


def _field(row: Any) -> Cell:
    """The field, below what is wrong with it."""
    _column, field = row
    faults = render_to_string("components/field_error.html", {"field": field})
    return Cell(format_html("{}{}", faults, portal.control(field)))


Table(
    "manifests.columns",
    _("Columns with their first rows"),
    (
        Title("heading", pgettext_lazy("column, jrcc", "Column heading"), value=_heading),
        Col(
            "values",
            pgettext_lazy("column, jrcc", "First values"),
            value=lambda row: stack([Cell(value, mono=True) for value in row[0].values if value]),
            phone=WIDE,
        ),
        Col("field", pgettext_lazy("column, jrcc", "Field"), value=_field, phone=BARE),
    ),
    line=lambda row: "" if row[0].field else "sel",
)


def _route(row: Any) -> str:
    return f"{row.get('from') or '?'}–{row.get('to') or '?'}"


def _number(leg: Any) -> str:
    return f"{leg.get('carrier') or ''} {leg['number']}".strip() if leg.get("number") else ""


Table(
    "manifests.legs",
    pgettext_lazy("words, jrcc", "Legs"),
    (
        Title("leg", pgettext_lazy("column, jrcc", "Leg"), value=_route, small=_number),
        Col("departs_words", _("Departs, local time")),
        Col("arrives_words", _("Arrives, local time")),
    ),
)


def _place(person: Any) -> str:
    """Their number in the list; of several lists, with that of the list."""
    return f"{person['list']}/{person['no']}" if person["several"] else str(person["no"])


def _paper(paper: Any) -> Cell:
    words = " ".join((paper.get("type") or "", paper.get("number") or "–", paper.get("issuer") or "")).strip()
    until = pgettext("words, jrcc", "until %(day)s") % {"day": paper["expires"]} if paper.get("expires") else ""
    return Cell(words, (Small(until),) if until else ())


Table(
    "manifests.people",
    pgettext_lazy("words, jrcc", "Travellers"),
    (
        Title(
            "name",
            pgettext_lazy("column, jrcc", "Name"),
            value=lambda person: ", ".join(filter(None, (person.get("surname") or "–", person.get("given_names")))),
        ),
        Col("no", pgettext_lazy("column, jrcc", "No"), value=_place),
        Col("sex", pgettext_lazy("column, jrcc", "Sex")),
        Col("born", pgettext_lazy("column, jrcc", "Born"), nowrap=True),
        Col("nationality", pgettext_lazy("column, jrcc", "Nationality")),
        Col(
            "documents",
            pgettext_lazy("column, jrcc", "Document"),
            value=lambda person: stack([_paper(paper) for paper in person.get("documents") or ()]),
        ),
        Col("route", pgettext_lazy("column, jrcc", "From–to"), value=_route, nowrap=True),
        Col("status_words", pgettext_lazy("column, jrcc", "Status"), nowrap=True),
    ),
)


def _finding(found: Any) -> Small:
    """What is to be corrected or looked at in a line, and how it was read all the same."""
    lead = ""
    if found["severity"] in WRONG:
        lead = format_html('<b class="t-bad">{}</b> ', pgettext("words, jrcc", "Correct this:"))
    elif found["severity"] == "warning":
        lead = format_html('<b class="t-warn">{}</b> ', pgettext_lazy("words, jrcc", "Check this:"))
    taken = found.get("recovered")
    read = " " + pgettext("words, jrcc", "Read as %(taken)s.") % {"taken": taken} if taken else ""
    return Small(format_html("{}{}{}", lead, found["text"], read))


Table(
    "manifests.message",
    _("Message line by line"),
    (
        Count("line", pgettext_lazy("column, jrcc", "Line")),
        Title(
            "raw",
            pgettext_lazy("column, jrcc", "As sent"),
            value=lambda line: Cell(format_html('<code class="wrap">{}</code>', line["raw"])),
        ),
        Col(
            "meaning",
            _("What we understood"),
            value=lambda line: Cell(line["meaning"], tuple(_finding(found) for found in line["findings"])),
            phone=WIDE,
        ),
    ),
    line=lambda line: "sel" if line["worst"] in WRONG else "",
)
