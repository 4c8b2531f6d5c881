"""Who is who, at which date, and what each asker may see of it: querysets of the people app."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from apps.access.actor import DECIDES, Actor

REGISTERS = frozenset({"administration", "oversight"})


def _in_force(now: datetime.datetime) -> Q:
    return Q(valid_from__lte=now) & (Q(valid_to=None) | Q(valid_to__gt=now))


class PartyQuerySet(models.QuerySet[Any]):
    """Parties are public within the portal, except that a carrier sees no other carrier."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All parties but other carriers for a carrier; none without an actor."""
        if actor is None:
            return self.none()
        if actor.function == "carrier":
            return self.filter(Q(pk=actor.party_code) | ~Q(periods__kind="carrier")).distinct()
        return self

    def as_of(self, day: datetime.date) -> Self:
        """Parties that were something on `day`, with `kind`, `since` of that period."""
        periods = self.model._meta.get_field("periods").related_model
        at = periods.objects.filter(party=OuterRef("pk"), valid_from__lte=day).filter(
            Q(valid_to=None) | Q(valid_to__gt=day)
        )
        return self.annotate(kind=Subquery(at.values("kind")[:1]), since=Subquery(at.values("valid_from")[:1])).exclude(
            kind=None
        )


class FunctionQuerySet(models.QuerySet[Any]):
    """What desks do."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All functions; none without an actor."""
        return self.none() if actor is None else self


class DeskQuerySet(models.QuerySet[Any]):
    """Desks are an address book, except that carriers see only their own."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Active desks; a carrier sees its own alone, and nobody else sees carriers' desks but the JRCC."""
        if actor is None:
            return self.none()
        if actor.function == "carrier":
            return self.filter(pk=actor.desk_id)
        desks = self.filter(active=True)
        return desks if actor.party_code == "JRCC" else desks.exclude(function_id="carrier")


class SeatQuerySet(models.QuerySet[Any]):
    """Appointments: the register of a party is public to that party's administrators."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own seats; all seats of one's party for its administration and oversight desks."""
        if actor is None:
            return self.none()
        mine = Q(user_id=actor.user_id)
        return (
            self.filter(mine | Q(desk__party_id=actor.party_code)) if actor.function in REGISTERS else self.filter(mine)
        )

    def current(self, now: datetime.datetime | None = None) -> Self:
        """Seats in force at `now`, of people whose account is active, at desks that are active."""
        return self.in_force(now).filter(user__state="active", user__is_active=True)

    def in_force(self, now: datetime.datetime | None = None) -> Self:
        """Seats in force at `now`, at desks that are active, whatever the state of the account."""
        return self.filter(_in_force(now or timezone.now()), state="current", desk__active=True)


class AccountManager(UserManager[Any]):
    """Accounts: one's own, those of one's party for its administrators, all administrators' for the platform."""

    def visible_to(self, actor: Actor | None) -> models.QuerySet[Any]:
        """See the class. The platform desk installs administrators, so it sees them and nobody else."""
        rows = self.get_queryset()
        if actor is None:
            return rows.none()
        mine = Q(pk=actor.user_id)
        if actor.function in REGISTERS:
            return rows.filter(mine | Q(home_party_id=actor.party_code))
        if actor.function == "platform":
            seats = apps.get_model("people", "Seat").objects.filter(
                user=OuterRef("pk"), state="current", rank=DECIDES, desk__function_id="administration"
            )
            return rows.filter(mine | Exists(seats))
        return rows.filter(mine)


class TokenQuerySet(models.QuerySet[Any]):
    """Keys of one's party, for its administrators."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Keys of the desks of one's own party, for its administration and oversight desks; all for the platform."""
        if actor is not None and actor.function == "platform":
            return self
        if actor is None or actor.function not in REGISTERS:
            return self.none()
        return self.filter(seat__desk__party_id=actor.party_code)
