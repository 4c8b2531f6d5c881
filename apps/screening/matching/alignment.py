"""Which token of one name stands for which token of the other."""

from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from .names import UNKNOWN, Name, Part
from .spelling import TITLES, Nearness, Token, nearness

CROSSED = "X"  # a surname on one side that is a given name on the other
_SAME_PLACE = 0.02


class Agreement(NamedTuple):
    """Two tokens that stand for each other; `role` is S, G, `?`, or CROSSED."""

    ours: Token
    theirs: Token
    role: str
    nearness: Nearness


class Alignment(NamedTuple):
    """The agreeing tokens, best first, and what is left over on either side."""

    agreed: list[Agreement]
    ours_left: list[Part]
    theirs_left: list[Part]
    ours: tuple[Part, ...] = ()
    theirs: tuple[Part, ...] = ()


def align(a: Name, b: Name) -> Alignment:
    """Match the tokens of two names one to one, the nearest first; a token once used does not match again."""
    ours, theirs = a.core, b.core
    if ours is theirs or ours == theirs:
        return Alignment([Agreement(t, t, role, t.equal) for t, role in ours], [], [], ours, theirs)
    if a.longest >= b.shortest_join - 1:
        ours = _unglued(a, b)
    if b.longest >= a.shortest_join - 1:
        theirs = _unglued(b, a)
    return _greedy(ours, theirs)


def _greedy(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> Alignment:
    agreed, ours_left, theirs_left = _equal(ours, theirs)
    if not ours_left or not theirs_left:
        return Alignment(agreed, ours_left, theirs_left, ours, theirs)
    chances = []
    for i, (x, x_role) in enumerate(ours_left):
        for j, (y, y_role) in enumerate(theirs_left):
            near = nearness(x, y)
            if near:
                rank = near.rank + _SAME_PLACE if x_role == y_role else near.rank
                chances.append((-rank, i, j, near))
    if not chances:
        return Alignment(agreed, ours_left, theirs_left, ours, theirs)
    chances.sort()
    ours_used, theirs_used = set(), set()
    for _, i, j, near in chances:
        if i not in ours_used and j not in theirs_used:
            ours_used.add(i)
            theirs_used.add(j)
            (x, x_role), (y, y_role) = ours_left[i], theirs_left[j]
            agreed.append(Agreement(x, y, _role(x_role, y_role), near))
    return Alignment(agreed, _without(ours_left, ours_used), _without(theirs_left, theirs_used), ours, theirs)


def _without(parts: list[Part], used: set[int]) -> list[Part]:
    return [part for i, part in enumerate(parts) if i not in used]


def _equal(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> tuple[list[Agreement], list[Part], list[Part]]:
    """Pair off equal tokens, those of one role before those of two; with what is left on either side."""
    agreed, theirs_left, left = [], list(theirs), []
    for part in ours:
        if part in theirs_left:
            theirs_left.remove(part)
            agreed.append(Agreement(part[0], part[0], part[1], part[0].equal))
        else:
            left.append(part)
    ours_left = []
    for part in left:
        other = next((other for other in theirs_left if other[0] is part[0]), None)
        if other:
            theirs_left.remove(other)
            agreed.append(Agreement(part[0], part[0], _role(part[1], other[1]), part[0].equal))
        else:
            ours_left.append(part)
    return agreed, ours_left, theirs_left


def _role(ours: str, theirs: str) -> str:
    if ours == theirs or theirs == UNKNOWN:
        return ours
    return theirs if ours == UNKNOWN else CROSSED


def _unglued(a: Name, b: Name) -> tuple[Part, ...]:
    """The tokens of `a`, those that are neighbouring tokens of `b` run together taken apart again."""
    known = {t for t, _ in b.parts}
    least = max(4, b.shortest_join - 1)
    parts: list[Part] = []
    changed = False
    for part in a.parts:
        pieces = _pieces(part[0].text, b.parts) if len(part[0].text) >= least and part[0] not in known else ()
        parts.extend([(t, part[1]) for t in pieces] or [part])
        changed = changed or bool(pieces)
    if not changed:
        return a.core
    return tuple([part for part in parts if not part[0].particle]) or tuple(parts)


def _pieces(text: str, parts: tuple[Part, ...]) -> tuple[Token, ...]:
    """Two to four neighbouring tokens that `text` runs together, perhaps with a title and, if long, a typing error."""
    for count in range(2, min(4, len(parts)) + 1):
        for start in range(len(parts) - count + 1):
            run = parts[start : start + count]
            if _is_run(text, "".join([t.text for t, _ in run])):
                return tuple([t for t, _ in run])
    return ()


def _is_run(text: str, joined: str) -> bool:
    surplus = len(text) - len(joined)
    if surplus < -1 or surplus > 4:
        return False
    if surplus > 1 and not text.endswith(TITLES):
        return False
    if text == joined or (text.startswith(joined) and text[len(joined) :] in TITLES):
        return True
    if len(joined) < 7:
        return False
    if abs(surplus) < 2 and DamerauLevenshtein.distance(text, joined, score_cutoff=1) == 1:
        return True
    return any(
        text.endswith(title) and DamerauLevenshtein.distance(text[: -len(title)], joined, score_cutoff=1) == 1
        for title in TITLES
    )
