"""Small tables of a carrier's page: how it is reached, who sends for it, and which findings its lists repeat."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.carriers.models import CarrierContact
from apps.pages.cells import Cell, Press
from apps.pages.columns import Act, Col, Count, Day, Title
from apps.pages.tables import Table

Table(
    "carriers.repeated",
    pgettext_lazy("heading, jrcc", "Repeated findings"),
    (
        Title("symptom", pgettext_lazy("column, jrcc", "Finding"), code="code"),
        Count("lists", pgettext_lazy("column, jrcc", "Manifests")),
        Count("times", pgettext_lazy("column, jrcc", "Times")),
    ),
)


def _end(row: CarrierContact) -> Press:
    return Press(pgettext("button, jrcc", "End"), reverse("jrcc:contact_end", args=[row.pk]), row.value, posts=True)


Table(
    "carriers.contacts",
    _("Contacts and channels"),
    (
        Title("kind", pgettext_lazy("column, jrcc", "Kind")),
        Col("role", _("Desk or function")),
        Col("value", _("Number or address"), value=lambda row: Cell(row.value, mono=True)),
        Day("at", pgettext_lazy("column, jrcc", "Since"), small="by"),
        Act("end", pgettext_lazy("column, jrcc", "Actions"), value=_end),
    ),
)
Table(
    "carriers.senders",
    pgettext_lazy("words, jrcc", "Senders"),
    (
        Title("owner__code", pgettext_lazy("column, jrcc", "Desk")),
        Col("channel", pgettext_lazy("column, jrcc", "Channel")),
        Count("n", pgettext_lazy("column, jrcc", "Manifests")),
        Count("unknown", _("Not sent by the carrier")),
    ),
)
