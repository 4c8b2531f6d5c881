"""Flights and voyages: a journey, its legs, and what it is to each State."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.journeys.managers import JourneyQuerySet
from apps.journeys.models.carriers import Carrier


class Journey(Record):
    """A flight or voyage on one day, with its legs and travellers. Shared with the States that it touches."""

    class State(TextChoices):
        ANNOUNCED = "announced", "Manifest received"
        PARTIAL = "partial", "Part of the manifest missing"
        COMPLETE = "complete", "Manifest complete"
        CLOSED = "closed", "Closed by the carrier"
        CANCELLED = "cancelled", "Cancelled"

    mode = models.CharField(max_length=4, choices=[("air", "air"), ("sea", "sea")])
    carrier = models.ForeignKey(Carrier, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, blank=True)
    date = models.DateField(help_text="local date of departure of the crossing leg")
    vessel = models.JSONField(null=True, help_text="name, imo, call_sign, flag of a ship")
    origin = models.CharField(max_length=5, blank=True, help_text="place of departure of the crossing leg")
    destination = models.CharField(max_length=5, blank=True)
    departs_at = models.DateTimeField(null=True, help_text="UTC")
    arrives_at = models.DateTimeField(null=True, help_text="UTC")
    arrival_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    stated_total = models.PositiveIntegerField(null=True)
    passengers = models.PositiveIntegerField(default=0)
    crew = models.PositiveIntegerField(default=0)
    complete = models.PositiveIntegerField(default=0, help_text="travellers with all nine core elements")
    screened = models.PositiveIntegerField(default=0, help_text="travellers compared with the lists")
    grade = models.CharField(max_length=22, blank=True, help_text="the worst of its current lists")
    lists = models.JSONField(
        default=dict,
        help_text="by category (passenger, crew): parts received and expected, total stated, grade, whether it is "
        "whole, submissions of this version and of the one before",
    )
    masked_at = models.DateTimeField(null=True, help_text="when its travellers without a hit lost their names")
    emptied_at = models.DateTimeField(null=True, help_text="when they were deleted")
    state = models.CharField(max_length=10, choices=State, default=State.ANNOUNCED)

    objects: ClassVar[Any] = JourneyQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Journey")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["mode", "carrier", "number", "date", "origin"],
                nulls_distinct=False,
                name="one_journey_per_key",
            )
        ]
        indexes = [
            models.Index("arrives_at", name="journeys_by_arrival"),  # the floor's board
            # the night's work of retention
            models.Index("arrives_at", condition=models.Q(masked_at=None), name="journeys_to_mask"),
        ]

    @property
    def is_over(self) -> bool:
        """Whether the carrier has closed or cancelled it."""
        return self.state in {self.State.CLOSED, self.State.CANCELLED}

    def __str__(self) -> str:
        return f"{self.carrier_id or ''} {self.number}".strip() or (self.vessel or {}).get("name") or str(self.pk)


class JourneyDeskGrant(DeskGrant):
    """Which desks see a journey: the JRCC's watch, and the border desk of each State that it touches."""

    content_object = models.ForeignKey(Journey, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class Leg(Part):
    """One flight or passage between two places of a journey."""

    root_field: ClassVar[str] = "journey"
    removed: ClassVar[str] = "an act: a newer list of the carrier"
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    seq = models.PositiveSmallIntegerField(help_text="0, 1, … in travel order")
    from_port = models.CharField(max_length=5, blank=True)
    to_port = models.CharField(max_length=5, blank=True)
    departs_local = models.CharField(max_length=16, blank=True, help_text="as sent, local time of the place")
    arrives_local = models.CharField(max_length=16, blank=True)
    departs_at = models.DateTimeField(null=True, help_text="UTC")
    arrives_at = models.DateTimeField(null=True, help_text="UTC")
    from_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    to_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["journey", "seq"], name="one_leg_per_place_in_order")]


class JourneyParty(Part):
    """What a journey is to one State, and by when that State wants the list."""

    root_field: ClassVar[str] = "journey"
    removed: ClassVar[str] = "an act: a newer list of the carrier"
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, help_text="departure or arrival; a stop on the way is both")
    deadline_at = models.DateTimeField(null=True, help_text="UTC; null where the State has no rule")
    received_at = models.DateTimeField(null=True, help_text="when the first list arrived")

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["journey", "party", "role"], name="one_row_per_role")]
