"""Who reads what of the sharing of reports: the rule of apps.rifc.rules.release once more, in SQL."""

from typing import Any, Self

from django.db import models

from apps.access.actor import Actor


class ReferenceQuerySet(models.QuerySet[Any]):
    """Lists, schemes and the membership of the MoU: everybody reads them."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self
