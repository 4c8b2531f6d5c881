"""Tables of how the portal is running, and of what is off for a party, as they are declared."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import ago, chip
from apps.operations.models import FeatureSwitch
from apps.pages.cells import Cell, Press
from apps.pages.columns import RIGHT, Act, Col, Count, Moment, Status, Title
from apps.pages.tables import Table

PARTS = {
    "works": ("ok", "check", pgettext_lazy("words, operations", "Working")),
    "unknown": ("warn", "alert", pgettext_lazy("words, operations", "Not known")),
    "absent": ("mute", "circle", _("Not set up")),
    "fails": ("bad", "circle-x", pgettext_lazy("status, operations", "Not responding")),
}


def _code(words: str) -> Any:
    return format_html("<code>{}</code>", words)


def _last_sign(part: Any) -> str:
    return f"{pgettext('words, operations', 'last response')} {ago(part.at)}" if part.at else ""


Table(
    "operations.parts",
    pgettext_lazy("words, operations", "Parts"),
    [
        Title("name", pgettext_lazy("column, operations", "Part")),
        Status(
            "state",
            pgettext_lazy("column, operations", "Status"),
            value=lambda part: PARTS.get(part.state, PARTS["fails"]),
            phone=RIGHT,
        ),
        Col("says", pgettext_lazy("column, operations", "Details"), small=_last_sign),
    ],
)
Table(
    "operations.topics",
    _("Work by kind"),
    [
        Title("topic", _("Kind of work"), value=lambda row: _code(row["topic"])),
        Count("waiting", pgettext_lazy("column, operations", "Waiting")),
        Col("oldest", pgettext_lazy("column, operations", "Oldest"), value=lambda row: ago(row["oldest"])),
        Count("failing", pgettext_lazy("column, operations", "Retried")),
        Count("dead", pgettext_lazy("column, operations", "Stopped")),
    ],
)


def _size(row: dict[str, Any]) -> Cell:
    """How much it is, and a warning where little is left."""
    little = chip("bad", "alert", pgettext("words, operations", "Low space")) if row.get("low") else ""
    return Cell(format_html("{} {}", filesizeformat(row["size"]), little))


def _named(row: dict[str, Any]) -> Any:
    """What is kept: a table of the database by its name there."""
    if "table" not in row:
        return row["name"]
    return format_html("{} <code>{}</code>", pgettext("column, operations", "Table"), row["table"])


Table(
    "operations.storage",
    pgettext_lazy("words, operations", "Storage"),
    [
        Title("name", pgettext_lazy("column, operations", "What"), value=_named),
        Count("size", pgettext_lazy("column, operations", "Size"), value=_size),
        Col(
            "place",
            pgettext_lazy("column, operations", "Where"),
            value=lambda row: _code(row["place"]) if row.get("place") else "",
        ),
    ],
)


def _opening(row: FeatureSwitch) -> Press | None:
    """Opening a room again that is off."""
    if row.valid_to:
        return None
    about = f"{row.feature.label}, {as_party(row.party.short_name)}"
    place = reverse("operations:switch_on", args=[row.pk])
    return Press(pgettext("button, operations", "Switch on"), place, about, posts=True)


Table(
    "operations.switches",
    pgettext_lazy("words, operations", "Areas switched off"),
    [
        Title("feature.label", pgettext_lazy("column, operations", "Area")),
        Col(
            "party",
            pgettext_lazy("column, operations", "Party"),
            value=lambda row: as_party(row.party.short_name),
        ),
        Moment("valid_from", pgettext_lazy("column, operations", "From")),
        Moment("valid_to", pgettext_lazy("column, operations", "To")),
        Col("why", pgettext_lazy("column, operations", "Reason")),
        Act("pk", pgettext_lazy("column, operations", "Actions"), value=_opening),
    ],
)
