"""Deadlines of desks, holidays, and the calendars that show them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.notices.managers import (
    DeadlineQuerySet,
    FeedQuerySet,
    HolidayQuerySet,
)


class Deadline(models.Model):
    """What a desk must do with a record, and by when."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, notices", "Open")
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, help_text="what has to be done, in two or three words; no secret")
    number = models.CharField(max_length=60, help_text="the record's reference")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    reminders = models.BooleanField(default=True, help_text="false: the room tells by itself")
    done_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Desk deadline")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "kind", "desk"], name="one_deadline_per_task")
        ]
        indexes = [models.Index(fields=["desk", "due_at"], condition=Q(state="open"), name="deadlines_open")]


class CalendarFeed(models.Model):
    """The secret address of a seat's calendar: stored as SHA-256, shown once, dead with the seat."""

    class State(TextChoices):
        LIVE, REVOKED = "live", "revoked"

    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=7, choices=State, default=State.LIVE)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    secret: str  # the token itself, on the row that made it and nowhere else

    objects: ClassVar[Any] = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Calendar feed")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(state="live"), name="one_calendar_address_per_seat")
        ]


class Holiday(models.Model):
    """A public holiday of one State. Removed rows stay, so that the seed does not bring them back."""

    class State(TextChoices):
        CURRENT, REMOVED = "current", "removed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=100, help_text="where the day comes from")
    reason = models.CharField(max_length=200, blank=True, help_text="why it was added or removed by hand")
    edited_by = models.CharField(max_length=40, blank=True, help_text="desk that added or removed it")
    edited_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.CURRENT)

    objects: ClassVar[Any] = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Public holiday")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party", "day"], condition=Q(state="current"), name="one_holiday_per_day")
        ]
        indexes = [models.Index(fields=["day"], condition=Q(state="current"), name="holidays_by_day")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.day}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this day."""
        return self.party_id, None
