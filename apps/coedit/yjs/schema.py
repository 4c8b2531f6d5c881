"""What a section may contain (contract-rifc.md, section 2.3): elements, attributes, marks, links."""

import re
from typing import Any

BODY = "body"
"""Name of the one root."""
BLOCKS = frozenset({"paragraph", "heading", "bulletList", "orderedList", "blockquote", "table", "judgement"})
TEXT = "#text"
INLINE = frozenset({TEXT, "hardBreak", "citation"})
CELLS = frozenset({"tableHeader", "tableCell"})
CHILDREN: dict[str, frozenset[str]] = {
    BODY: BLOCKS,
    "paragraph": INLINE,
    "heading": INLINE,
    "judgement": INLINE,
    "blockquote": BLOCKS,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": BLOCKS,
    "table": frozenset({"tableRow"}),
    "tableRow": CELLS,
    "tableHeader": BLOCKS,
    "tableCell": BLOCKS,
    "hardBreak": frozenset(),
    "citation": frozenset(),
    TEXT: frozenset(),
}
"""What may stand directly in what."""
TEXTBLOCKS = frozenset({"paragraph", "heading", "judgement"})
DEPTH = 8  # elements within elements
CHARACTERS = 200_000  # UTF-16 units of a section

PORTIONS = ("U", "R", "C", "S")
WORD = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
HREF = re.compile(r"(?:https://[^\s/?#][^\s]*|/(?![/\\])[^\s\\]*)\Z")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What neither XML nor the database can hold."""


def _word(value: Any) -> bool:
    return isinstance(value, str) and bool(WORD.match(value))


def _within(low: int, high: int) -> Any:
    def check(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return False
        if isinstance(value, str):
            return value.isascii() and value.isdigit() and len(value) < 8 and low <= int(value) <= high
        return value == int(value) and low <= value <= high if abs(value) < 2**31 else False

    return check


VALUES: dict[str, Any] = {
    "pid": _word,
    "jid": _word,
    "report": _word,
    "para": _within(0, 100_000),
    "level": _within(2, 4),
    "start": _within(0, 100_000),
    "colspan": _within(1, 100),
    "rowspan": _within(1, 1000),
}
ATTRIBUTES: dict[str, frozenset[str]] = {
    **{name: frozenset({"pid"}) for name in CHILDREN if name not in {BODY, TEXT, "hardBreak", "citation"}},
    "heading": frozenset({"pid", "level"}),
    "orderedList": frozenset({"pid", "start"}),
    "tableHeader": frozenset({"pid", "colspan", "rowspan"}),
    "tableCell": frozenset({"pid", "colspan", "rowspan"}),
    "judgement": frozenset({"pid", "jid"}),
    "citation": frozenset({"report", "para"}),
    "hardBreak": frozenset(),
    BODY: frozenset(),
    TEXT: frozenset(),
}


def is_attribute(name: str, value: Any) -> bool:
    """Whether an attribute of this name, on whatever element, may have this value."""
    return name in VALUES and VALUES[name](value)


def is_mark(name: str, value: Any) -> bool:
    """Whether text may carry this mark; null ends one."""
    if name in ("bold", "italic", "underline"):
        return value is None or value == {}
    if name == "link":
        return value is None or (_only(value, "href") and isinstance(value["href"], str) and is_link(value["href"]))
    if name == "pm":
        return value is None or (_only(value, "level") and value["level"] in PORTIONS)
    return False


def is_link(href: str) -> bool:
    """https, or an address of the portal itself."""
    return len(href) <= 2000 and bool(HREF.match(href)) and not UNPRINTABLE.search(href)


def _only(value: Any, key: str) -> bool:
    return isinstance(value, dict) and set(value) == {key}
