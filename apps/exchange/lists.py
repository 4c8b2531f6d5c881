"""Tables of who asks whom, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import WORKS
from apps.exchange.models import Addressee
from apps.exchange.queries import vocabulary
from apps.exchange.queries.routes import Known
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import RIGHT, Act, Col, Due, Moment, Status, Title
from apps.pages.tables import Table

STATES = {
    "received": ("info", "inbox", pgettext_lazy("status, exchange", "Received")),
    "accepted": ("info", "check", pgettext_lazy("status, exchange", "Accepted")),
    "partial": ("warn", "half", pgettext_lazy("status, exchange", "Partly answered")),
    "answered": ("ok", "circle-check", pgettext_lazy("status, exchange", "Answered")),
    "refused": ("mute", "circle-x", pgettext_lazy("status, exchange", "Refused")),
    "transferred": ("mute", "arrow-right", _("Transferred to another desk")),
    "withdrawn": ("mute", "undo", pgettext_lazy("status, exchange", "Withdrawn")),
    "overdue": ("bad", "clock", pgettext_lazy("status, exchange", "Overdue")),
}
"""Chip of the state of a part."""


Table(
    "exchange.routes",
    pgettext_lazy("words, exchange", "Requests"),
    [
        Title("number", pgettext_lazy("column, exchange", "Number"), value=lambda row: Cell(row["number"], mono=True)),
        Col("asker__code", pgettext_lazy("column, exchange", "From")),
        Col("owner__code", pgettext_lazy("column, exchange", "To")),
        Col(
            "priority",
            pgettext_lazy("column, exchange", "Priority"),
            value=lambda row: vocabulary.label_of("priority", row["priority"]),
        ),
        Status(
            "state",
            pgettext_lazy("column, exchange", "Status"),
            value=lambda row: STATES.get(row["state"]),
            phone=RIGHT,
        ),
        Due(
            "due_at",
            pgettext_lazy("column, exchange", "Due"),
            waits=lambda row: row["state"] in Addressee.LIVE,
        ),
    ],
)


def _told(one: Known) -> Any:
    return _("both know that another party asks") if one.mutual else pgettext_lazy("words, exchange", "only you")


def _settling(one: Known) -> Press | None:
    """Saying that the parties were brought together; of an open pair alone."""
    if one.state != "open":
        return None
    label, place = pgettext("button, exchange", "Settled"), reverse("exchange:settle", args=[one.pk])
    return Press(label, place, one.first, posts=True, fields=(("version", one.version),))


Table(
    "exchange.overlaps",
    pgettext_lazy("words, exchange", "Same subject"),
    [
        Title(
            "kind",
            pgettext_lazy("column, exchange", "Subject"),
            value=lambda one: vocabulary.label_of("subject", one.kind),
            small=lambda one: "" if one.state == "open" else pgettext("status, exchange", "settled"),
        ),
        Col("first_party", pgettext_lazy("column, exchange", "First"), small=lambda one: Small(one.first, "ref")),
        Col("second_party", pgettext_lazy("column, exchange", "Second"), small=lambda one: Small(one.second, "ref")),
        Col("mutual", pgettext_lazy("column, exchange", "Notified"), value=_told),
        Moment("at", pgettext_lazy("column, exchange", "Found")),
        Act(
            "pk",
            pgettext_lazy("column, exchange", "Actions"),
            value=_settling,
            may=lambda actor: bool(actor.rank >= WORKS),
        ),
    ],
)
