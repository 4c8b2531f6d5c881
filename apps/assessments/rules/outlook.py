"""The threat matrix: what judgements that hold on a day say of each threat in each State, and how that has changed.

A cell is the most likely of its judgements, by the middle of the band: likelihood, not harm. Portal rule.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.assessments.rules import yardsticks

REGION = ""
"""In place of a State: the whole region, and judgements that name none."""

NEW, UP, DOWN, SAME, GONE, NONE = "new", "up", "down", "same", "gone", "none"


@dataclass(frozen=True, slots=True)
class Period:
    """A half year: `2026-H2`."""

    code: str
    first: datetime.date
    last: datetime.date


def period_of(day: datetime.date) -> Period:
    """The half year of a day."""
    if day.month <= 6:
        return Period(f"{day.year}-H1", datetime.date(day.year, 1, 1), datetime.date(day.year, 6, 30))
    return Period(f"{day.year}-H2", datetime.date(day.year, 7, 1), datetime.date(day.year, 12, 31))


def periods(first: datetime.date, last: datetime.date, most: int) -> list[Period]:
    """Half years from that of one day to that of another, oldest first; the newest `most` of them."""
    found = [period_of(last)]
    while found[0].first > first and len(found) < most:
        found.insert(0, period_of(found[0].first - datetime.timedelta(days=1)))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A released judgement as the matrix counts it: from `since` on, before `ended`, until its date has come."""

    row: Any
    threat: str
    states: tuple[str, ...]
    band: yardsticks.Band | None
    place: int
    since: datetime.date
    ended: datetime.date | None
    until: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether it stands on a day."""
        begun = self.since <= day and (self.ended is None or self.ended > day)
        return begun and (self.until is None or self.until >= day)


def place_of(yardstick: str, term: str) -> tuple[yardsticks.Band | None, int]:
    """(band, place on the yardstick from 1); (None, 0) for a statement of the present."""
    band = yardsticks.band_of(yardstick, term)
    if band is None:
        return None, 0
    scale = yardsticks.scale(yardstick)
    return band, 1 + next(n for n, one in enumerate(scale) if (one.low, one.high) == (band.low, band.high))


@dataclass(frozen=True, slots=True)
class Cell:
    """What is judged of a threat in a State: how many judgements, the most likely one, and the way since before."""

    judgements: int
    band: yardsticks.Band | None
    place: int
    trend: str


EMPTY = Cell(0, None, 0, NONE)
Cells = dict[tuple[str, str], Cell]


def cells(said: Sequence[Said], day: datetime.date, before: datetime.date) -> Cells:
    """{(threat, State): cell} on a day, with the way since another; what has gone since then is there, as gone."""
    now, then = _held(said, day), _held(said, before)
    return {key: _cell(now.get(key, []), then.get(key, [])) for key in now | then}


def _held(said: Iterable[Said], day: datetime.date) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        if one.holds(day):
            for state in (REGION, *one.states):
                found.setdefault((one.threat, state), []).append(one)
    return found


def _cell(now: Sequence[Said], then: Sequence[Said]) -> Cell:
    top, was = highest(now), highest(then)
    if not now:
        return Cell(0, None, 0, GONE)
    if not then:
        trend = NEW
    else:
        step = _middle(top) - _middle(was)
        trend = UP if step > 0 else DOWN if step < 0 else SAME
    return Cell(len(now), top.band if top else None, top.place if top else 0, trend)


def highest(said: Iterable[Said]) -> Said | None:
    """The most likely of several; None where none of them has a likelihood."""
    return max((one for one in said if one.band), key=_middle, default=None)


def _middle(one: Said | None) -> float:
    return (one.band.low + one.band.high) / 2 if one and one.band else 0.0


def history(
    said: Iterable[Said], threat: str, state: str, days: Iterable[datetime.date]
) -> Iterator[tuple[datetime.date, int, Said | None]]:
    """(day, how many judgements held, the most likely) of a threat in a State, day by day."""
    mine = [one for one in said if one.threat == threat and (state == REGION or state in one.states)]
    for day in days:
        held = [one for one in mine if one.holds(day)]
        yield day, len(held), highest(held)
