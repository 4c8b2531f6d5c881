"""Words of a text that something is said about: where they stand now, and other words in their place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, StickyIndex, XmlText

from apps.coedit.yjs import schema, tree
from apps.coedit.yjs.rewrites import str_of
from apps.coedit.yjs.wire import Malformed, Reader

LONGEST_ANCHOR = 48


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the run of text, the byte at which they begin in it (UTF-8), the id of its block."""

    text: Any
    start: int
    pid: str


def is_anchor(data: bytes) -> bool:
    """Whether bytes are a Yjs relative position that names a letter: kind 0, client, clock, side (yjs 13.6)."""
    reader = Reader(data)
    try:
        if len(data) > LONGEST_ANCHOR or reader.byte() != 0:
            return False
        reader.number()
        reader.number()
        # which side it sticks to: nothing (older), or one small number
        return reader.left <= 1
    except Malformed:
        return False


def place_of(doc: Doc[Any], quote: str, pid: str = "", anchor: bytes = b"") -> Place | None:
    """Where words stand now; None where they do not. Of several the one nearest to the anchor, else the first.

    A block with the id is looked at before all others.
    """
    found = [one for block in _blocks(tree.body_of(doc)) for one in _in(block, quote)]
    if not found:
        return None
    same = [one for one in found if one.pid == pid] or found
    at = _offset(doc, anchor)
    return same[0] if at is None else min(same, key=lambda one: abs(one.start - at))


def _blocks(node: Any) -> Iterator[Any]:
    """Blocks that hold text, in order."""
    for child in node.children:
        if isinstance(child, XmlText) or child.tag in schema.INLINE:
            continue
        if child.tag in schema.TEXTBLOCKS:
            yield child
        else:
            yield from _blocks(child)


def _in(block: Any, quote: str) -> Iterator[Place]:
    pid = str(dict(block.attributes).get("pid", ""))
    for child in block.children:
        if isinstance(child, XmlText):
            text, at = str_of(child), -1
            while (at := text.find(quote, at + 1)) >= 0:
                yield Place(child, len(text[:at].encode()), pid)


def _offset(doc: Doc[Any], anchor: bytes) -> int | None:
    """About where an anchor's letter stands in its run of text, in bytes; None for no such letter.

    The library counts what was written at once in UTF-16 and all before it in UTF-8, so it is a little less at times.
    """
    if not is_anchor(anchor):
        return None
    with doc.transaction() as transaction:
        try:
            return int(StickyIndex.decode(anchor).get_index(transaction))
        except (RuntimeError, ValueError):
            return None


def replace(doc: Doc[Any], place: Place, quote: str, words: str) -> None:
    """Put words in the place of others; they are marked as what stood there."""
    with doc.transaction():
        if words:
            place.text.insert(place.start + len(quote.encode()), words)
        del place.text[place.start : place.start + len(quote.encode())]
