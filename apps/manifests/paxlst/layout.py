"""How a sender's sheets are laid out: which column is what, and whether day or month stands first."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

from .grade import DATA
from .sheet_words import fold_label

ORDERS = ("day first", "month first")
ABOVE = ""
"""The name in `orders` of the dates in the block above the list."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one kind of sheet. Keys are folded headings; `ignored` sets a column aside."""

    columns: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)

    def column(self, heading: str) -> str | None:
        """The field that its sender said a heading means."""
        return self.columns.get(fold_label(heading))

    def order(self, heading: str) -> str:
        """The order of the dates under a heading, "" where the sender did not say."""
        return self.orders.get(fold_label(heading), "")


Layouts = Mapping[str, Layout]
NO_LAYOUTS: Layouts = MappingProxyType({})


def signature(headings: Iterable[str]) -> str:
    """What tells one layout from another: 16 digits of SHA-256 over the headings, folded, in their order."""
    folded = "|".join(fold_label(text) for text in headings if text)
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Template:
    """A template that the portal has given out: its version, and the days on which it is in force."""

    version: str
    valid_from: str
    valid_to: str


@cache
def templates() -> tuple[Template, ...]:
    """All of them, the oldest first."""
    with (DATA / "templates.csv").open(encoding="utf-8", newline="") as source:
        return tuple(Template(row["version"], row["valid_from"], row["valid_to"]) for row in csv.DictReader(source))


def template_on(day: date) -> Template:
    """The template in force on a day; the first one for days before it."""
    iso = day.isoformat()
    found = [one for one in templates() if one.valid_from <= iso and (not one.valid_to or iso < one.valid_to)]
    return found[-1] if found else templates()[0]
