"""Markdown of users as safe HTML for pages."""

from functools import lru_cache
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.documents.rendering.prose import reader

TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div"),
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
    "div": {"class", "tabindex", "role"},
}
LOWEST = 6


@lru_cache
def _cleaner() -> nh3.Cleaner:
    """An allow-list without style, script and pictures; links to the web or a mailbox, none with a way back."""
    return nh3.Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def to_html(text: str, top: int = 3) -> SafeString:
    """The text as HTML that may stand in a page. Its highest heading becomes `<h{top}>`, so that none is skipped.

    HTML in the text is shown as text; pictures are links; the alignment of a table's column is a class.
    """
    markdown: MarkdownIt = reader()
    tokens = markdown.parse(text)
    _fit(tokens, top)
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = html.replace("<table>", '<div class="tw" tabindex="0" role="group"><table>')
    html = html.replace("</table>", "</table></div>")
    return mark_safe(_cleaner().clean(html))  # noqa: S308 - what the cleaner gives is from its allow-list


def _fit(tokens: list[Token], top: int) -> None:
    """Headings one below the other from `top`; a class in place of a cell's style."""
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = min(int(token.tag[1]), level + 1)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(top + level - 1, LOWEST)}"
        style: Any = token.attrs.pop("style", "")
        if "right" in str(style):
            token.attrs["class"] = "num"
