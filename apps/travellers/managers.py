"""Who sees searches, and what was erased."""

from typing import Any, ClassVar, Self

from apps.access.actor import DECIDES, Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet
from apps.journeys.managers import WHOLE_JOURNEY


class LookupQuerySet(ScopedQuerySet):
    """Searches for people are read by who made them, and by who decides at their desk."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Own searches; those of the desk for who decides there, and all for the JRCC's automatic work."""
        rows = super().visible_to(actor, perm, before)
        if actor is None or actor.rank >= DECIDES or actor.function == "automation":
            return rows
        return rows.filter(user_id=actor.user_id, owner_id=actor.desk_id)


class ErasureQuerySet(PartQuerySet):
    """What was erased: for the JRCC, which answers for it."""

    bound: ClassVar[str] = "{party} = 'JRCC'"

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All rows for the JRCC's watch, oversight and automation."""
        if actor is None or actor.party_code != "JRCC" or actor.function not in WHOLE_JOURNEY | {"oversight"}:
            return self.none()
        return self if before is None else self.filter(pk__lt=before)
