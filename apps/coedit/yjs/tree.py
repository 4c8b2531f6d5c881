"""A document as ProseMirror JSON and as plain text, and back again.

The JSON is that of y-tiptap's `yDocToProsemirrorJSON` made canonical: numbers are whole, marks in the order of their
names and without empty `attrs`, neighbouring runs with the same marks are one, text is in NFC.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from apps.coedit.yjs import schema

Node = dict[str, Any]
NUMBERS = frozenset({"level", "para", "start", "colspan", "rowspan"})


def new_doc(*updates: bytes) -> Doc[Any]:
    """A document with its root, after these updates."""
    doc: Doc[Any] = Doc()
    body_of(doc)
    for update in updates:
        doc.apply_update(update)
    return doc


def body_of(doc: Doc[Any]) -> XmlFragment:
    """The one root."""
    return doc.get(schema.BODY, type=XmlFragment)


def to_json(doc: Doc[Any]) -> Node:
    """The whole document: {"type": "doc", "content": [...]}."""
    return {"type": "doc", "content": [node(child) for child in body_of(doc).children]}


def sha256(tree: Node) -> str:
    """Hexadecimal digest of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def node(element: Any) -> Node:
    node: Node = {"type": element.tag}
    attributes = {name: _value(name, value) for name, value in sorted(dict(element.attributes).items())}
    if attributes:
        node["attrs"] = attributes
    content = list(_content(element))
    if content:
        node["content"] = content
    return node


def _value(name: str, value: Any) -> Any:
    return int(float(value)) if name in NUMBERS else str(value)


def _content(element: Any) -> Iterator[Node]:
    last: Node | None = None
    for child in element.children:
        if not isinstance(child, XmlText):
            if last:
                yield last
            last = None
            yield node(child)
            continue
        for text, marks in child.diff():
            run = _run(text, marks or {})
            if last and last.get("marks") == run.get("marks"):
                last["text"] = unicodedata.normalize("NFC", last["text"] + run["text"])
            elif run["text"]:
                if last:
                    yield last
                last = run
    if last:
        yield last


def _run(text: Any, marks: dict[str, Any]) -> Node:
    run: Node = {"type": "text", "text": unicodedata.normalize("NFC", str(text))}
    held = [
        {"type": name, "attrs": dict(value)} if value else {"type": name}
        for name, value in sorted(marks.items())
        if value is not None
    ]
    return {**run, "marks": held} if held else run


# --- plain text -----------------------------------------------------------------------------------------------------


def plain(tree: Node) -> str:
    """The blocks as text, parted by empty lines; list items, rows and quotations are lines of one block."""
    return "\n\n".join(block_text(block) for block in tree.get("content", []))


def block_text(block: Node) -> str:
    """One block as text."""
    kind, content = block["type"], block.get("content", [])
    if kind in schema.TEXTBLOCKS:
        return "".join(map(inline_text, content))
    if kind == "table":
        return "\n".join(" | ".join(_joined(cell, " ") for cell in row.get("content", [])) for row in content)
    if kind == "bulletList":
        return "\n".join(_indented(item, "• ") for item in content)
    if kind == "orderedList":
        first = block.get("attrs", {}).get("start", 1)
        return "\n".join(_indented(item, f"{first + n}. ") for n, item in enumerate(content))
    return "\n".join(f"> {line}" for line in _joined(block, "\n").split("\n"))


def inline_text(node: Node) -> str:
    if node["type"] == "text":
        return str(node["text"])
    return "\n" if node["type"] == "hardBreak" else f"[{node.get('attrs', {}).get('para', '')}]"


def _joined(node: Node, between: str) -> str:
    return between.join(block_text(child) for child in node.get("content", []))


def _indented(item: Node, sign: str) -> str:
    lines = _joined(item, "\n").split("\n")
    return "\n".join([sign + lines[0], *(" " * len(sign) + line for line in lines[1:])])


def blocks(tree: Node) -> Iterator[Node]:
    """All elements below the document, from the outside in."""
    for node in tree.get("content", []):
        if node["type"] != "text":
            yield node
            yield from blocks(node)


# --- back again -----------------------------------------------------------------------------------------------------


def fill(doc: Doc[Any], tree: Node) -> None:
    """Write a tree into an empty document."""
    with doc.transaction():
        _append(body_of(doc), tree.get("content", []))


def _append(parent: Any, nodes: Iterable[Node]) -> None:
    text: XmlText | None = None
    for node in nodes:
        if node["type"] != "text":
            parent_of = parent.children.append(XmlElement(node["type"], _attributes(node)))
            _append(parent_of, node.get("content", []))
            text = None
            continue
        if text is None:
            text = parent.children.append(XmlText())
        marks = {mark["type"]: mark.get("attrs", {}) for mark in node.get("marks", [])}
        text.insert(_length(text), node["text"], marks or None)


def _length(text: XmlText) -> int:
    """Length in the units of pycrdt's positions: bytes of UTF-8."""
    return sum(len(str(run).encode()) for run, _ in text.diff())


def _attributes(node: Node) -> dict[str, Any]:
    return {name: float(value) if name in NUMBERS else value for name, value in node.get("attrs", {}).items()}
