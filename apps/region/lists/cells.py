"""Cells that tables of the register share."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.portal import day, glyph
from apps.pages.cells import Cell, Small

STATE = pgettext_lazy("column, region", "State")
STAGE = pgettext_lazy("column, region", "Stage")
ON = pgettext_lazy("column, region", "On")
SINCE = pgettext_lazy("column, region", "Since")
SOURCE = pgettext_lazy("column, region", "Source")
HOW = _("How we know")
RECORDED = pgettext_lazy("column, region", "Recorded")


def drawn(shape: str, kind: str, words: Any) -> SafeString:
    """A stage as its drawing and its words."""
    return format_html('<span class="st">{} {}</span>', glyph(shape, kind), words)


def how_known(fact: Any, *parts: str) -> Cell | None:
    """What a fact rests on, and these of its texts below it."""
    if fact is None:
        return None
    lines = (getattr(fact, part) for part in parts or ("source",))
    return Cell(fact.get_provenance_display(), tuple(Small(line) for line in lines if line))


def since(fact: Any) -> Cell | None:
    """The day a stage began, or the day by which it had."""
    if fact is None:
        return None
    began = day(fact.valid_from)
    return Cell(format_html("{} {}", pgettext("words, region", "by"), began) if fact.early else began)


def act_of(track: Any) -> Cell | None:
    """A bill or Act by its title, with its number below."""
    if not track.title and not track.act_no:
        return None
    return Cell(track.title, (Small(track.act_no),) if track.act_no else ())
