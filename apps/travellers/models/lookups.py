"""Searches for people: who asked what, for what purpose, and what the reviewer found."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.jrcc.models.hits import Hit
from apps.travellers.managers import LookupQuerySet


class Lookup(Record):
    """One search for people, documents, journeys and entries; outside of one's open cases it is reviewed."""

    class State(TextChoices):
        KEPT = "kept", "In an open case"
        DUE = "due", "Awaiting review"
        QUESTIONED = "questioned", "Explanation requested"
        EXPLAINED = "explained", "Explained, awaiting review"
        IN_ORDER = "in_order", "Reviewed: justified"
        NOT_IN_ORDER = "not_in_order", "Reviewed: not justified"

    reference = models.CharField(max_length=20, unique=True, help_text="Q-2026-00042")
    user_id = models.BigIntegerField(help_text="who searched")
    seat_id = models.BigIntegerField(help_text="and in which seat")
    person = models.CharField(max_length=150)
    terms = models.JSONField(default=dict, help_text="what was asked for, by field; empty once its days are over")
    purpose = models.CharField(max_length=20, blank=True, help_text="code of search_purposes; empty in an open case")
    case = models.CharField(max_length=80, blank=True, help_text="number of the case, or of the hit")
    hit = models.ForeignKey(Hit, models.PROTECT, null=True, related_name="+", help_text="the open case it belongs to")
    found = models.PositiveIntegerField(help_text="travellers, journeys and entries that were shown")
    forget_on = models.DateField(help_text="the day on which what was asked for is forgotten")
    reviewed_by_user_id = models.BigIntegerField(null=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True, help_text="what the reviewer says")
    answer = models.CharField(max_length=1000, blank=True, help_text="how it was explained")
    state = models.CharField(max_length=12, choices=State, default=State.DUE)

    objects: ClassVar[Any] = LookupQuerySet.as_manager()

    WAITING: ClassVar[frozenset[str]] = frozenset({"due", "explained"})

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Traveller search")
        app_label = "jrcc"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["owner", "-id"], name="lookups_of_desk"),
            # the night's work of forgetting
            models.Index("forget_on", condition=~models.Q(terms={}), name="lookups_to_forget"),
        ]

    def __str__(self) -> str:
        return self.reference

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """(verb, nobody, version): a stream tells whole desks, and not everybody at the desk may know of a search."""
        return verb, [], self.version


class LookupDeskGrant(DeskGrant):
    """Which desks see a search: that of who searched, and the JRCC's automatic work."""

    content_object = models.ForeignKey(Lookup, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False
