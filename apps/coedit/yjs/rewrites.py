"""Changing a document without an editor: another plain text, ids that are missing."""

import uuid
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from pycrdt import Doc, XmlElement, XmlText

from apps.coedit.yjs import schema, tree


def rewrite(doc: Doc[Any], plain: str) -> None:
    """Make a document say this text: paragraphs parted by empty lines.

    Blocks whose text is the same stay untouched, empty ones too. A paragraph, heading or judgement that was changed
    into another paragraph keeps its element and the letters at both ends, so that comments on them keep their place.
    """
    content = tree.to_json(doc)["content"]
    present = [paragraphs(tree.block_text(block)) for block in content]
    plan = list(_plan(present, paragraphs(plain), [block["type"] in schema.TEXTBLOCKS for block in content]))
    kept = {step[0] for step in plan if step[0] is not None} | {n for n, text in enumerate(present) if not text}
    with doc.transaction():
        children = tree.body_of(doc).children
        at = block = 0
        for index, text in [*plan, (len(present), None)]:
            while index is not None and block < index:
                at, block = at + _left(children, at, block in kept), block + 1
            if index is None:
                children.insert(at, _paragraph())
                _set_text(children[at], text or "")
            elif text is not None:
                _retype(children[at], tree.block_text(content[index]), text)
            at, block = at + 1, block + (index is not None)


def _left(children: Any, at: int, keep: bool) -> int:
    """Pass a block that the plan does not name: 1 when it stays, 0 when it goes."""
    if not keep:
        del children[at]
    return int(keep)


def _plan(
    present: list[list[str]], wanted: list[str], textblocks: list[bool]
) -> Iterator[tuple[int | None, str | None]]:
    """Blocks of the new text in order: (a present block, its new text or None for the same), or (None, a new one)."""
    owners = [n for n, texts in enumerate(present) for _ in texts]
    steps = SequenceMatcher(None, [text for texts in present for text in texts], wanted, autojunk=False).get_opcodes()
    same = {at for kind, start, stop, *_ in steps if kind == "equal" for at in range(start, stop)}
    # a block of several paragraphs stays only as a whole
    whole = set(owners) - {owner for at, owner in enumerate(owners) if at not in same}
    done: set[int] = set()
    for kind, start, stop, first, last in steps:
        for n in range(last - first):
            owner = owners[start + n] if start + n < stop else None
            if kind == "equal" and owner in whole:
                if owner not in done:
                    yield owner, None
            elif kind == "replace" and owner is not None and textblocks[owner] and len(present[owner]) == 1:
                yield owner, wanted[first + n]
            else:
                yield None, wanted[first + n]
            if owner is not None:
                done.add(owner)


def paragraphs(plain: str) -> list[str]:
    """The paragraphs of a plain text, without what the schema cannot hold."""
    text = schema.UNPRINTABLE.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def printable(words: str) -> str:
    """Words as one run of text can hold them: on one line, without what the schema cannot hold."""
    return schema.UNPRINTABLE.sub("", " ".join(words.splitlines()))


def repair_ids(doc: Doc[Any]) -> bool:
    """Give blocks without an id, and the later of two with the same one, an id of their own; whether there were any."""
    seen: set[str] = set()
    repaired = False
    with doc.transaction():
        for element in _elements(tree.body_of(doc)):
            pid = dict(element.attributes).get("pid")
            if pid is None or str(pid) in seen:
                pid = str(uuid.uuid4())
                element.attributes["pid"] = pid
                repaired = True
            seen.add(str(pid))
    return repaired


def _elements(node: Any) -> Iterator[Any]:
    for child in node.children:
        if not isinstance(child, XmlText) and child.tag not in schema.INLINE:
            if child.tag in schema.BLOCKS:
                yield child
            yield from _elements(child)


def _paragraph() -> XmlElement:
    return XmlElement("paragraph", {"pid": str(uuid.uuid4())})


def _set_text(element: Any, text: str) -> None:
    """Write text into an empty block; line ends become breaks."""
    for n, line in enumerate(text.split("\n")):
        if n:
            element.children.append(XmlElement("hardBreak"))
        if line:
            element.children.append(XmlText(line))


def _retype(element: Any, before: str, after: str) -> None:
    """Change a block's text where it differs; anew as a whole when more than one run of text is touched."""
    front = _common(before, after)
    back = _common(before[front:][::-1], after[front:][::-1])
    removed, added = before[front : len(before) - back], after[front : len(after) - back]
    at = 0
    for child, shown in zip(element.children, _shown(element), strict=True):
        inside = at <= front and front + len(removed) <= at + len(shown)
        if inside and isinstance(child, XmlText) and "\n" not in added:
            text = str_of(child)
            start = len(text[: front - at].encode())
            if removed:
                del child[start : start + len(removed.encode())]
            if added:
                child.insert(start, added)
            return
        at += len(shown)
    for _ in range(len(list(element.children))):
        del element.children[0]
    _set_text(element, after)


def _shown(element: Any) -> list[str]:
    """What each child of a block adds to its text."""
    return [
        str_of(child) if isinstance(child, XmlText) else tree.inline_text(tree.node(child))
        for child in element.children
    ]


def str_of(text: XmlText) -> str:
    """The letters of a text without its marks."""
    return "".join(str(run) for run, _ in text.diff())


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    length = min(len(one), len(other))
    return next((n for n in range(length) if one[n] != other[n]), length)
