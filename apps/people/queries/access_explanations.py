"""What a seat lets a person see and do, in words: for their page, and before and after an act on their account."""

from dataclasses import dataclass, field
from typing import Any

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, may_begin
from apps.access.manifest import registry
from apps.people.queries import actor_at
from apps.people.queries.seat_additions import Additions, seat_additions


@dataclass(frozen=True, slots=True)
class Right:
    """Because they hold this seat: pages, what they may begin there, and up to which level they read."""

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
    areas = [area for areas_of in registry.offered("people.areas").values() for area in areas_of(actor)]
    return Right(seat, actor.clearance, seat.desk.function.max_level, areas, _begins(actor))


def _begins(actor: Actor) -> list[tuple[str, list[str]]]:
    """[(room, what may be begun there)] by the policies of the declared actions that create something."""
    found: dict[str, list[str]] = {}
    for spec in REGISTRY.values():
        if spec.creates and not spec.automatic and may_begin(actor, spec):
            labels = found.setdefault(str(spec.model._meta.app_config.verbose_name), [])
            if str(spec.label) not in labels:
                labels.append(str(spec.label))
    return sorted(found.items())


@dataclass(frozen=True, slots=True)
class Change:
    """What a person sees from their seats, from the one that comes (`after`), and what goes with the one that ends.

    Two seats are never added together. A seat that stays and gets another level is both before and after.
    """

    before: list[Right]
    after: Right | None = None
    leaves: Right | None = None
    added: Additions | None = None

    def adds(self) -> Additions | None:
        """What the seat that comes would add to what the present ones show; None where none comes."""
        if self.after is None or self.added is not None:
            return self.added
        return seat_additions(self.after.seat, [one.seat for one in self.before])

    @property
    def new_areas(self) -> list[str]:
        """Pages that none of the present seats has."""
        known = {area for one in self.before for area in one.areas}
        return [area for area in self.after.areas if area not in known] if self.after else []

    @property
    def higher(self) -> bool:
        """Whether the person reads a higher level there than from any seat that they have."""
        return bool(self.after and self.before and self.after.level > max(one.level for one in self.before))

    @property
    def stays(self) -> list[Right]:
        """The seats of now that they keep."""
        return [one for one in self.before if self.leaves is None or one.seat.pk != self.leaves.seat.pk]

    @property
    def lost_areas(self) -> list[str]:
        """Pages that they have from the seat that ends and from no other one afterwards."""
        rest = [*self.stays, *([self.after] if self.after else [])]
        kept = {area for one in rest for area in one.areas}
        return [area for area in self.leaves.areas if area not in kept] if self.leaves else []


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act on an account would change, and what of it waits for a second person, in words.

    `clearance`: the same seats with another level; `partly`: the person may have seats that the reader does not see.
    """

    changes: list[Change]
    waits: list[str] = field(default_factory=list)
    clearance: bool = False
    partly: bool = False
