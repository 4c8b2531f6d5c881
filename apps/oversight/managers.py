"""Who may read what oversight keeps."""

from typing import Any, Self

from django.db import models

from apps.access.actor import Actor
from apps.audit.managers import is_regional
from apps.oversight.policy import ANCHOR_READERS, CLOCK, NOTE_LEAVERS


class AnchorQuerySet(models.QuerySet[Any]):
    """Anchors: for oversight, administration and the operators; of the chains in it a party is shown its own."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All anchors for those who keep them, and for the portal that makes them. `before` is a key."""
        if actor is None or not (actor.function in ANCHOR_READERS or actor.desk_code == CLOCK):
            return self.none()
        return self if before is None else self.filter(pk__lt=before)


class WitnessQuerySet(models.QuerySet[Any]):
    """Witnesses: for those who keep anchors; what another party has only asked for is its own matter."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See the class. `before` is a key."""
        if actor is None or not (actor.function in ANCHOR_READERS or actor.desk_code == CLOCK):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(models.Q(state__in=["live", "ended"]) | models.Q(party_id=actor.party_code))


class CosignatureQuerySet(models.QuerySet[Any]):
    """Co-signatures: for those who keep anchors."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All, for them. `before` is a key."""
        if actor is None or not (actor.function in ANCHOR_READERS or actor.desk_code == CLOCK):
            return self.none()
        return self if before is None else self.filter(pk__lt=before)


class MissedQuerySet(CosignatureQuerySet):
    """Anchors without their witnesses: for those who keep anchors."""


class QuorumQuerySet(models.QuerySet[Any]):
    """How many witnesses an anchor needs."""

    def visible_to(self, actor: Actor | None) -> Self:
        """For those who keep anchors."""
        if actor is None or not (actor.function in ANCHOR_READERS or actor.desk_code == CLOCK):
            return self.none()
        return self


class WalkQuerySet(models.QuerySet[Any]):
    """Walks over the chains: for those who keep anchors; of what did not fit a party is shown its own."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All, for them and for the portal that walks."""
        if actor is None or not (actor.function in ANCHOR_READERS or actor.desk_code == CLOCK):
            return self.none()
        return self


class OpeningQuerySet(models.QuerySet[Any]):
    """Records opened in an emergency: for the oversight of the party that owns them and of the region."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class; all for the portal that tells of them."""
        if actor is None:
            return self.none()
        if actor.desk_code == CLOCK or is_regional(actor):
            return self
        return self.filter(party_id=actor.party_code) if actor.function == "oversight" else self.none()


class RuleQuerySet(models.QuerySet[Any]):
    """Rules of what is unusual."""

    def visible_to(self, actor: Actor | None) -> Self:
        """For oversight: who knows the thresholds stays below them."""
        if actor is None or not (actor.function == "oversight" or actor.desk_code == CLOCK):
            return self.none()
        return self


class CaseQuerySet(models.QuerySet[Any]):
    """Cases: for the oversight of the party concerned and of the region, never for the person themselves."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See the class; all for the portal that opens them. `before` is a key."""
        rows = self if before is None else self.filter(pk__lt=before)
        if actor is None:
            return self.none()
        if actor.desk_code == CLOCK:
            return rows
        if actor.function != "oversight":
            return self.none()
        rows = rows.exclude(user_id=actor.user_id)
        return rows if is_regional(actor) else rows.filter(party_id=actor.party_code)


class StepQuerySet(models.QuerySet[Any]):
    """What was done with cases."""

    def of(self, case: Any) -> Self:
        """The steps of a case that the asker was shown, oldest first."""
        return self.filter(case=case).order_by("pk")

    def visible_to(self, actor: Actor | None) -> Self:
        """Steps of cases that the actor may see."""
        cases = self.model._meta.get_field("case").related_model.objects.visible_to(actor)
        return self.filter(case__in=cases)


class LeaverQuerySet(models.QuerySet[Any]):
    """Who is about to leave."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """A party's own, for its administration and oversight, but oneself; all for the region and the portal.

        `before` is a key.
        """
        rows = self if before is None else self.filter(pk__lt=before)
        if actor is None:
            return self.none()
        if actor.desk_code == CLOCK or is_regional(actor):
            return rows.exclude(user_id=actor.user_id)
        if actor.function not in NOTE_LEAVERS:
            return self.none()
        return rows.filter(party_id=actor.party_code).exclude(user_id=actor.user_id)
