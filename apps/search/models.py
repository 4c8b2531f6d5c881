"""Saved searches with what they have found already, and the log of what was searched."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import Part
from apps.search.managers import AskedQuerySet, SavedQuerySet
from apps.search.rules.question import Question


class SavedSearch(models.Model):
    """A question that a person keeps in one seat. A subscription is one that follows a category, place or party."""

    class State(TextChoices):
        KEPT = "kept", "Kept"
        REMOVED = "removed", "Deleted"

    class Alerts(TextChoices):
        OFF = "off", "No alerts"
        AT_ONCE = "at_once", "At once"
        DAILY = "daily", "Once a day"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict, help_text="{filter: value}")
    subscription = models.BooleanField(default=False, help_text="made by following a category, place or party")
    alerts = models.CharField(max_length=7, choices=Alerts, default=Alerts.OFF)
    looked_at = models.DateTimeField(null=True, help_text="when it was last looked for what is new")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, choices=State, default=State.KEPT)

    objects: ClassVar[Any] = SavedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, search", "Saved search")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["seat", "name"], condition=Q(state="kept"), name="one_search_of_a_name")
        ]
        indexes = [models.Index("looked_at", condition=Q(state="kept") & ~Q(alerts="off"), name="searches_to_look_at")]

    def __str__(self) -> str:
        return self.name

    @property
    def etag(self) -> str:
        """Entity tag of this version."""
        return f'"{self.version}"'

    @property
    def question(self) -> Question:
        """What it asks."""
        return Question(self.words, self.filters)


class Known(Part):
    """A thing that a saved search has found: before its alerts began (`told_at` empty), or told of then."""

    root_field: ClassVar[str] = "saved"
    removed: ClassVar[str] = "an act: a saved search is changed or ended"
    saved = models.ForeignKey(SavedSearch, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["saved", "kind", "object_id"], name="each_thing_told_once")]
        indexes = [models.Index("saved", "told_at", condition=~Q(told_at=None), name="things_told")]


class Asked(models.Model):
    """One search: who asked what, and how much they were shown. Nothing changes or removes a row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict)
    found = models.PositiveIntegerField(help_text="things that he was told of; 1001 for more than a thousand")
    via = models.CharField(max_length=10)
    request_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=5, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, search", "Search")
        default_permissions = ()
        indexes = [models.Index(fields=["party", "-id"], name="searches_of_party")]

    def __str__(self) -> str:
        return str(self.pk)
