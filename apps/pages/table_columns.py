"""Columns that small tables alone have: the moment that a line of a log is called by, and the box that ticks a row."""

from dataclasses import dataclass, replace
from datetime import UTC
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.pages.cells import Cell, Small
from apps.pages.columns import BARE, Around, Col, Moment, Title


@dataclass(frozen=True)
class At(Title):
    """The moment by which a line of a log is called."""

    usual = "c-all nw"

    def said(self, row: Any, found: Any, small: tuple[Small, ...], around: Around) -> Cell:
        """The moment, as the way to its page."""
        return replace(Moment("").said(row, found, small, around), url=around.page(row) if around.page else "")

    def plain(self, row: Any, found: Any, around: Around) -> str:
        """ISO 8601 in UTC."""
        return str(found.astimezone(UTC).isoformat())


@dataclass(frozen=True)
class Tick(Col):
    """The box that ticks a row of a table in a form: `value` gives its HTML, or what stands in place of it."""

    usual = "chk"
    usual_phone = BARE

    @staticmethod
    def box(name: str, value: Any, about: Any, *, ticked: bool = False) -> SafeString:
        """A box that posts `value` as `name`; `about` is what it is called."""
        box = '<input type="checkbox" name="{}" value="{}" aria-label="{}"{}>'
        return format_html(box, name, value, about, SafeString(" checked" if ticked else ""))
