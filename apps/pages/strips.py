"""Bars that are read at once: for each line how many of how many are what, in words beside the drawing.

    Strip("Cybercrime", [StripPart(5, "in force", "b2"), StripPart(2, "under way", "b1")], 15, unknown="not recorded")

What nobody knows is no part of the drawing: its place in the bar stays open, and the words say how many it is. Zeros
are left out of drawing and words alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class StripPart:
    """So many are this. `css`: the colour (static/css/parts.css, .ch .b0 to .b4)."""

    n: int
    words: Any
    css: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A line: what it is called, its known parts, and of how many; `unknown`: the words for what remains of them."""

    head: Any
    parts: Sequence[StripPart]
    of: int
    _: KW_ONLY
    unknown: Any = ""
    url: str = ""
    small: Any = ""
    css: str = ""

    @property
    def remains(self) -> int:
        """How many are in no part."""
        return self.of - sum(part.n for part in self.parts)


def print_strips(strips: Iterable[Strip]) -> SafeString:
    """The lines as a list."""
    return format_html('<ul class="strips">{}</ul>', format_html_join("", "{}", ((_line(one),) for one in strips)))


def _line(strip: Strip) -> SafeString:
    head = format_html('<a href="{}">{}</a>', strip.url, strip.head) if strip.url else strip.head
    small = format_html("<small>{}</small>", strip.small) if strip.small else ""
    drawn = [part for part in strip.parts if part.n]
    places = [sum(part.n for part in drawn[:place]) for place in range(len(drawn))]
    bars = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="1"/>',
        ((part.css, place, part.n) for part, place in zip(drawn, places, strict=True)),
    )
    css = f"{strip.css} {'' if strip.unknown else 'whole'}".strip()
    said = [(_swatch(part.css), part.n, part.words) for part in drawn]
    if strip.unknown and strip.remains:
        said.append((_swatch("open"), strip.remains, strip.unknown))
    return format_html(
        '<li{}><b>{}{}</b><svg class="ch" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        "<span>{}</span></li>",
        format_html(' class="{}"', css) if css else "",
        head,
        small,
        max(strip.of, 1),
        bars,
        format_html_join(" ", "<span>{}{} {}</span>", said),
    )


def _swatch(css: str) -> SafeString:
    drawing = '<svg class="ch sw" viewBox="0 0 1 1" aria-hidden="true"><rect class="{}" width="1" height="1"/></svg>'
    return format_html(drawing, css)
