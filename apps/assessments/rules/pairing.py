"""Two texts side by side: which of their parts belong together, and what differs in them word by word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from apps.rifc.rules import differences

ALIKE = 0.55
"""From here on two judgements are the same one in other words, 0 to 1. Portal rule: a display only."""

Pieces = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Side:
    """A part before and after: pieces (kind, text), `kind` same, removed (left) or added (right). Empty: not there."""

    kind: str
    left: Pieces
    right: Pieces


def side(before: str | None, after: str | None) -> Side:
    """A part before and after; None where it was not there, or is not any more."""
    pieces = differences.words(before or "", after or "")
    left = [(kind, text) for kind, text in pieces if kind != differences.ADDED]
    right = [(kind, text) for kind, text in pieces if kind != differences.REMOVED]
    if before is None or after is None:
        return Side("added" if before is None else "removed", left, right)
    return Side("same" if before == after else "changed", left, right)


def lined(before: Sequence[str], after: Sequence[str]) -> list[Side]:
    """Paragraphs of two texts side by side, in reading order."""
    found: list[Side] = []
    for kind, i, j, k, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        both = zip(before[i:j], after[k:n], strict=True) if kind == "equal" else zip_longest(before[i:j], after[k:n])
        found += [side(old, new) for old, new in both]
    return found


def paired[T](
    before: Sequence[T], after: Sequence[T], alike: Callable[[T, T], float]
) -> list[tuple[T | None, T | None]]:
    """(old, new) of what is most alike first, at least ALIKE; in the order of the new ones, what has gone last."""
    scores = [(alike(old, new), i, k) for i, old in enumerate(before) for k, new in enumerate(after)]
    found: dict[int, int] = {}
    for score, i, k in sorted(scores, key=lambda one: (-one[0], one[1], one[2])):
        if score >= ALIKE and k not in found and i not in found.values():
            found[k] = i
    pairs: list[tuple[T | None, T | None]] = [
        (before[found[k]] if k in found else None, new) for k, new in enumerate(after)
    ]
    return [*pairs, *((old, None) for i, old in enumerate(before) if i not in found.values())]


def similar(one: str, two: str) -> float:
    """How alike two texts are by their words, 0 to 1. Source: Ratcliff and Metzener 1988, as in difflib."""
    return SequenceMatcher(None, one.lower().split(), two.lower().split(), autojunk=False).ratio()
