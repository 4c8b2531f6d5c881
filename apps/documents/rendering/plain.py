"""A document as plain text and as data."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from apps.documents.rendering import words
from apps.documents.rendering.blocks import (
    Arithmetic,
    Block,
    Clause,
    Code,
    Document,
    Heading,
    KeyValues,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    plain,
)

FORMAT = "caricom-document/1"


def to_data(document: Document) -> dict[str, Any]:
    """The whole document as JSON values; each block says its `type`. Dates in ISO 8601."""
    return {
        "format": FORMAT,
        **{
            each.name: _value(getattr(document, each.name))
            for each in dataclasses.fields(document)
            if each.name != "blocks"
        },
        "blocks": [_typed(block) for block in document.blocks],
    }


def content_hash(document: Document) -> str:
    """SHA-256 (64 hexadecimal digits) of what the document says: the same for every copy, format and closing.

    Over the JSON of `to_data` without copy mark and closing, keys sorted, no spaces, UTF-8.
    """
    data = {key: value for key, value in to_data(document).items() if key not in {"copy_mark", "closing"}}
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _typed(block: Any) -> dict[str, Any]:
    return {"type": type(block).__name__.lower(), **_value(block)}


def _value(value: Any) -> Any:
    if isinstance(value, Block):
        return {each.name: _within(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if dataclasses.is_dataclass(value):
        return {each.name: _value(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _within(value: Any) -> Any:
    """A field of a block; the blocks in it say their type too."""
    if isinstance(value, Block):
        return _typed(value)
    return [_within(each) for each in value] if isinstance(value, tuple) else _value(value)


def to_text(document: Document) -> str:
    """The document as plain text: marking first and last, blocks apart by an empty line."""
    said = words.of(document.language)
    head = [document.marking.line, said["fictional"] if document.fictional else "", document.copy_mark]
    about = [
        f"{said['reference']}: {document.reference}",
        f"{said['version']}: {document.version}",
        f"{said['date']}: {words.day(document.date)}",
    ]
    parts = ["\n".join(line for line in head if line), document.title, "\n".join(about)]
    parts += [text for block in document.blocks if (text := _text(block))]
    if document.closing is not None:
        closing = document.closing
        named = (("hash", closing.content_hash), ("seal", closing.seal), ("code", closing.code))
        lines = [f"{said[name]}: {value}" for name, value in named if value]
        parts += [said["verify"], "\n".join([*lines, said["how"].format(url=closing.verify_at)])]
    return "\n\n".join([*parts, document.marking.line]) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading() | Paragraph() | Code():
            return plain(block.text)
        case Clause():
            return "\n".join([f"{block.number} {plain(block.text)}", *(f"    {plain(each)}" for each in block.details)])
        case Table():
            lines = ["\t".join(cells) for cells in [block.head, *(map(plain, row) for row in block.rows)]]
            return "\n".join([block.caption, *lines] if block.caption else lines)
        case KeyValues():
            return "\n".join(f"{name}: {plain(value)}" for name, value in block.pairs)
        case Note():
            return " ".join(part for part in (block.lead, plain(block.text)) if part)
        case Arithmetic():
            lines = [f"{name}: {figure}" for name, figure in (*block.lines, block.result)]
            return "\n".join([block.caption, *lines] if block.caption else lines)
        case Listing():
            return "\n".join(_items(block))
        case Quote():
            return _indented(_joined(block.blocks), "> ")
        case PageBreak():
            return ""


def _items(block: Listing) -> Iterator[str]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        yield mark + _indented(_joined(item), " " * len(mark)).lstrip()


def _joined(blocks: Iterable[Block]) -> str:
    return "\n".join(_text(block) for block in blocks)


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))
