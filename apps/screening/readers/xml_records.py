"""Records of a large XML file one after the other, with their lines; without document types, entities and networks."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from .words import Broken

CHUNK = 1 << 20
DEEPEST = 24
"""Elements in one another; the published lists have six."""


class Node:
    """An element: its name without prefix, its text, its children, and the line on which it begins."""

    __slots__ = ("children", "line", "name", "text")

    def __init__(self, name: str, line: int) -> None:
        self.name, self.line, self.text = name, line, ""
        self.children: list[Node] = []

    def get(self, path: str) -> str:
        """Text of the first child of this name (`a/b`: of the first b of the first a); "" without one."""
        node = self
        for name in path.split("/"):
            found = next((child for child in node.children if child.name == name), None)
            if found is None:
                return ""
            node = found
        return " ".join(node.text.split())

    def all(self, path: str) -> list["Node"]:
        """Every child of this name (`a/b`: every b of every a)."""
        nodes = [self]
        for name in path.split("/"):
            nodes = [child for node in nodes for child in node.children if child.name == name]
        return nodes

    def texts(self, path: str) -> list[str]:
        """Texts of `all`, without empty ones."""
        found = (" ".join(node.text.split()) for node in self.all(path))
        return [text for text in found if text]


class _Builder:
    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted, self.depth = wanted, 0
        self.root, self.open, self.done = "", list[Node](), list[Node]()
        self.parser: Any = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.said
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def start(self, tag: str, _attributes: Any) -> None:
        name = tag.rpartition(":")[2]
        self.depth += 1
        self.root = self.root or name
        if self.depth > DEEPEST:
            raise Broken("Elements stand in one another too deeply.", self.parser.CurrentLineNumber)
        if self.open or name in self.wanted:
            node = Node(name, self.parser.CurrentLineNumber)
            if self.open:
                self.open[-1].children.append(node)
            self.open.append(node)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if self.open:
            node = self.open.pop()
            if not self.open:
                self.done.append(node)

    def said(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def refuse(self, *_parts: Any) -> None:
        raise Broken("The file declares a document type. Published lists have none.", self.parser.CurrentLineNumber)

    def feed(self, data: bytes, last: bool) -> None:
        try:
            self.parser.Parse(data, last)
        except expat.ExpatError as wrong:
            text = f"The XML breaks off or is damaged here: {expat.ErrorString(wrong.code)}."
            raise Broken(text, wrong.lineno) from wrong


def root_of(data: bytes) -> str:
    """Name of the outermost element."""
    builder = _Builder(frozenset())
    for start in range(0, len(data), CHUNK):
        builder.feed(data[start : start + CHUNK], False)
        if builder.root:
            return builder.root
    builder.feed(b"", True)
    return builder.root


def records(data: bytes, *wanted: str) -> Iterator[Node]:
    """Every element of the names `wanted`; Broken with the line where the file breaks off."""
    builder = _Builder(frozenset(wanted))
    for start in range(0, len(data), CHUNK):
        builder.feed(data[start : start + CHUNK], False)
        yield from builder.done
        builder.done.clear()
    builder.feed(b"", True)
    yield from builder.done
