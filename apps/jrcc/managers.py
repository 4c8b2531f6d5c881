"""Who sees which travellers of a journey."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.access.actor import DECIDES, Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet

WHOLE_JOURNEY = frozenset({"watch", "automation"})


def _runs_the_intake(actor: Actor | None) -> bool:
    return actor is not None and actor.desk_code in {"JRCC.watch", "JRCC.automation"}


class RegimeQuerySet(models.QuerySet[Any]):
    """Deadlines are published law: the same for every seat."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self


class BookingQuerySet(ScopedQuerySet):
    """Bookings are seen while the law that they are kept by is in force, and not one day longer."""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Those shared with the actor's desk; the JRCC's automatic work also sees what has to be deleted."""
        rows = super().visible_to(actor, perm, before)
        if actor is not None and actor.function == "automation":
            return rows
        today = timezone.now().date()
        return rows.filter(Q(law__valid_to=None) | Q(law__valid_to__gt=today), law__valid_from__lte=today)


class CarrierQuerySet(models.QuerySet[Any]):
    """Carriers are known to the JRCC and the States, not to each other."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Itself alone for a carrier; none without an actor."""
        if actor is None:
            return self.none()
        return self.filter(code=actor.party_code) if actor.function == "carrier" else self


class LookupQuerySet(ScopedQuerySet):
    """Searches for people are read by who made them, and by who decides at his desk."""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Own searches; those of the desk for who decides there, and all for the JRCC's automatic work."""
        rows = super().visible_to(actor, perm, before)
        if actor is None or actor.rank >= DECIDES or actor.function == "automation":
            return rows
        return rows.filter(user_id=actor.user_id, owner_id=actor.desk_id)


class DeskQuerySet(models.QuerySet[Any]):
    """What a desk keeps for itself."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Rows of the actor's own desk; none without an actor."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(desk_id=actor.desk_id)


class TravellerQuerySet(PartQuerySet):
    """Travellers of visible journeys, narrowed to those who touch the actor's State or were referred to it."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All travellers of a visible journey for the JRCC; for a State those on board at one of its ports.

        Not by nationality: a traveller's home State sees nothing because he is its citizen (docs/jrcc.md). A hit that
        was referred to the State opens its one traveller, on whatever journey.
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


class ChaseQuerySet(PartQuerySet):
    """What the watch noted about a carrier is the JRCC's alone."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Notes on visible journeys, for the JRCC."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is not None and actor.function in WHOLE_JOURNEY else rows.none()


class ErasureQuerySet(PartQuerySet):
    """What was erased: for the JRCC, which answers for it."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All rows for the JRCC's watch, oversight and automation."""
        if actor is None or actor.party_code != "JRCC" or actor.function not in WHOLE_JOURNEY | {"oversight"}:
            return self.none()
        return self if before is None else self.filter(pk__lt=before)


class RetryQuerySet(models.QuerySet[Any]):
    """What was begun anew, and what was mailed to carriers: for those who operate the intake, and its machine."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows for the JRCC's watch and automation."""
        return self if _runs_the_intake(actor) else self.none()


class ContactQuerySet(models.QuerySet[Any]):
    """How a carrier is reached: for the JRCC, which calls, and for the carrier itself."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows for the JRCC's watch and automation, its own for a carrier."""
        if _runs_the_intake(actor):
            return self
        return (
            self.filter(carrier=actor.party_code) if actor is not None and actor.function == "carrier" else self.none()
        )
