"""How far a round is, desk by desk: numbers for a drawing and the table beneath it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 200  # units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One desk: seats confirmed, to be changed, gone, and open; with the widths of the parts of its bar."""

    desk: str
    name: str
    kept: int
    changed: int
    gone: int
    open: int

    @property
    def all(self) -> int:
        """Seats of the desk in the round."""
        return self.kept + self.changed + self.gone + self.open

    @property
    def parts(self) -> Sequence[tuple[str, int, int]]:
        """[(kind, x, width)] from left to right, 200 units for the whole desk."""
        placed, x = [], 0
        for kind, count in (("ok", self.kept), ("warn", self.changed), ("bad", self.gone), ("mute", self.open)):
            width = round(WIDTH * count / self.all)
            placed.append((kind, x, width))
            x += width
        return placed


def by_desk(items: Iterable[Any]) -> list[Bar]:
    """A bar for each desk of the items, in the order in which they come."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for item in items:
        desk = item.seat.desk
        of = counts.setdefault((desk.code, desk.function.name), {"kept": 0, "changed": 0, "gone": 0, "open": 0})
        of[{"removed": "gone", "ended": "gone", "spared": "open"}.get(item.state, item.state)] += 1
    return [Bar(code, name, **of) for (code, name), of in counts.items()]
