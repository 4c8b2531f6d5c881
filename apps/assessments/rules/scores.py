"""How judgements are scored once it is known what became of them: Brier score and calibration.

A judgement is a forecast with the middle of its band. Source: Brier 1950, "Verification of forecasts expressed in
terms of probability", in its form for one event: the mean of (forecast - outcome) squared, 0 at best, 1 at worst.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.assessments.rules.yardsticks import Band

VALUES = {"occurred": 1.0, "partly": 0.5, "did_not": 0.0}
"""What an outcome counts as; half for what came about in part. Portal rule."""

COIN = 0.25
"""The score of somebody who always says 50 %."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A judgement of which it is known what became: its band, what came of it (0 to 1), and whose it was."""

    row: Any
    band: Band
    value: float
    body: str
    states: tuple[str, ...]
    threat: str
    period: str

    @property
    def forecast(self) -> float:
        """The middle of its band, 0 to 1."""
        return (self.band.low + self.band.high) / 200

    @property
    def error(self) -> float:
        """The square of how far the forecast was off, 0 to 1."""
        return (self.forecast - self.value) ** 2


@dataclass(frozen=True, slots=True)
class Group:
    """Scored judgements that have something in common: how many, their Brier score, how often it came about."""

    key: str
    n: int
    brier: float
    came: float


def brier(scored: Sequence[Scored]) -> float | None:
    """The Brier score; None of nothing."""
    return sum(one.error for one in scored) / len(scored) if scored else None


def grouped(scored: Iterable[Scored], keys: Callable[[Scored], Iterable[str]]) -> list[Group]:
    """Groups by what `keys` gives of each, in the order of the keys; one judgement may stand in several."""
    found: dict[str, list[Scored]] = {}
    for one in scored:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return [_group(key, rows) for key, rows in sorted(found.items())]


def _group(key: str, rows: Sequence[Scored]) -> Group:
    n = len(rows)
    return Group(key, n, sum(one.error for one in rows) / n, sum(one.value for one in rows) / n)


@dataclass(frozen=True, slots=True)
class Bin:
    """What was judged with one band, and how often it came about."""

    band: Band
    n: int
    came: float

    @property
    def within(self) -> bool:
        """Whether what came about lies in the band."""
        return self.band.low <= 100 * self.came <= self.band.high


def calibration(scored: Iterable[Scored]) -> list[Bin]:
    """Judgements by their band, the least likely first."""
    found: dict[tuple[int, int], list[Scored]] = {}
    for one in scored:
        found.setdefault((one.band.low, one.band.high), []).append(one)
    return [
        Bin(rows[0].band, len(rows), sum(one.value for one in rows) / len(rows)) for _key, rows in sorted(found.items())
    ]
