"""A day's walk over the chains: what is new, and of what was walked before as much as a day bears.

While all chains together are shorter than A_DAY, each walk is over the whole. Longer ones are walked in rounds of
several days: new entries the day that they are written, older ones in turn, where the day before stopped.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.audit.queries import break_between, cut_chains, heads
from apps.oversight.models import ChainWalk
from apps.oversight.queries.anchors import sees_all_chains

A_DAY = 2_000_000
"""Entries of one walk: half a minute (60,000 a second on two shared cores), of the five that a task may take."""
AT_ONCE = 20_000
"""Entries of one statement: so long the database works, and so much it holds in memory."""
CUT = "records at the end of the chain are missing"

Part = tuple[str, int, int]
"""(chain, first number, last number)."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk did and found; see the fields of ChainWalk."""

    entries: int
    marks: dict[str, int]
    resume: list[Any] | None
    breaks: list[list[Any]]

    @property
    def whole(self) -> bool:
        """Whether the round is finished."""
        return self.resume is None


def walk(before: ChainWalk | None) -> Walked:
    """Compute seals anew, beginning with what did not fit at the walk before."""
    ends = {head.stream: head.seq for head in heads()}
    marks: dict[str, int] = dict(before.marks) if before else {}
    new = list(_cut([(stream, marks.get(stream, 0) + 1, end) for stream, end in sorted(ends.items())], A_DAY))
    left = A_DAY - _length(new)
    spans = _from([(stream, 1, mark) for stream, mark in sorted(marks.items())], before.resume if before else None)
    old = list(_cut(spans, left))
    again = [(stream, seq, seq) for stream, seq, _reason in before.breaks] if before else []
    breaks = _breaks([*again, *new, *old])
    for stream, seq in (_shorter(ends, marks) | cut_chains()).items():
        breaks.setdefault(stream, (seq, CUT))
    resume = None if _length(old) == _length(spans) else _after(old, spans)
    return Walked(
        _length([*new, *old]),
        marks | {stream: last for stream, _first, last in new},
        resume,
        [[stream, *breaks[stream]] for stream in sorted(breaks)],
    )


def _cut(spans: Iterable[Part], most: int) -> Iterator[Part]:
    """The spans in parts of AT_ONCE entries, up to `most` entries."""
    for stream, begin, end in spans:
        first = begin
        while first <= end and most > 0:
            last = min(end, first + min(AT_ONCE, most) - 1)
            yield stream, first, last
            most -= last - first + 1
            first = last + 1


def _length(parts: Iterable[Part]) -> int:
    return sum(max(last - first + 1, 0) for _stream, first, last in parts)


def _from(spans: list[Part], resume: list[Any] | None) -> list[Part]:
    """The spans from a place on."""
    if resume is None:
        return spans
    stream, seq = resume
    return [(name, max(first, seq) if name == stream else first, last) for name, first, last in spans if name >= stream]


def _after(parts: list[Part], spans: list[Part]) -> list[Any]:
    """The place behind the last part."""
    if not parts:
        return [*spans[0][:2]]
    stream, _first, last = parts[-1]
    return [stream, last + 1]


def _breaks(parts: Iterable[Part]) -> dict[str, tuple[int, str]]:
    """{chain: (number, reason)} of the first break of each."""
    found: dict[str, tuple[int, str]] = {}
    for stream, first, last in parts:
        if one := break_between(stream, first, last):
            found[stream] = min(one, found.get(stream, one))
    return found


def _shorter(ends: dict[str, int], marks: dict[str, int]) -> dict[str, int]:
    """{chain: its last number} of chains that once were longer."""
    return {stream: ends.get(stream, 0) for stream, mark in marks.items() if ends.get(stream, 0) < mark}


def last_walk() -> Any:
    """The newest walk, or None."""
    return ChainWalk.objects.order_by("-day").first()


def walked(day: datetime.date) -> bool:
    """Whether the chains were walked on a day."""
    return ChainWalk.objects.filter(day=day).exists()


def own_breaks(row: Any, actor: Actor) -> list[list[Any]]:
    """What did not fit of the chains that the desk may see: its party's, or all."""
    return [one for one in row.breaks if one[0] == actor.party_code or sees_all_chains(actor)]
