"""Who may read how the portal is operated."""

from typing import Any, Self

from django.db import models

from apps.access.actor import Actor
from apps.operations.policy import OPERATORS


class OperatedQuerySet(models.QuerySet[Any]):
    """Switches and times of maintenance."""

    def visible_to(self, actor: Actor | None) -> Self:
        """For the operators alone; others are shown what follows from them."""
        return self if actor is not None and actor.desk_code == OPERATORS else self.none()
