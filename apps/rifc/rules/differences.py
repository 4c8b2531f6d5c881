"""Two texts word by word, and two lists of paragraphs by the ids that they keep."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

SAME, ADDED, REMOVED = "same", "added", "removed"
LONGEST = 6000
"""Words beyond which a text counts as replaced: the comparison grows with the product of the lengths."""

_WORD = re.compile(r"[\w'’-]+\s*|[^\w\s]\s*|\s+")


def words(before: str, after: str) -> list[tuple[str, str]]:
    """(kind, text) in reading order; same and removed together are `before`, same and added `after`."""
    ours, theirs = _WORD.findall(before), _WORD.findall(after)
    if before == after:
        return [(SAME, before)] if before else []
    if max(len(ours), len(theirs)) > LONGEST:
        return [(kind, text) for kind, text in ((REMOVED, before), (ADDED, after)) if text]
    pieces: list[tuple[str, str]] = []
    for kind, i, j, k, n in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((SAME, "".join(ours[i:j])))
            continue
        pieces += [(REMOVED, "".join(ours[i:j]))] if j > i else []
        pieces += [(ADDED, "".join(theirs[k:n]))] if n > k else []
    return pieces


def paired(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[Any, Any]]:
    """(old, new) paragraphs with the same `pid`, in the order of the new ones; what is gone comes last."""
    old = {row.pid: row for row in before}
    pairs = [(old.pop(row.pid, None), row) for row in after]
    return [*pairs, *((row, None) for row in old.values())]
