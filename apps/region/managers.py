"""Who reads the register, and what had been recorded by a given moment."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet
from apps.people.models import Party, PartyPeriod

READERS = frozenset({"ministry", "secretariat", "watch", "analysis", "automation"})
"""Functions that work with the register: ministries, secretariats, the JRCC's watch, the RIFC, the portal's clock."""
WHOLE = (Party.Kind.MEMBER_STATE, Party.Kind.BODY)
"""Kinds of party that see the rows of every State; an Associate Member sees its own."""


def reads_whole(actor: Actor) -> Exists:
    """The condition that the actor's party is a Member State or a body today; answered once for a query."""
    today = timezone.now().date()
    now = PartyPeriod.objects.filter(party=actor.party_code, kind__in=WHOLE, valid_from__lte=today)
    return Exists(now.filter(Q(valid_to=None) | Q(valid_to__gt=today)))


class RegisterQuerySet(models.QuerySet[Any]):
    """What is public among those who work with the register: systems, instruments, model laws, definitions."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """All rows for readers of the register; none for others or without an actor."""
        if actor is None or actor.function not in READERS:
            return self.none()
        return self if before is None else self.filter(pk__lt=before)


class OfStateQuerySet(RegisterQuerySet):
    """Heads that belong to one State (`party`): all for Member States and bodies, its own for an Associate Member."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See the class."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is None else rows.filter(Q(party_id=actor.party_code) | Q(reads_whole(actor)))

    def with_evidence_for(self, actor: Actor | None) -> Self:
        """Heads whose files the actor may see: those of their own State; all for the Secretariat."""
        rows = self.visible_to(actor)
        if actor is None or actor.function == "secretariat":
            return rows
        return rows.filter(party_id=actor.party_code)


class ParticipationQuerySet(OfStateQuerySet):
    """Participations. Their system is always loaded with them: who keeps it decides who may act."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See OfStateQuerySet."""
        return super().visible_to(actor, before=before).select_related("system", "party")

    def with_evidence_for(self, actor: Actor | None) -> Self:
        """Those of one's own State; all of its systems for the body that keeps them; all for the Secretariat."""
        rows = self.visible_to(actor)
        if actor is None or actor.function == "secretariat":
            return rows
        return rows.filter(Q(party_id=actor.party_code) | Q(system__keeper_id=actor.party_code))


class FactQuerySet(PartQuerySet):
    """Dated facts about a head: visible when it is, and read as they were known at a moment."""

    def known(self, at: datetime.datetime | datetime.date | None = None) -> Self:
        """What holds by present knowledge, or by what had been recorded at `at` (a day: until its end, UTC)."""
        if at is None:
            return self.filter(superseded_at=None)
        moment = end_of(at)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def on(self, day: datetime.date) -> Self:
        """Those of a period [valid_from, valid_to) that covers the day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class StatedQuerySet(FactQuerySet):
    """Counts of Member States: for those who see the rows of every State."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """None for an Associate Member."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is None else rows.filter(reads_whole(actor))


class ValueQuerySet(FactQuerySet):
    """Values of indicators: the region's for all who see every State's; an Associate Member reads its own."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """See the class."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is None else rows.filter(Q(party_id=actor.party_code) | Q(reads_whole(actor)))


def end_of(at: datetime.datetime | datetime.date) -> datetime.datetime:
    """The moment itself, or the last one of a day."""
    if isinstance(at, datetime.datetime):
        return at
    return datetime.datetime.combine(at, datetime.time.max, datetime.UTC)
