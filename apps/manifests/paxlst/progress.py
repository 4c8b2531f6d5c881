"""How far the reading of a long file is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

STEP = 250
"""Rows between two words about it."""


def _nobody(_share: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells a share of 0 to 1; a part of the work tells its own shares between `first` and `last`."""

    say: Callable[[float], None] = _nobody
    first: float = 0.0
    last: float = 1.0

    def part(self, first: float, last: float) -> Telling:
        """For the part of this work that lies between two shares of it."""
        span = self.last - self.first
        return replace(self, first=self.first + first * span, last=self.first + last * span)

    def each[T](self, rows: Iterable[T], of: int) -> Iterator[T]:
        """The rows, telling as they go how many of `of` are done."""
        for number, row in enumerate(rows):
            if number % STEP == 0:
                self.say(self.first + (self.last - self.first) * min(1.0, number / max(1, of)))
            yield row


SILENT = Telling()
