"""The Yjs v1 update format: what an update adds, and what it deletes.

Source: yjs 13.6 `src/utils/encoding.js`, `src/structs/*`: per client a run of structs, each an info byte (low five
bits the kind of content), its neighbours or else its parent, and the content; then the ranges that are deleted.
"""

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from apps.coedit.yjs.wire import Malformed, Reader

Id = tuple[int, int]
"""(client, clock): one letter or one object, for ever."""

CLOCKS = 2**31  # of one client; 200 million keystrokes a year for ten years
HAS_LEFT, HAS_RIGHT, HAS_NAME = 0x80, 0x40, 0x20


class Kind(IntEnum):
    """Content of a struct; the numbers of the format."""

    GC, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, DOC, SKIP = range(11)


ELEMENT, HOOK, TEXT = 3, 5, 6
"""Kinds of types: XmlElement, XmlHook, XmlText."""


@dataclass(frozen=True, slots=True)
class Struct:
    """One run of consecutive clocks of a client.

    `left` and `right` are the neighbours it was written between; only a struct without both names its `parent`
    (the name of a root, or an id) and, for an attribute, its `name`. `content`: the text; (mark, value);
    (kind of type, tag); a list of values.
    """

    client: int
    clock: int
    length: int
    kind: Kind
    left: Id | None = None
    right: Id | None = None
    parent: str | Id | None = None
    name: str | None = None
    content: Any = None


@dataclass(frozen=True, slots=True)
class Update:
    """A decoded update; `deleted` are (client, clock, length)."""

    structs: list[Struct]
    deleted: list[tuple[int, int, int]]

    @property
    def empty(self) -> bool:
        """Whether it writes nothing: the answer of somebody who has nothing new."""
        return not self.structs and not self.deleted


def decode(data: bytes) -> Update:
    """The update in some bytes; Malformed for anything else, trailing bytes included."""
    reader = Reader(data)
    structs: list[Struct] = []
    clients: set[int] = set()
    for _ in range(reader.count()):
        clients.add(_client(reader, structs, clients))
    deleted = []
    for _ in range(reader.count()):
        client = reader.number()
        for _ in range(reader.count()):
            deleted.append((client, reader.number(), reader.number()))
    if reader.left:
        raise Malformed("trailing bytes")
    return Update(structs, deleted)


def state(data: bytes) -> dict[int, int]:
    """A state vector: {client: clocks known}."""
    reader = Reader(data)
    known = {reader.number(): reader.number() for _ in range(reader.count())}
    if reader.left:
        raise Malformed("trailing bytes")
    return known


def _client(reader: Reader, structs: list[Struct], others: set[int]) -> int:
    size, client, clock = reader.count(), reader.number(), reader.number()
    if client in others:
        raise Malformed("a client twice")
    for _ in range(size):
        struct = _struct(reader, client, clock)
        if not struct.length:
            raise Malformed("empty struct")
        if clock + struct.length > CLOCKS:
            raise Malformed("too many clocks")
        structs.append(struct)
        clock += struct.length
    return client


def _struct(reader: Reader, client: int, clock: int) -> Struct:
    info = reader.byte()
    kind = _kind(info & 0x1F)
    if kind in (Kind.GC, Kind.SKIP):
        return Struct(client, clock, reader.number(), kind)
    left = (reader.number(), reader.number()) if info & HAS_LEFT else None
    right = (reader.number(), reader.number()) if info & HAS_RIGHT else None
    parent: str | Id | None = None
    name = None
    if left is None and right is None:
        parent = reader.text() if reader.number() == 1 else (reader.number(), reader.number())
        name = reader.text() if info & HAS_NAME else None
    length, content = _content(reader, kind)
    return Struct(client, clock, length, kind, left, right, parent, name, content)


def _kind(number: int) -> Kind:
    try:
        return Kind(number)
    except ValueError as error:
        raise Malformed("unknown kind of content") from error


def _content(reader: Reader, kind: Kind) -> tuple[int, Any]:
    """(length in clocks, content)."""
    if kind == Kind.DELETED:
        return reader.number(), None
    if kind == Kind.STRING:
        text = reader.text()
        return len(text.encode("utf-16-le")) // 2, text
    if kind == Kind.FORMAT:
        return 1, (reader.text(), _json(reader.text()))
    if kind == Kind.TYPE:
        number = reader.number()
        return 1, (number, reader.text() if number in (ELEMENT, HOOK) else "")
    if kind == Kind.ANY:
        values = [reader.value() for _ in range(reader.count())]
        return len(values), values
    return _foreign(reader, kind)


def _foreign(reader: Reader, kind: Kind) -> tuple[int, Any]:
    """Content that the schema knows nothing of, read past so that it can be refused by its name."""
    if kind == Kind.JSON:
        return len([reader.text() for _ in range(reader.count())]), None
    if kind == Kind.BINARY:
        reader.block()
    elif kind == Kind.EMBED:
        reader.text()
    else:
        reader.text()
        reader.value()
    return 1, None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
