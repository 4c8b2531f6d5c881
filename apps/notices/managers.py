"""Who sees which notices, deliveries, deadlines and calendars."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.managers import ScopedQuerySet


class EventQuerySet(models.QuerySet[Any]):
    """What the portal can tell of: the same for every seat."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self

    def in_force(self, day: datetime.date) -> Self:
        """The rows that hold on a day: one for each code."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class NoticeQuerySet(ScopedQuerySet):
    """Notices of one's desk, by grants as any record."""

    def with_seen(self, user_id: int) -> Self:
        """With `seen`: whether this person has read it."""
        readings = apps.get_model("notices", "NoticeReading").objects
        return self.annotate(seen=Exists(readings.filter(notice=OuterRef("pk"), user_id=user_id)))


class OwnQuerySet(models.QuerySet[Any]):
    """What belongs to one person."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own rows; none without an actor."""
        return self.none() if actor is None else self.filter(user_id=actor.user_id)


class FeedQuerySet(models.QuerySet[Any]):
    """Calendar addresses of one's own seats."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Those of the person's seats; none without an actor."""
        return self.none() if actor is None else self.filter(seat__user_id=actor.user_id)


class DeliveryQuerySet(models.QuerySet[Any]):
    """What was sent to whom: the portal's own; rooms read it by desk through queries.deliveries_of."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for the portal's automatic desks, one's own for people."""
        if actor is None:
            return self.none()
        return self if actor.function == "automation" else self.filter(user_id=actor.user_id)


class DeadlineQuerySet(models.QuerySet[Any]):
    """What a desk must do by when."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Those of the actor's desk; all for the portal's automatic desks."""
        if actor is None:
            return self.none()
        return self if actor.function == "automation" else self.filter(desk_id=actor.desk_id)


class HolidayQuerySet(models.QuerySet[Any]):
    """Public holidays are public."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows, removed ones too; none without an actor."""
        return self.none() if actor is None else self
