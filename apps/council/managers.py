"""Who sees which institutions, and whose ballots, positions and arrears."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet

COUNCIL_FUNCTIONS = frozenset({"ministry", "secretariat", "automation"})
"""Functions that work with the Council: ministries of the States, the Secretariat, and the portal's own clock."""


class ReferenceQuerySet(models.QuerySet[Any]):
    """Institutions and their rules are public to everybody who works with the Council."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows for ministries and secretariats; none for others or without an actor."""
        return self if actor is not None and actor.function in COUNCIL_FUNCTIONS else self.none()


class BallotQuerySet(PartQuerySet):
    """Ballots of visible decisions; of an electronic or written vote that is not closed, one's own State's alone."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Ballots of closed votes and of votes by show of hands or roll call; one's own State's always."""
        rows = super().visible_to(actor, before=before)
        if actor is None:
            return rows
        announced = Q(vote__state="closed") | Q(vote__method__in=["show", "roll"])
        return rows.filter(announced | Q(party_id=actor.party_code))


class ReplyQuerySet(PartQuerySet):
    """Replies to a written procedure: one's own at once, an objection for all, the rest after the end."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All replies for the Secretariat and the portal's clock; see the class for the States."""
        rows = super().visible_to(actor, before=before)
        if actor is None or actor.function in {"secretariat", "automation"}:
            return rows
        over = Q(procedure__state__in=["concluded", "lapsed", "withdrawn"])
        return rows.filter(over | Q(party_id=actor.party_code) | Q(kind="object", code=""))


class PaperVersionQuerySet(PartQuerySet):
    """Texts of visible papers. What a paper said while it was drafted stays with its author and those who clear it."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """The current text for all who see the paper; every text for its desk, its clearers and the Secretariat."""
        rows = super().visible_to(actor, before=before)
        if actor is None or actor.function in {"secretariat", "automation"}:
            return rows
        own = Q(paper__owner_id=actor.desk_id) | Q(paper__asked__contains=[actor.desk_id])
        return rows.filter(own | Q(number=F("paper__current")))
