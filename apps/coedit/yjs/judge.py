"""Judges an update before anything is applied: is it whole, does it build on what is known, is it of the schema?

The judge remembers for each clock of each client where it stands: in the body, in an element, in a text, as an
attribute, or nowhere any more. So it sees what the format does not say, such as text that is hung beside elements, and
needs no look at the document. It must see every update that the document takes, in the same order.

Why missing dependencies are refused: yrs keeps such an update silently until a later, innocent one fills the gap, and
what nobody judged would appear then (yjs #405).
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from apps.coedit.yjs import schema
from apps.coedit.yjs.structs import ELEMENT, TEXT, Id, Kind, Struct, Update, decode
from apps.coedit.yjs.wire import Malformed


class Refusal(Exception):
    """An update that is not taken; `code` as in the contract: decode or schema, dependency for what is missing."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Place:
    """Where clocks stand: in a node of this tag, at this depth; `name` for an attribute. Gone: in nothing."""

    tag: str
    depth: int = 0
    name: str | None = None
    gone: bool = False


GONE = Place("", gone=True)
ROOT = Place(schema.BODY)


@dataclass
class Row:
    """Places of one client's clocks: run i begins at starts[i] and ends where the next begins."""

    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    end: int = 0

    def at(self, clock: int) -> Place:
        """The place of a known clock."""
        return self.places[bisect_right(self.starts, clock) - 1]

    def add(self, length: int, place: Place) -> None:
        """The next clocks stand there."""
        if not self.places or self.places[-1] != place:
            self.starts.append(self.end)
            self.places.append(place)
        self.end += length


class Judge:
    """Knows one document as far as judging needs."""

    def __init__(self, data: bytes = b"") -> None:
        """From the whole state of a trusted document, as `get_update()` gives it."""
        self.rows: dict[int, Row] = {}
        self.nodes: dict[Id, Place] = {}
        self.written = 0
        if data:
            self.accept(self.judged(data))

    @property
    def state(self) -> dict[int, int]:
        """{client: clocks known}, as the document's own after it took everything accepted."""
        return {client: row.end for client, row in self.rows.items() if row.end}

    def judged(self, data: bytes) -> "Verdict":
        """What the update would add; Refusal with the reason. Nothing is remembered before `accept`."""
        try:
            update = decode(data)
        except Malformed as error:
            raise Refusal("decode", str(error)) from error
        verdict = Verdict(update)
        _Case(self, verdict).judge()
        return verdict

    def accept(self, verdict: "Verdict") -> None:
        """Remember what the document took."""
        for struct, place in verdict.placed:
            row = self.rows.setdefault(struct.client, Row())
            known = max(0, row.end - struct.clock)
            if known < struct.length:
                row.add(struct.length - known, place)
        self.nodes.update(verdict.nodes)
        self.written += verdict.written


@dataclass
class Verdict:
    """A judged update: each struct with its place, new nodes, UTF-16 units of text."""

    update: Update
    placed: list[tuple[Struct, Place]] = field(default_factory=list)
    nodes: dict[Id, Place] = field(default_factory=dict)
    written: int = 0


