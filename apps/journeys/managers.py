"""Who sees which travellers of a journey."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet

WHOLE_JOURNEY = frozenset({"watch", "automation"})


def runs_the_intake(actor: Actor | None) -> bool:
    """Whether the seat is the watch's, or the machine's that works for it."""
    return actor is not None and actor.desk_code in {"JRCC.watch", "JRCC.automation"}


class CarrierQuerySet(models.QuerySet[Any]):
    """Carriers are known to the JRCC and the States, not to each other."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Itself alone for a carrier; none without an actor."""
        if actor is None:
            return self.none()
        return self.filter(code=actor.party_code) if actor.function == "carrier" else self


class JourneyQuerySet(ScopedQuerySet):
    """Journeys, of which the watch shares each with those whom it concerns."""

    # whoever sees a hit reads of what flight it is, and a carrier what became of its lists
    bound: ClassVar[str] = """{held}
  OR EXISTS (SELECT 1 FROM jrcc_hit h WHERE h.journey_id = {row}.id)
  OR EXISTS (SELECT 1 FROM jrcc_submission s WHERE s.journey_id = {row}.id)"""


class TravellerQuerySet(PartQuerySet):
    """Travellers of visible journeys, narrowed to those who touch the actor's State or were referred to it."""

    bound: ClassVar[str] = """{shared}
  OR EXISTS (SELECT 1 FROM jrcc_hit h WHERE h.traveller_id = {row}.id)"""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All travellers of a visible journey for the JRCC; for a State those on board at one of its ports.

        Not by nationality: a traveller's home State sees nothing because they are its citizen (docs/reference/jrcc.md).
        A hit that was referred to the State opens its one traveller, on whatever journey.
        """
        rows = super().visible_to(actor, before=before)
        if actor is None or actor.function in WHOLE_JOURNEY:
            return rows
        hits = apps.get_model("jrcc", "Hit").objects.visible_to(actor)
        referred = hits.filter(traveller=OuterRef("pk"), referred_to__contains=[actor.party_code])
        on_board = Q(parties__contains=[actor.party_code]) | Q(transit_parties__contains=[actor.party_code])
        bounded = self if before is None else self.filter(pk__lt=before)
        return bounded.filter((self._of_visible_journeys(actor) & on_board) | Q(Exists(referred)))

    def _of_visible_journeys(self, actor: Actor) -> Q:
        journeys = apps.get_model("jrcc", "Journey").objects.visible_to(actor)
        return Q(Exists(journeys.filter(pk=OuterRef("journey_id"))))


class DocumentQuerySet(PartQuerySet):
    """Documents of visible travellers."""
