"""Who sees notes about a carrier, its contacts, and what was done again."""

from typing import Any, ClassVar, Self

from django.db import models

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet
from apps.journeys.managers import WHOLE_JOURNEY, runs_the_intake


class ChaseQuerySet(PartQuerySet):
    """What the watch noted about a carrier is the JRCC's alone."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Notes on visible journeys, for the JRCC."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is not None and actor.function in WHOLE_JOURNEY else rows.none()


class RetryQuerySet(models.QuerySet[Any]):
    """What was begun anew, and what was mailed to carriers: for those who operate the intake, and its machine."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows for the JRCC's watch and automation."""
        return self if runs_the_intake(actor) else self.none()


class ContactQuerySet(models.QuerySet[Any]):
    """How a carrier is reached: for the JRCC, which calls, and for the carrier itself."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows for the JRCC's watch and automation, its own for a carrier."""
        if runs_the_intake(actor):
            return self
        return (
            self.filter(carrier=actor.party_code) if actor is not None and actor.function == "carrier" else self.none()
        )
