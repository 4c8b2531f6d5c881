"""What a seat lets a person see and do, in words: for his page, and before and after an appointment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.doors import REGISTRY, open_to
from apps.people.queries import actor_at

Areas = Callable[[Actor], list[str]]
_areas: list[Areas] = []


def name_areas(areas: Areas) -> None:
    """Say which pages of the rail a seat has; the frame does, which stands above this app."""
    _areas[:] = [areas]


@dataclass(frozen=True, slots=True)
class Right:
    """Because he holds this seat: pages, what he may begin there, and up to which level he reads."""

    seat: Any
    level: int
    cap: int
    areas: list[str]
    begins: list[tuple[str, list[str]]]

    @property
    def capped(self) -> bool:
        """Whether the desk, and not the person's clearance, sets the level."""
        return self.cap < int(self.seat.user.clearance)


def right(seat: Any) -> Right:
    """What a seat, saved or only asked for, lets its person see and do. No query if desk and person are loaded."""
    actor = actor_at(seat)
    areas = [name for named in _areas for name in named(actor)]
    return Right(seat, actor.clearance, seat.desk.function.max_level, areas, _begins(actor))


def _begins(actor: Actor) -> list[tuple[str, list[str]]]:
    """[(room, what may be begun there)] by the policies of the declared actions that create something."""
    found: dict[str, list[str]] = {}
    for spec in REGISTRY.values():
        if spec.creates and not spec.automatic and open_to(actor, spec) and spec.policy(actor, None):
            labels = found.setdefault(str(spec.model._meta.app_config.verbose_name), [])
            if str(spec.label) not in labels:
                labels.append(str(spec.label))
    return sorted(found.items())


@dataclass(frozen=True, slots=True)
class Change:
    """What a new seat adds to those that a person holds already. Two seats are never added together."""

    before: list[Right]
    after: Right

    @property
    def new_areas(self) -> list[str]:
        """Pages that none of the present seats has."""
        known = {area for one in self.before for area in one.areas}
        return [area for area in self.after.areas if area not in known]

    @property
    def higher(self) -> bool:
        """Whether the person reads a higher level there than from any of his seats."""
        return self.after.level > max((one.level for one in self.before), default=0)
