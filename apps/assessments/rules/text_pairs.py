"""Two texts side by side: which of their parts belong together, and what differs in them word by word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Protocol

from apps.rifc.rules import differences

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


class Named(Protocol):
    """Something with a key."""

    pk: Any


def paired[T: Named](
    before: Sequence[T], after: Sequence[T], goes_on_from: Mapping[Any, Any]
) -> list[tuple[T | None, T | None]]:
    """(old, new) of what was named as going on from it; in the order of the new ones, what has no heir last.

    `goes_on_from` is the key of the old one by that of the new one. An old one may have several heirs.
    """
    known = {old.pk: old for old in before}
    pairs: list[tuple[T | None, T | None]] = [(known.get(goes_on_from.get(new.pk)), new) for new in after]
    named = {old.pk for old, _new in pairs if old is not None}
    return [*pairs, *((old, None) for old in before if old.pk not in named)]
