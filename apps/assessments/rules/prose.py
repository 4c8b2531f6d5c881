"""The text of a section (ProseMirror JSON, contract-rifc.md section 2.3) as paragraphs with their marks."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MARKS = "URCS"
BLOCKS = frozenset({"paragraph", "heading", "judgement"})
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prose:
    """A block of text: `level` is the highest portion mark in it, None without one; `cites` are (report, paragraph)."""

    kind: str
    text: str
    level: int | None
    pid: str
    cites: tuple[tuple[str, int | None], ...] = ()
    depth: int = 0
    listed: bool = False


def paragraphs(document: Node) -> list[Prose]:
    """The blocks that hold text, in order, tables and lists as their paragraphs; empty ones are left out."""
    return [one for one in _walk(document, listed=False) if one.text]


def _walk(node: Node, *, listed: bool) -> Iterator[Prose]:
    for child in node.get("content") or []:
        if child.get("type") in BLOCKS:
            yield _block(child, listed)
        else:
            yield from _walk(child, listed=listed or child.get("type") == "listItem")


def _block(node: Node, listed: bool) -> Prose:
    attrs = node.get("attrs") or {}
    parts, levels, cites = [], [], []
    for leaf in node.get("content") or []:
        if leaf.get("type") == "text":
            parts.append(leaf.get("text", ""))
            levels += [MARKS.find(str(mark.get("attrs", {}).get("level"))) for mark in _portions(leaf)]
        elif leaf.get("type") == "hardBreak":
            parts.append("\n")
        elif leaf.get("type") == "citation":
            about = leaf.get("attrs") or {}
            cites.append((str(about.get("report", "")), _number(about.get("para"))))
    level = max((one for one in levels if one >= 0), default=None)
    depth = _number(attrs.get("level")) or 0 if node["type"] == "heading" else 0
    return Prose(node["type"], "".join(parts).strip(), level, str(attrs.get("pid") or ""), tuple(cites), depth, listed)


def _portions(leaf: Node) -> list[Node]:
    return [mark for mark in leaf.get("marks") or [] if mark.get("type") == "pm"]


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def is_id(text: str) -> bool:
    """Whether a text is a UUID: what a client wrote into an attribute may be anything."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
