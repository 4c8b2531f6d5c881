"""Who sees rules of time, bookings and drafts."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.managers import ScopedQuerySet


class RegimeQuerySet(models.QuerySet[Any]):
    """Deadlines are published law: the same for every seat."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self


class BookingQuerySet(ScopedQuerySet):
    """Bookings are seen while the law that they are kept by is in force, and not one day longer."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Those shared with the actor's desk; the JRCC's automatic work also sees what has to be deleted."""
        rows = super().visible_to(actor, perm, before)
        if actor is not None and actor.function == "automation":
            return rows
        today = timezone.now().date()
        return rows.filter(Q(law__valid_to=None) | Q(law__valid_to__gt=today), law__valid_from__lte=today)


class DeskQuerySet(models.QuerySet[Any]):
    """What a desk keeps for itself."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Rows of the actor's own desk; none without an actor."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(desk_id=actor.desk_id)
