"""Small tables of a person's dossier: journeys, who they may be elsewhere, companions, documents, what was done."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import WIDE, Act, Col, Count, Day, Moment, Title
from apps.pages.tables import Table
from apps.travellers.lists.lookups import BORN, JOURNEY, LIKENESS, PAPERS


def _joined(*words: Any) -> str:
    return " ".join(str(word) for word in words if word)


def _leg(one: Any) -> str:
    row = one["it"]
    return f"{Day.in_words(row.journey.date)}, {row.from_port or '?'}–{row.to_port or '?'}"


def _gate(one: Any) -> Small | None:
    """What keeps them on this journey from passing."""
    return None if one["gate"].of_all else Small(portal.chip(*one["gate"].chip))


Table(
    "travellers.journeys",
    _("Journeys of this person"),
    (
        Title(
            "journey",
            pgettext_lazy("column, jrcc", "Journey"),
            value=lambda one: f"{one['it'].journey} {one['route']}",
            small=_leg,
        ),
        Col(
            "name",
            pgettext_lazy("column, jrcc", "As declared"),
            small=lambda one: _joined(one["it"].nationality, one["it"].sex),
        ),
        BORN,
        PAPERS,
        Col("seat", pgettext_lazy("column, jrcc", "Seat, booking"), small="pnr", nowrap=True),
        Moment(
            "it.journey.arrives_at", pgettext_lazy("column, jrcc", "Arrives"), small=_gate, name="lands", phone=WIDE
        ),
    ),
    page=lambda one: reverse("jrcc:traveller", args=[one["it"].pk]),
)


def _join(one: Any) -> Press:
    place = f"{reverse('jrcc:traveller_join', args=[one['anchor']])}?with={quote(str(one['it'].pk))}"
    about = f"{one['name']} {Day.in_words(one['it'].journey.date)}"
    return Press(pgettext("button, jrcc", "Link"), place, about)


Table(
    "travellers.likely",
    _("People who may be the same person"),
    (
        Title(
            "name",
            pgettext_lazy("column, jrcc", "Traveller"),
            small=lambda one: _joined(one["born"], one["it"].nationality),
        ),
        JOURNEY,
        PAPERS,
        LIKENESS,
        Col(
            "why",
            pgettext_lazy("column, jrcc", "Reason"),
            value=lambda one: "; ".join(str(line.text) for line in one["evidence"][:3]),
            phone=WIDE,
        ),
        Act("join", pgettext_lazy("column, jrcc", "Actions"), value=_join),
    ),
    page=lambda one: reverse("jrcc:traveller_dossier", args=[one["it"].pk]),
)
Table(
    "travellers.companions",
    pgettext_lazy("words, jrcc", "Companions"),
    (
        Title("name", pgettext_lazy("column, jrcc", "Traveller")),
        Col(
            "why",
            pgettext_lazy("column, jrcc", "Connection"),
            value=lambda one: ", ".join(str(word) for word in one["why"]),
        ),
        Count("times", pgettext_lazy("column, jrcc", "Journeys")),
        Col("it.journey", _("Last seen on"), small=lambda one: Day.in_words(one["it"].journey.date), name="journey"),
    ),
    page=lambda one: reverse("jrcc:traveller_dossier", args=[one["it"].pk]),
)
Table(
    "travellers.documents",
    pgettext_lazy("words, jrcc", "Documents shown"),
    (
        Title(
            "number",
            pgettext_lazy("column, jrcc", "Document"),
            value=lambda paper: Cell(paper["number"], mono=True),
        ),
        Col("type", pgettext_lazy("column, jrcc", "Type")),
        Col("issuer", pgettext_lazy("column, jrcc", "Issued by")),
        Count("times", pgettext_lazy("column, jrcc", "Journeys")),
    ),
)
Table(
    "travellers.clearances",
    pgettext_lazy("heading, jrcc", "False matches"),
    (
        Title("party", pgettext_lazy("column, jrcc", "For")),
        Col("hit_reference", pgettext_lazy("column, jrcc", "From hit")),
        Col("reason", pgettext_lazy("column, jrcc", "Reason")),
        Day("valid_until", pgettext_lazy("column, jrcc", "Until")),
        Col("state", pgettext_lazy("column, jrcc", "Status")),
    ),
)


def _undone(one: Any) -> str:
    return pgettext_lazy("words, jrcc", "undone by %(who)s") % {"who": one["undone_by"]} if one.get("undone_by") else ""


Table(
    "travellers.done",
    _("What was done"),
    (
        Title("kind", pgettext_lazy("column, jrcc", "What"), small=_undone),
        Moment("at", pgettext_lazy("column, jrcc", "When")),
        Col("ground", pgettext_lazy("column, jrcc", "Basis")),
        Col("note", pgettext_lazy("column, jrcc", "Note"), phone=WIDE),
        Col("by", pgettext_lazy("column, jrcc", "Who")),
    ),
)
