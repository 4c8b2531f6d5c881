"""Who sees saved searches and what was searched."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.search.policy import OVERSEES


class SavedQuerySet(models.QuerySet[Any]):
    """What a person keeps in one of their seats; nobody else sees it, and it is gone with the seat."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Those of the seat that the actor sits in, while it is in force."""
        if actor is None:
            return self.none()
        seats = apps.get_model("people", "Seat").objects.current().filter(pk=OuterRef("seat_id"))
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(Exists(seats), seat_id=actor.seat_id, user_id=actor.user_id)


class AskedQuerySet(models.QuerySet[Any]):
    """What was searched: one's own, and one's own party's for its oversight. Nobody else's words are read."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See the class."""
        if actor is None:
            return self.none()
        seen = Q(user_id=actor.user_id, party_id=actor.party_code)
        if actor.function in OVERSEES:
            seen |= Q(party_id=actor.party_code)
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(seen)
