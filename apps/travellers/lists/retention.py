"""Small tables of retention: what the next night would erase, and what was erased."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.pages.cells import Cell, Small, stack
from apps.pages.columns import WIDE, Col, Count, Day, Link, Moment, Title
from apps.pages.tables import Table


def _what(line: Any) -> Cell:
    """The journey or the receipt, and whether an order keeps it."""
    row = line["journey"]
    if row is None:
        return Cell(line["receipt"], url=reverse("jrcc:submission", args=[line["it"].row.pk]))
    said = [Day.in_words(row.date), str(_("travellers with a hit")) if line["it"].with_hits else ""]
    cell = Cell(row, (Small(", ".join(filter(None, said))),), url=reverse("jrcc:journey", args=[row.pk]))
    ordered = Cell(pgettext("column, jrcc", "On hold"), chip=("warn", "lock"))
    return stack([cell, ordered]) if line["ordered"] else cell


Table(
    "travellers.due",
    _("What is due"),
    (
        Title("what", _("Journey or receipt"), value=_what),
        Col(
            "states",
            pgettext_lazy("column, jrcc", "States concerned"),
            value=lambda line: ", ".join(line["it"].states),
        ),
        Day("it.until", pgettext_lazy("column, jrcc", "Retention ended"), name="until"),
        Count("it.count", pgettext_lazy("column, jrcc", "Rows"), name="count"),
    ),
)


def _journey(row: Any) -> tuple[Any, str] | None:
    return (row.journey, reverse("jrcc:journey", args=[row.journey_id])) if row.journey else None


def _hashes(row: Any) -> Cell:
    return stack([Cell(f"{one[:16]}…", mono=True) for one in row.hashes])


Table(
    "travellers.erased",
    pgettext_lazy("heading, jrcc", "Deletion log"),
    (
        Title("step", pgettext_lazy("column, jrcc", "What"), small=lambda row: ", ".join(row.states)),
        Moment("at", pgettext_lazy("column, jrcc", "When")),
        Link(
            "journey",
            pgettext_lazy("column, jrcc", "Journey"),
            value=_journey,
            small=lambda row: Day.in_words(row.journey.date) if row.journey else "",
        ),
        Col(
            "counts",
            pgettext_lazy("column, jrcc", "Amount"),
            value=lambda row: ", ".join(f"{table}: {n}" for table, n in row.counts.items()),
            phone=WIDE,
        ),
        Col("hashes", _("SHA-256 of the message"), value=_hashes, phone=WIDE),
    ),
)
