"""The matrix: its cells, and what templates say of a status."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from apps.impacs.obligations.queries.cells import Cell
from apps.impacs.obligations.queries.matrix import Line
from apps.impacs.queries.status_looks import LOOKS, WORST_FIRST, Look

register = template.Library()


@register.filter
def offer(offered: Mapping[str, Any], verb: str) -> Any:
    """What the seat may do, by verb; None for what it may not."""
    return offered.get(verb)


@register.filter
def unlocalized(number: float) -> str:
    """A coordinate of a drawing: a point, whatever the language."""
    return f"{number:g}"


@register.filter
def any_colour(distribution: Mapping[str, int]) -> bool:
    """Whether there is any State in the distribution."""
    return any(distribution.values())


@register.filter
def spread(distribution: Mapping[str, int]) -> list[tuple[Look, int]]:
    """(look, how many) of each status that a State has, the worst first."""
    return [(LOOKS[colour], distribution[colour]) for colour in WORST_FIRST if distribution[colour]]


_ARROWS = {
    "": SafeString(""),
    **{
        moved: SafeString(f'<b aria-hidden="true">{arrow}</b>')
        for moved, arrow in (("up", "↑"), ("down", "↓"), ("other", "→"))
    },
}
ANY = UUID(int=0)


@register.simple_tag
def status_of(look: Look, said: object = None) -> SafeString:
    """A status: its drawing in its colour, and the word, or `said` in place of it."""
    return format_html(
        '<span class="st">{}{}</span>',
        _drawing(look.picture, look.kind, static("img/icons.svg")),
        capfirst(str(look.word if said is None else said)),
    )


def cells_of(line: Line, own: str) -> SafeString:
    """The cells of a line of the matrix; that of one's own State is marked, and the first.

    Written here and not in a template: a page has 750 of them, and a template takes four times as long.
    """
    icons, place = static("img/icons.svg"), reverse("impacs:action", args=[ANY])
    cells = sorted(line.cells, key=lambda each: each.party != own)
    return mark_safe("".join(_cell(each, own, icons, place) for each in cells))  # noqa: S308  (all of it escaped)


def _cell(each: Cell, own: str, icons: str, place: str) -> SafeString:
    mine = _MINE if each.party == own else ""
    if each.action is None:
        return format_html(_EMPTY, mine, each.said)
    address = place.replace(str(ANY), str(each.action))
    drawing = _drawing(each.look.picture, each.look.kind, icons)
    return format_html(_FULL, mine, address, drawing, _ARROWS[each.moved], each.said)


@lru_cache(64)
def _drawing(shape: str, kind: str, icons: str) -> SafeString:
    return format_html('<svg class="g g-{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, icons, shape)


_MINE = SafeString(' class="me"')
_EMPTY = '<td{}><span class="no" aria-hidden="true">–</span><span class="vh">{}</span></td>'
_FULL = '<td{}><a href="{}">{}{}<span class="vh">{}</span></a></td>'
