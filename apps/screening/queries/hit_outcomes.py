"""What became of hits, as the apps that work on them tell it: screening itself knows no hit."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.manifest import registry

RIGHT, WRONG, OPEN, UNKNOWN = "right", "wrong", "open", "unknown"
"""The listed person; somebody else; not settled yet; settled without saying who it was."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Hits on persons that the actor sees, at or above each of `cuts`, by what is known of them.

    `travellers`: those compared on the journeys that they see, in the same time.
    """

    cuts: tuple[float, ...]
    counts: dict[str, tuple[int, ...]]
    travellers: int

    @property
    def right(self) -> int:
        """Hits that were the listed person."""
        return max(self.counts[RIGHT], default=0)

    @property
    def wrong(self) -> int:
        """Hits that were somebody else."""
        return max(self.counts[WRONG], default=0)

    def at(self, cut: float, what: str) -> int:
        """Hits of a kind at or above one of the cuts."""
        return self.counts[what][self.cuts.index(cut)]


@dataclass(frozen=True, slots=True)
class Count:
    """So many hits that share all this; `band` is the place of their score among the cuts that were asked for."""

    list_name: str
    party: str
    kind: str
    week: datetime.date
    matcher: str
    band: int
    verdict: str
    n: int


@dataclass(frozen=True, slots=True)
class Told:
    """Hits raised in a time that the actor sees, counted; and how long each act on them took, in minutes.

    `states`: (State of the journey, verdict) to hits; `took`: act to minutes since the raising; `late`: open hits
    whose answer is overdue, as (id, reference, list, due), the oldest first; `kept_down`: dismissed by clearances.
    """

    counts: list[Count]
    states: dict[tuple[str, str], int]
    took: dict[str, list[float]]
    late: list[tuple[Any, ...]]
    kept_down: int


@dataclass(frozen=True, slots=True)
class Room:
    """An app that works on hits, by what it tells: `feedback` in two queries at most, `report` in four."""

    feedback: Callable[[Actor, Sequence[float]], Feedback]
    report: Callable[[Actor, datetime.datetime, datetime.datetime, Sequence[float]], Told]


def _room() -> Room:
    (room,) = registry.offered("screening.feedback").values()
    return room


def of(actor: Any, cuts: Sequence[float]) -> Feedback:
    """The feedback at these thresholds, each once and rising."""
    return _room().feedback(actor, sorted(set(cuts)))


def told(actor: Any, first: datetime.datetime, until: datetime.datetime, cuts: Sequence[float]) -> Told:
    """What was raised from `first` to before `until`, in bands between the cuts (rising)."""
    return _room().report(actor, first, until, cuts)
