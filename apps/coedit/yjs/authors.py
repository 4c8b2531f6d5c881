"""Who wrote which letters: a document's whole state, and what each row of its log brought, by client and clock."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Any

from apps.coedit.yjs.structs import ELEMENT, Id, Kind, Struct, decode

Author = tuple[int, int]
"""(user, desk)"""


def letters(state: bytes, log: Iterable[tuple[Author, bytes]]) -> dict[str, Counter[Author]]:
    """{paragraph id: {author: letters of their that stand in it}}; a block without an id counts under "".

    Letters that no row of the log brought were there before it: their author is (0, 0).
    """
    written = _Written()
    for author, data in log:
        written.add(author, decode(data).structs)
    structs = decode(state).structs
    found: dict[str, Counter[Author]] = {}
    blocks = _Blocks(structs)
    for struct in structs:
        if struct.kind == Kind.STRING:
            counts = found.setdefault(blocks.pid_of(struct), Counter())
            counts.update(written.authors(struct))
    return found


class _Written:
    """Runs of clocks of each client, with who sent them."""

    def __init__(self) -> None:
        self.runs: dict[int, list[tuple[int, int, Author]]] = {}
        self.ends: dict[int, int] = {}

    def add(self, author: Author, structs: Iterable[Struct]) -> None:
        for one in structs:
            end = one.clock + one.length
            start = max(one.clock, self.ends.get(one.client, 0))
            if end > start:
                self.runs.setdefault(one.client, []).append((start, end, author))
                self.ends[one.client] = end

    def authors(self, struct: Struct) -> Counter[Author]:
        """Letters of a run by author."""
        runs = self.runs.get(struct.client, [])
        at = max(0, bisect_right(runs, struct.clock, key=lambda run: run[0]) - 1)
        counts: Counter[Author] = Counter()
        end = struct.clock + struct.length
        for start, stop, author in runs[at:]:
            if start >= end:
                break
            counts[author] += max(0, min(end, stop) - max(struct.clock, start))
        if struct.length > counts.total():
            counts[(0, 0)] += struct.length - counts.total()
        return counts


class _Blocks:
    """Parents of structs in a whole state, followed from neighbour to neighbour."""

    def __init__(self, structs: list[Struct]) -> None:
        self.by_client: dict[int, tuple[list[int], list[Struct]]] = {}
        for one in structs:
            clocks, held = self.by_client.setdefault(one.client, ([], []))
            clocks.append(one.clock)
            held.append(one)
        self.parents: dict[Id, tuple[Any, str | None]] = {}
        self.pids: dict[Id, str] = {}
        for one in structs:
            parent, name = self._parent(one)
            if one.kind == Kind.ANY and name == "pid" and isinstance(parent, tuple):
                self.pids[parent] = str(one.content[-1])

    def pid_of(self, struct: Struct) -> str:
        """The id of the block in which a run of text stands."""
        node, _ = self._parent(struct)
        while isinstance(node, tuple):
            if node in self.pids:
                return self.pids[node]
            holder = self._at(node)
            if holder.kind == Kind.TYPE and holder.content[0] == ELEMENT:
                return ""
            node, _ = self._parent(holder)
        return ""

    def _at(self, wanted: Id) -> Struct:
        clocks, held = self.by_client[wanted[0]]
        return held[bisect_right(clocks, wanted[1]) - 1]

    def _parent(self, struct: Struct) -> tuple[Any, str | None]:
        """(the parent's id, or its name, or None for what is gone; the attribute's name)."""
        chain = []
        while (struct.client, struct.clock) not in self.parents:
            chain.append((struct.client, struct.clock))
            beside = struct.left or struct.right
            if beside is None or struct.kind == Kind.GC:
                self.parents[chain[-1]] = (struct.parent, struct.name)
                break
            struct = self._at(beside)
        answer = self.parents[struct.client, struct.clock]
        self.parents.update(dict.fromkeys(chain, answer))
        return answer
