"""Who sees the tables of data protection that are no records."""

from typing import Any, Self

from django.db import models

from apps.access.actor import Actor


class PublishedQuerySet(models.QuerySet[Any]):
    """Dated rules and registers: the same for every seat, since nobody keeps to what they cannot read."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self
