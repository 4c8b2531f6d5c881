"""Who may read which keys."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from apps.access.actor import Actor
from apps.audit.managers import is_regional
from apps.sealing.policy import SEALS

USABLE = ("in_force", "replaced")
"""States of keys whose shares open a text: a replaced one until its holder has carried the share over."""


class HolderKeyQuerySet(models.QuerySet[Any]):
    """Public keys of holders."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Those in force for all who may be sent sealed texts: whoever seals has to know them.

        All of one's own party for its administration and oversight, one's own for a holder; all for the region's
        oversight and the portal.
        """
        if actor is None:
            return self.none()
        if actor.function == "automation" or is_regional(actor):
            return self
        if actor.function in {"administration", "oversight"}:
            return self.filter(party_id=actor.party_code)
        mine, known = Q(user_id=actor.user_id), Q(state__in=USABLE)
        return self.filter(mine | known) if actor.function in SEALS else self.none()
