"""The matrix in a template: its cells, and how many States have which colour."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from apps.impacs.queries.cells import SHAPES, WORST_FIRST, Cell
from apps.impacs.queries.matrix import Line
from apps.impacs.status.rag import LETTERS

register = template.Library()


@register.filter
def of_colour(distribution: Mapping[str, int], colour: str) -> int:
    """How many States have this colour."""
    return distribution[colour]


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
def spread(distribution: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """(letter, how many, words) of each colour that a State has, the worst first."""
    return [
        (LETTERS[colour], distribution[colour], str(SHAPES[colour][2]))
        for colour in WORST_FIRST
        if distribution[colour]
    ]


ARROWS = {"up": "↑", "down": "↓", "other": "→", "": ""}
ANY = UUID(int=0)


@register.simple_tag
def cells_of(line: Line, own: str) -> SafeString:
    """The cells of a line of the matrix; those of one's own State are marked.

    Written here and not in a template: a page has 750 of them, and a template takes four times as long.
    """
    icons, place = static("img/icons.svg"), reverse("impacs:action", args=[ANY])
    return mark_safe("".join(_cell(each, own, icons, place) for each in line.cells))  # noqa: S308  (all of it escaped)


def _cell(each: Cell, own: str, icons: str, place: str) -> SafeString:
    mine = _MINE if each.party == own else ""
    if each.action is None:
        return format_html(_EMPTY, mine, each.said)
    address = place.replace(str(ANY), str(each.action))
    drawing = _drawing(*each.shape, icons)
    return format_html(_FULL, mine, address, drawing, each.letter, ARROWS[each.moved], each.said)


@lru_cache(64)
def _drawing(shape: str, kind: str, icons: str) -> SafeString:
    return format_html('<svg class="g g-{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, icons, shape)


_MINE = SafeString(' class="me"')
_EMPTY = '<td{}><span class="no" aria-hidden="true">–</span><span class="vh">{}</span></td>'
_FULL = '<td{}><a href="{}">{}<b aria-hidden="true">{}{}</b><span class="vh">{}</span></a></td>'
