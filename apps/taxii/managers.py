"""Who reads what of the exchange by program."""

from typing import Any, ClassVar, Self

from django.db import models

from apps.access.actor import Actor
from apps.access.managers import ScopedQuerySet
from apps.taxii import policy


class CollectionQuerySet(models.QuerySet[Any]):
    """Collections: a desk's own two, and the one of the whole community."""

    def visible_to(self, actor: Actor | None) -> Self:
        """What a program of the actor's desk may know of (TAXII 2.1, section 5.1)."""
        if actor is None or actor.function not in policy.FETCHES:
            return self.none()
        kinds = ["out", "submit"] if actor.function in policy.CISNET else ["out"]
        rows = models.Q(desk_id=actor.desk_id, kind__in=kinds)
        return self.filter(rows | models.Q(kind="regional") if actor.function in policy.CISNET else rows)


class ClockQuerySet(models.QuerySet[Any]):
    """The portal's own bookkeeping of what is published: for its own desk."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for the portal's clock, none for anybody else."""
        return self.all() if actor is not None and policy.is_clock(actor, None) else self.none()


class IntakeQuerySet(ScopedQuerySet):
    """What came in: the desk that sent it."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """One's own desk's; all for the portal's clock, which reads what is queued."""
        if actor is not None and policy.is_clock(actor, None):
            return self if before is None else self.filter(pk__lt=before)
        return super().visible_to(actor, perm, before)


class OwnDeskQuerySet(models.QuerySet[Any]):
    """Which pages a desk's programs were given: the desk itself."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own desk's."""
        return self.none() if actor is None else self.filter(desk_id=actor.desk_id)
