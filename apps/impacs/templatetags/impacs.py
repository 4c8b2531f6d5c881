"""How many States have which colour, in a template."""

from collections.abc import Mapping

from django import template

from apps.impacs.queries.cells import SHAPES, WORST_FIRST
from apps.impacs.status.rag import LETTERS

register = template.Library()


@register.filter
def of_colour(distribution: Mapping[str, int], colour: str) -> int:
    """How many States have this colour."""
    return distribution[colour]


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
