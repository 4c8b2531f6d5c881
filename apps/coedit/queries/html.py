"""A text as HTML, for readers without a script: the same elements as the editor draws."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.coedit.yjs import schema
from apps.coedit.yjs.tree import Node

TAGS = {
    "paragraph": "p", "blockquote": "blockquote", "bulletList": "ul", "listItem": "li", "tableRow": "tr",
}  # fmt: skip
CELLS = {"tableHeader": "th", "tableCell": "td"}
MARKS = {"bold": "strong", "italic": "em", "underline": "u"}


def text(tree: Node) -> SafeString:
    """All blocks of a text."""
    return _all(tree)


def _all(node: Node) -> SafeString:
    return format_html_join("", "{}", ((_one(child),) for child in node.get("content", [])))


def _one(node: Node) -> SafeString:
    kind, attrs = node["type"], node.get("attrs", {})
    if kind == "text":
        return _run(node)
    if kind == "heading":
        return _tagged(f"h{attrs.get('level', 2)}", node)
    if kind == "orderedList":
        return format_html('<ol start="{}">{}</ol>', attrs.get("start", 1), _all(node))
    if kind == "judgement":
        return format_html('<p class="co-judgement">{}</p>', _all(node))
    if kind == "citation":
        return format_html('<span class="co-cite">[{}]</span>', attrs.get("para", ""))
    if kind == "hardBreak":
        return mark_safe("<br>")
    if kind == "table":
        return format_html("<table><tbody>{}</tbody></table>", _all(node))
    if kind in CELLS:
        spans = (attrs.get("colspan", 1), attrs.get("rowspan", 1))
        return format_html('<{} colspan="{}" rowspan="{}">{}</{}>', CELLS[kind], *spans, _all(node), CELLS[kind])
    return _tagged(TAGS[kind], node)


def _tagged(tag: str, node: Node) -> SafeString:
    return format_html("<{}>{}</{}>", tag, _all(node), tag)


def _run(node: Node) -> SafeString:
    shown: Any = format_html("{}", node["text"])
    for mark in node.get("marks", []):
        kind, attrs = mark["type"], mark.get("attrs", {})
        if kind in MARKS:
            shown = format_html("<{}>{}</{}>", MARKS[kind], shown, MARKS[kind])
        elif kind == "pm":
            shown = format_html('<span class="co-pm" data-pm="{}">{}</span>', attrs.get("level", ""), shown)
        elif kind == "link" and schema.is_link(attrs.get("href", "")):
            shown = format_html('<a href="{}" rel="noopener noreferrer">{}</a>', attrs["href"], shown)
    return SafeString(shown)