class _Case:
    """One update before the judge."""

    def __init__(self, judge: Judge, verdict: Verdict) -> None:
        self.known = judge
        self.verdict = verdict
        self.fresh: dict[int, tuple[list[int], list[Struct]]] = {}
        self.ends = judge.state
        self.found: dict[Id, Place] = {}

    def judge(self) -> None:
        update = self.verdict.update
        before = dict(self.ends)
        for struct in update.structs:
            self._content(struct)
            self._continues(struct)
        for client, clock, length in update.deleted:
            if clock + length > self.ends.get(client, 0):
                raise Refusal("dependency", "deletes what is not known")
        for struct in update.structs:
            end = before.get(struct.client, 0)
            if struct.clock + struct.length <= end:
                continue
            place = self._place_of(struct)
            if struct.clock < end and place != self.known.rows[struct.client].at(end - 1):
                raise Refusal("schema", "contradicts what is known")
            self._stands(struct, place)
            self.verdict.placed.append((struct, place))

    def _continues(self, struct: Struct) -> None:
        """Each client's clocks follow those known, without a gap."""
        end = self.ends.get(struct.client, 0)
        if struct.kind == Kind.SKIP or struct.clock > end:
            raise Refusal("dependency", "builds on what is not known")
        self.ends[struct.client] = max(end, struct.clock + struct.length)
        clocks, structs = self.fresh.setdefault(struct.client, ([], []))
        clocks.append(struct.clock)
        structs.append(struct)

    def _content(self, struct: Struct) -> None:
        """What is never allowed, wherever it stands."""
        kind, content = struct.kind, struct.content
        if kind in (Kind.JSON, Kind.BINARY, Kind.EMBED, Kind.DOC):
            raise Refusal("schema", f"content {kind.name.lower()}")
        if isinstance(struct.parent, str) and struct.parent != schema.BODY:
            raise Refusal("schema", "root")
        if kind == Kind.STRING:
            if schema.UNPRINTABLE.search(content):
                raise Refusal("schema", "control character")
            self.verdict.written += struct.length
            if self.verdict.written > schema.CHARACTERS:
                raise Refusal("schema", "too much text")
        elif kind == Kind.FORMAT and not schema.is_mark(*content):
            raise Refusal("schema", f"mark {content[0][:40]}")
        elif kind == Kind.TYPE and not _is_type(*content):
            raise Refusal("schema", f"element {content[1][:40]}")
        elif kind == Kind.ANY and struct.right is not None:
            raise Refusal("schema", "value")

    def _place_of(self, struct: Struct) -> Place:
        """Where a struct stands: where its neighbour does, or in what it names."""
        waiting = [struct]
        asked = {(struct.client, struct.clock)}
        while waiting:  # without recursion: a chain of neighbours may be as long as the update
            one = waiting[-1]
            needed = self._needed(one)
            if needed is None:
                self._settle(one)
                waiting.pop()
                continue
            key = (needed.client, needed.clock)
            if key in asked:
                raise Refusal("dependency", "goes round in a circle")
            asked.add(key)
            waiting.append(needed)
        return self.found[struct.client, struct.clock]

    def _needed(self, struct: Struct) -> Struct | None:
        """The struct of this update whose place must be known first."""
        if struct.kind == Kind.GC or (struct.client, struct.clock) in self.found:
            return None
        for one in (struct.left, struct.right, struct.parent):
            if isinstance(one, tuple) and one[1] >= self.ends.get(one[0], 0):
                raise Refusal("dependency", "builds on what is not known")
            if isinstance(one, tuple) and one[0] == struct.client and one[1] >= struct.clock:
                raise Refusal("dependency", "builds on what is not known")
        beside = struct.left or struct.right or struct.parent
        if not isinstance(beside, tuple) or self._row_of(beside) is not None:
            return None
        new = self._new(beside)
        return None if (new.client, new.clock) in self.found else new

    def _row_of(self, wanted: Id) -> Row | None:
        row = self.known.rows.get(wanted[0])
        return row if row is not None and wanted[1] < row.end else None

    def _new(self, wanted: Id) -> Struct:
        """The struct of this update that holds a clock."""
        clocks, structs = self.fresh[wanted[0]]
        return structs[bisect_right(clocks, wanted[1]) - 1]

    def _settle(self, struct: Struct) -> None:
        key = (struct.client, struct.clock)
        place = self.found.setdefault(key, self._standing(struct))
        if struct.kind == Kind.TYPE and not place.gone and place.name is None:
            kind, tag = struct.content
            self.verdict.nodes[key] = Place(tag if kind == ELEMENT else schema.TEXT, place.depth + 1)

    def _standing(self, struct: Struct) -> Place:
        """The place, once all that it follows from is known."""
        if struct.kind == Kind.GC:
            return GONE
        beside = struct.left or struct.right
        if beside is not None:
            row = self._row_of(beside)
            new = self._new(beside) if row is None else None
            return row.at(beside[1]) if row else self.found[new.client, new.clock]  # type: ignore[union-attr]
        if isinstance(struct.parent, str):
            return Place(schema.BODY, 0, struct.name)
        return self._in(struct.parent, struct.name) if struct.parent else GONE

    def _in(self, parent: Id, name: str | None) -> Place:
        """The place within a node that is named by its id."""
        node = self.verdict.nodes.get(parent) or self.known.nodes.get(parent)
        if node is not None:
            return Place(node.tag, node.depth, name)
        row = self._row_of(parent)
        if row is None:
            holds = self._new(parent).kind in (Kind.TYPE, Kind.DELETED, Kind.GC)
        else:
            holder = row.at(parent[1])
            holds = holder.tag != schema.TEXT and holder.name is None
        if not holds:
            raise Refusal("schema", "in what holds nothing")
        # what is deleted takes nothing up any more: what is put into it is nowhere
        return GONE

    def _stands(self, struct: Struct, place: Place) -> None:
        """Whether this content may stand there."""
        if place.gone or struct.kind in (Kind.GC, Kind.DELETED):
            return
        if place.name is not None:
            _as_attribute(struct, place)
        elif struct.kind == Kind.TYPE:
            kind, tag = struct.content
            if (tag if kind == ELEMENT else schema.TEXT) not in schema.CHILDREN[place.tag]:
                raise Refusal("schema", f"{tag or 'text'} in {place.tag}")
            if place.depth >= schema.DEPTH and kind == ELEMENT:
                raise Refusal("schema", "nested too deep")
        elif place.tag != schema.TEXT or struct.kind == Kind.ANY:
            raise Refusal("schema", f"{struct.kind.name.lower()} in {place.tag}")


def _is_type(kind: int, tag: str) -> bool:
    return kind == TEXT or (kind == ELEMENT and tag in schema.CHILDREN and tag not in (schema.BODY, schema.TEXT))


def _as_attribute(struct: Struct, place: Place) -> None:
    name: Any = place.name
    values = struct.content
    if struct.kind != Kind.ANY or name not in schema.ATTRIBUTES[place.tag]:
        raise Refusal("schema", f"attribute {name[:40]}")
    if not all(schema.is_attribute(name, value) for value in values):
        raise Refusal("schema", f"value of {name}")
