"""Small tables of what came in as STIX: object by object what becomes of it, and what was refused."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal
from apps.pages.cells import Cell, Small
from apps.pages.columns import WIDE, Col, Title
from apps.pages.tables import Table


def _becomes(one: Any) -> Cell:
    """What is made of it, what could be recorded, and by whom it was said."""
    said = [f"{label}: {value}" for label, value in one["says"]]
    author = one["row"].author
    said += [f"{pgettext('words, taxii', 'by')} {author}"] if author else []
    return Cell(one["becomes"], tuple(Small(words) for words in said), "wrap")


def _marking(one: Any) -> Cell:
    return Cell(portal.tlp(one["tlp"]) if one["tlp"] else "", tuple(Small(note) for note in one["notes"]))


def _properties(names: Sequence[str]) -> SafeString:
    """Names of properties, as the programs that sent them have them."""
    return format_html_join(", ", "<code>{}</code>", ((name,) for name in names))


Table(
    "taxii.objects",
    pgettext_lazy("words, taxii", "Objects"),
    (
        Title("row.type", pgettext_lazy("column, taxii", "Object"), small="row.name", name="object"),
        Col("becomes", pgettext_lazy("column, taxii", "Becomes"), value=_becomes, phone=WIDE),
        Col("marking", pgettext_lazy("column, taxii", "Marking"), value=_marking),
        Col(
            "lost",
            _("Not carried over"),
            value=lambda one: Cell(_properties(one["row"].lost), tone="wrap"),
            phone=WIDE,
        ),
    ),
)
Table(
    "taxii.refused",
    pgettext_lazy("heading, taxii", "Refused objects"),
    (
        Title(
            "id",
            pgettext_lazy("column, taxii", "Object"),
            value=lambda one: Cell(one.get("id"), mono=True, tone="wrap"),
        ),
        Col("message", _("What is wrong"), tone="wrap", phone=WIDE),
    ),
)
