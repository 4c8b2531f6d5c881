"""Two texts word by word: what stayed, what was added, what was taken away."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"[\w'’-]+\s*|[^\w\s]\s*|\s+")
_SMALL = 400_000  # words of one side times words of the other that are compared directly
_LARGE = 4_000_000  # beyond this, without anything that stands once on either side, all counts as replaced

_RUNS = (1, 3, 6)  # lengths of the runs of words looked for as anchors

_Block = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and its kind: same, added or removed."""

    text: str
    kind: str


def compare_texts(old: str, new: str) -> list[Piece]:
    """The pieces of two texts in reading order, what was removed before what was added in its place.

    Joining the same and removed pieces gives `old`, the same and added ones `new`, blanks included. Paragraphs are
    aligned first, then the words inside changed paragraphs. Portal rule: a display only, which no vote or seal
    depends on.
    """
    pieces: list[Piece] = []
    ours, theirs = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    for kind, i, j, k, n in _blocks(ours, theirs):
        before, after = "".join(ours[i:j]), "".join(theirs[k:n])
        if kind == "replace":
            _words(pieces, before, after)
        else:
            _add(pieces, SAME if kind == "equal" else REMOVED, before)
            _add(pieces, ADDED, "" if kind == "equal" else after)
    return pieces


def changed(pieces: Sequence[Piece]) -> bool:
    """Whether the two texts differ at all."""
    return any(piece.kind != SAME for piece in pieces)


def _words(pieces: list[Piece], before: str, after: str) -> None:
    ours, theirs = _WORD.findall(before), _WORD.findall(after)
    for kind, i, j, k, n in _blocks(ours, theirs):
        _add(pieces, SAME if kind == "equal" else REMOVED, "".join(ours[i:j]))
        _add(pieces, ADDED, "" if kind == "equal" else "".join(theirs[k:n]))


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    if not text:
        return
    if pieces and pieces[-1].kind == kind:
        text = pieces.pop().text + text
    pieces.append(Piece(text, kind))


def _blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[_Block]:
    """Blocks (kind, i, j, k, n) of a[i:j] and b[k:n] that are equal, replace, delete or insert.

    Long texts are cut at words or runs of words that stand exactly once on either side (patience), so that the direct
    comparison, whose cost grows with the product of the lengths, only ever sees short stretches.
    """
    stack = [(0, len(a), 0, len(b))]
    while stack:
        i, j, k, n = stack.pop()
        head = _common(a, b, range(i, j), range(k, n))
        tail = _common(a, b, range(j - 1, i + head - 1, -1), range(n - 1, k + head - 1, -1))
        if head:
            yield "equal", i, i + head, k, k + head
        i, k, j, n = i + head, k + head, j - tail, n - tail
        anchors = _anchors(a, b, (i, j, k, n)) if (j - i) * (n - k) > _SMALL else []
        if tail:
            stack.append((j, j + tail, n, n + tail))
        if anchors:
            stack += reversed(list(_between(anchors, (i, j, k, n))))
        else:
            yield from _direct(a, b, (i, j, k, n))


def _common(a: Sequence[str], b: Sequence[str], ours: range, theirs: range) -> int:
    count = 0
    for x, y in zip(ours, theirs, strict=False):
        if a[x] != b[y]:
            break
        count += 1
    return count


def _direct(a: Sequence[str], b: Sequence[str], part: tuple[int, int, int, int]) -> Iterator[_Block]:
    i, j, k, n = part
    if i == j and k == n:
        return
    if i == j or k == n or (j - i) * (n - k) > _LARGE:
        yield "insert" if i == j else "delete" if k == n else "replace", i, j, k, n
        return
    matcher = SequenceMatcher(None, a[i:j], b[k:n], autojunk=False)
    for kind, x, y, u, v in matcher.get_opcodes():
        yield kind, i + x, i + y, k + u, k + v


def _anchors(a: Sequence[str], b: Sequence[str], part: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Places (in a, in b) of what stands once on either side, the longest run of them that keeps both orders.

    Single words are tried first, then runs of words, for texts in which every word comes again.
    """
    pairs: list[tuple[int, int]] = []
    for length in _RUNS:
        pairs = pairs or _unique_pairs(a, b, part, length)
    ends: list[int] = []
    chain: list[tuple[int, int]] = []  # (index of the pair, index in the chain of its predecessor)
    tips: list[int] = []
    for number, (_, y) in enumerate(pairs):
        at = bisect_left(ends, y)
        chain.append((number, tips[at - 1] if at else -1))
        ends[at : at + 1] = [y]
        tips[at : at + 1] = [number]
    found = []
    link = tips[-1] if tips else -1
    while link >= 0:
        number, link = chain[link]
        found.append(pairs[number])
    return found[::-1]


def _unique_pairs(
    a: Sequence[str], b: Sequence[str], part: tuple[int, int, int, int], length: int
) -> list[tuple[int, int]]:
    i, j, k, n = part
    ours = [tuple(a[x : x + length]) for x in range(i, j - length + 1)]
    theirs = [tuple(b[y : y + length]) for y in range(k, n - length + 1)]
    here, there = Counter(ours), Counter(theirs)
    place = {run: y for y, run in enumerate(theirs, k) if there[run] == 1}
    return [(x, place[run]) for x, run in enumerate(ours, i) if here[run] == 1 and run in place]


def _between(
    anchors: Sequence[tuple[int, int]], part: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that begin at each anchor and end at the next; the first one begins at the start of the part."""
    i, j, k, n = part
    for x, y in [*anchors, (j, n)]:
        if (x, y) != (i, k):
            yield i, x, k, y
        i, k = x, y
