"""Who sees which travellers of a journey."""

from typing import Any, Self

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet

WHOLE_JOURNEY = frozenset({"watch", "automation"})


class TravellerQuerySet(PartQuerySet):
    """Travellers of visible journeys, narrowed to those who touch the actor's State."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All travellers of a visible journey for the JRCC; for a State those on board at one of its ports.

        Not by nationality: a traveller's home State sees nothing because he is its citizen (docs/jrcc.md).
        """
        rows = super().visible_to(actor, before=before)
        if actor is None or actor.function in WHOLE_JOURNEY:
            return rows
        return rows.filter(Q(parties__contains=[actor.party_code]) | Q(transit_parties__contains=[actor.party_code]))


class DocumentQuerySet(PartQuerySet):
    """Documents of visible travellers."""
