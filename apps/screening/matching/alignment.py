"""Which token of one name stands for which token of the other."""

from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from .making import maker
from .names import UNKNOWN, Name, Part
from .spelling import TITLES, Nearness, Token, least_edits, nearness, token

CROSSED = "X"  # a surname on one side that is a given name on the other
_SAME_PLACE = 0.02
LONGEST_TITLE = 4
LEAST_WITH_AN_ERROR, LEAST_WITH_TWO = 7, 10
"""Letters of names run together that may hold a typing error, or two."""


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


_agreement = maker(Agreement)
_alignment = maker(Alignment)


def align(a: Name, b: Name) -> Alignment:
    """Match the tokens of two names one to one, the nearest first; a token once used does not match again."""
    ours, theirs = a.core, b.core
    if ours is theirs or ours == theirs:
        return _alignment(([_agreement((t, t, role, t.equal)) for t, role in ours], [], [], ours, theirs))
    if a.longest >= b.shortest_join - 1 or a.letters:
        ours = _unglued(a, b)
    if b.longest >= a.shortest_join - 1 or b.letters:
        theirs = _unglued(b, a)
    agreed: list[Agreement] = []
    ours_left, theirs_left = _equal(ours, theirs, agreed)
    if ours_left and theirs_left:
        chances = []
        for i, (x, x_role) in enumerate(ours_left):
            known = x.near
            for j, (y, y_role) in enumerate(theirs_left):
                near = known[y] if y in known else nearness(x, y)
                if near:
                    rank = near.rank + _SAME_PLACE if x_role == y_role else near.rank
                    chances.append((-rank, i, j, near))
        if chances:
            ours_left, theirs_left = _nearest(chances, ours_left, theirs_left, agreed)
    return _alignment((agreed, ours_left, theirs_left, ours, theirs))


def _nearest(
    chances: list[tuple[float, int, int, Nearness]],
    ours_left: list[Part],
    theirs_left: list[Part],
    agreed: list[Agreement],
) -> tuple[list[Part], list[Part]]:
    """Pair off the nearest tokens, adding to `agreed`; what is left on either side."""
    chances.sort()
    ours_used, theirs_used = set(), set()
    for _, i, j, near in chances:
        if i not in ours_used and j not in theirs_used:
            ours_used.add(i)
            theirs_used.add(j)
            (x, x_role), (y, y_role) = ours_left[i], theirs_left[j]
            agreed.append(_agreement((x, y, _role(x_role, y_role), near)))
    return _without(ours_left, ours_used), _without(theirs_left, theirs_used)


def _without(parts: list[Part], used: set[int]) -> list[Part]:
    return [part for i, part in enumerate(parts) if i not in used]


def _equal(ours: tuple[Part, ...], theirs: tuple[Part, ...], agreed: list[Agreement]) -> tuple[list[Part], list[Part]]:
    """Pair off equal tokens, those of one role before those of two, adding to `agreed`; what is left on either side."""
    theirs_left, left = list(theirs), []
    for part in ours:
        if part in theirs_left:
            theirs_left.remove(part)
            one = part[0]
            agreed.append(_agreement((one, one, part[1], one.equal)))
        else:
            left.append(part)
    ours_left = []
    for part in left:
        one = part[0]
        for other in theirs_left:
            if other[0] is one:
                theirs_left.remove(other)
                agreed.append(_agreement((one, one, _role(part[1], other[1]), one.equal)))
                break
        else:
            ours_left.append(part)
    return ours_left, theirs_left


def _role(ours: str, theirs: str) -> str:
    if ours == theirs or theirs == UNKNOWN:
        return ours
    return theirs if ours == UNKNOWN else CROSSED


def _unglued(a: Name, b: Name) -> tuple[Part, ...]:
    """The tokens of `a`, those that are neighbouring tokens of `b` run together taken apart again."""
    least = max(4, b.shortest_join - 1)
    taken_apart = {}
    for one, _role_of in a.parts:
        if one.initials:
            pieces = _initials_of(one, b.parts)
            if pieces:
                taken_apart[one] = pieces
        elif one.size >= least and all([one is not other for other, _ in b.parts]):
            pieces = _pieces(one, b.parts)
            if pieces:
                taken_apart[one] = pieces
    if not taken_apart:
        return a.core
    parts = [(piece, role) for one, role in a.parts for piece in taken_apart.get(one, (one,))]
    return tuple([part for part in parts if not part[0].particle]) or tuple(parts)


def _initials_of(one: Token, parts: tuple[Part, ...]) -> tuple[Token, ...]:
    """The letters of `one` apart, where they are the initials of neighbouring tokens: JC of Jean Claude."""
    first = "".join([t.text[0] for t, _ in parts])
    return tuple(map(token, one.text)) if one.text in first and all(one is not t for t, _ in parts) else ()


def _pieces(one: Token, parts: tuple[Part, ...]) -> tuple[Token, ...]:
    """Two to four neighbouring tokens that `one` runs together, perhaps with a title and, if long, a typing error."""
    size, titled = one.size, one.text.endswith(TITLES)
    for joined, length, run, known in _joins(parts):
        surplus = size - length
        if titled:
            if -1 <= surplus <= LONGEST_TITLE + 2 and _is_run(one.text, joined):
                return run
        elif -1 <= surplus <= 2 and least_edits(one.letters, known) <= 2 and _is_run(one.text, joined):
            return run
    return ()


@lru_cache(100_000)
def _joins(parts: tuple[Part, ...]) -> list[tuple[str, int, tuple[Token, ...], int]]:
    """Runs of two to four neighbouring tokens: as they look without spaces, the length of that, they, its letters."""
    found = []
    for count in range(2, min(4, len(parts)) + 1):
        for start in range(len(parts) - count + 1):
            run = tuple([t for t, _ in parts[start : start + count]])
            joined = "".join([t.text for t in run])
            found.append((joined, len(joined), run, reduce(or_, [t.letters for t in run])))
    return found


def _is_run(text: str, joined: str) -> bool:
    """Whether `text` is `joined`, give or take a title and an error; they differ by one letter less to four more."""
    surplus, titled = len(text) - len(joined), text.endswith(TITLES)
    if surplus > 2 and not titled:
        return False
    if text == joined or (titled and text.startswith(joined) and text[len(joined) :] in TITLES):
        return True
    if len(joined) < LEAST_WITH_AN_ERROR:
        return False
    most = 2 if len(joined) >= LEAST_WITH_TWO else 1
    if abs(surplus) <= most and DamerauLevenshtein.distance(text, joined, score_cutoff=most) <= most:
        return True
    return titled and any(
        text.endswith(title) and DamerauLevenshtein.distance(text[: -len(title)], joined, score_cutoff=most) <= most
        for title in TITLES
    )
