"""What follows when a date moves, when enough answers are in, and whether work waits for itself.

Calendar days, both ends included. A proposal changes nothing: people accept it, all or some of it (task machine,
invariant 3). Portal rule, to be confirmed by the organ.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FS, SS, FF = KINDS = ("FS", "SS", "FF")
"""The successor starts after the end, not before the start, or ends not before the end of what it waits for."""

NEEDS_EXTENSION, ALREADY_STARTED = "NEEDS_EXTENSION", "ALREADY_STARTED"
WAITING, READY_COUNT, READY_DATE = "WAITING", "READY_COUNT", "READY_DATE"

Key = Hashable


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a piece of work, both of them in it; never the wrong way round (ValueError)."""

    start: date
    due: date

    def __post_init__(self) -> None:
        if self.due < self.start:
            raise ValueError(f"{self.due} lies before {self.start}.")

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.due - self.start).days + 1

    def begun(self, start: date) -> "Span":
        """The same duration from another day on."""
        return Span(start, start + (self.due - self.start))


@dataclass(frozen=True, slots=True)
class Item:
    """A task, or a State's action, with its dates.

    `clause_due` is the day that the clause sets, which only an extension moves. `over` says that the work is done or
    given up: it moves no more. Without a span it cannot be reckoned with.
    """

    key: Key
    span: Span | None
    clause_due: date | None = None
    started: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`after` waits for `before`, with `lag` days between (negative: overlapping)."""

    before: Key
    after: Key
    kind: str = FS
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """One proposed move: from which span to which, because of which predecessor; `days_over` the clause's day."""

    key: Key
    old: Span
    new: Span
    because: Link
    flags: tuple[str, ...] = ()
    days_over: int = 0


def span_of(start: date | None, due: date | None) -> Span | None:
    """The span of two dates, of which one may be missing; None if both are, or if they are the wrong way round."""
    first, last = start or due, due or start
    return Span(first, last) if first and last and first <= last else None


def proposal(items: Sequence[Item], links: Iterable[Link], moves: Mapping[Key, Span]) -> list[Shift]:
    """The successors that have to move when `moves` come true, in the order of `items`.

    A successor moves only if a predecessor that moved asks it to, by as much as all its predecessors ask; its duration
    stays, and nothing is ever pulled forward. Links that close a circle are left out of account.
    """
    known = {item.key: item for item in items}
    before: dict[Key, list[Link]] = {}
    after: dict[Key, list[Link]] = {}
    for link in links:
        if link.before in known and link.after in known:
            before.setdefault(link.after, []).append(link)
            after.setdefault(link.before, []).append(link)
    spans = {key: item.span for key, item in known.items()} | dict(moves)
    moved, shifts = set(moves), {}
    for key in _downstream(after, moves):
        item, links_in = known[key], before.get(key, [])
        if key in moves or item.over or item.span is None:
            continue
        by_moved = _asked(item.span, [link for link in links_in if link.before in moved], spans)
        asked = _asked(item.span, links_in, spans)
        if by_moved and asked and by_moved[0] > item.span.start:
            shifts[key] = _shift(item, item.span, *asked)
            spans[key] = shifts[key].new
            moved.add(key)
    return [shifts[item.key] for item in items if item.key in shifts]


def _asked(span: Span, links: Iterable[Link], spans: Mapping[Key, Span | None]) -> tuple[date, Link] | None:
    """(the earliest start that all predecessors leave, the link that decides), or None if none has dates."""
    starts = [(start, link) for link in links if (start := _earliest(span, link, spans[link.before]))]
    return max(starts, key=lambda each: each[0], default=None)


def _earliest(span: Span, link: Link, before: Span | None) -> date | None:
    if before is None:
        return None
    lag = timedelta(days=link.lag)
    if link.kind == SS:
        return before.start + lag
    if link.kind == FF:
        return before.due + lag - (span.due - span.start)
    return before.due + timedelta(days=1) + lag


def _shift(item: Item, old: Span, start: date, link: Link) -> Shift:
    new = old.begun(start)
    over = (new.due - item.clause_due).days if item.clause_due else 0
    flags = ((NEEDS_EXTENSION,) if over > 0 else ()) + ((ALREADY_STARTED,) if item.started else ())
    return Shift(item.key, old, new, link, flags, max(over, 0))


def _downstream(after: Mapping[Key, Sequence[Link]], sources: Iterable[Key]) -> list[Key]:
    """All that waits for the sources, each after everything that it waits for among them."""
    order: list[Key] = []
    seen: set[Key] = set()
    for source in sources:
        if source not in seen:
            _visit(source, after, seen, order)
    return order[::-1]


def _visit(source: Key, after: Mapping[Key, Sequence[Link]], seen: set[Key], order: list[Key]) -> None:
    """Depth first without recursion; a key is put down when everything that waits for it has been."""
    seen.add(source)
    path: list[tuple[Key, Iterator[Link]]] = [(source, iter(after.get(source, ())))]
    while path:
        key, rest = path[-1]
        link = next((link for link in rest if link.after not in seen), None)
        if link is None:
            path.pop()
            order.append(key)
        else:
            seen.add(link.after)
            path.append((link.after, iter(after.get(link.after, ()))))


def chain(links: Iterable[tuple[Key, Key]], start: Key, goal: Key) -> tuple[Key, ...]:
    """The shortest way along (before, after) pairs from `start` to `goal`, both named; empty if there is none.

    A link from a to b closes a circle exactly if there is a way from b to a.
    """
    after: dict[Key, list[Key]] = {}
    for first, second in links:
        after.setdefault(first, []).append(second)
    came: dict[Key, Key] = {start: start}
    queue = deque([start])
    while queue:
        key = queue.popleft()
        if key == goal:
            return _back(came, start, goal)
        for following in after.get(key, ()):
            if following not in came:
                came[following] = key
                queue.append(following)
    return ()


def _back(came: Mapping[Key, Key], start: Key, goal: Key) -> tuple[Key, ...]:
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def circle(links: Iterable[tuple[Key, Key]]) -> tuple[Key, ...]:
    """A circle among (before, after) pairs, its first member repeated at the end; empty if there is none."""
    pairs = list(dict.fromkeys(links))
    waits: dict[Key, int] = {}
    after: dict[Key, list[Key]] = {}
    for first, second in pairs:
        waits.setdefault(first, 0)
        waits[second] = waits.get(second, 0) + 1
        after.setdefault(first, []).append(second)
    free = deque(key for key, count in waits.items() if count == 0)
    while free:
        key = free.popleft()
        del waits[key]
        for following in after.get(key, ()):
            waits[following] -= 1
            if waits[following] == 0:
                free.append(following)
    for first, second in pairs:
        if first in waits and second in waits and (way := chain(pairs, second, first)):
            return (first, *way)
    return ()


def readiness(n: int, threshold: int, met: int, or_on: date | None, today: date) -> str:
    """Whether a wait for States is over: `met` of `n` have submitted, `threshold` are needed, or the day has come.

    The count is looked at first, so that the reason told is the better one.
    """
    if met >= min(threshold, n):
        return READY_COUNT
    return READY_DATE if or_on is not None and today >= or_on else WAITING


def shrunk(n: int, threshold: int, gone: int) -> tuple[int, int]:
    """(n, threshold) after `gone` States have become not applicable: both fall together, the threshold not below 1."""
    left = max(n - gone, 0)
    return left, min(max(threshold - gone, 1), left)
