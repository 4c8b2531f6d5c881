"""Changes of the States' deadlines: proposed by one person, confirmed by another of the same State."""

from django.db import models
from django.db.models import F, Q

from apps.access.models import DeskGrant, Record
from apps.jrcc.models.rules import Regime


class RegimeChange(Record):
    """A deadline that a State means to set from a day on, or to end; it becomes a row of the rules when confirmed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Given back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Craft(models.TextChoices):
        COMMERCIAL, PRIVATE, ANY = "commercial", "private", "any"

    class Space(models.TextChoices):
        INSIDE, OUTSIDE, ANY = "inside", "outside", "any"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=[("air", "Air"), ("sea", "Sea")])
    craft = models.CharField(max_length=12, choices=Craft)
    direction = models.CharField(max_length=10, choices=[("arrival", "Arrival"), ("departure", "Departure")])
    space = models.CharField(max_length=8, choices=Space)
    ends = models.BooleanField(default=False, help_text="the rule ends on the day, and none follows it")
    event = models.CharField(max_length=10, choices=[("arrival", "Arrival"), ("departure", "Departure")])
    minutes = models.IntegerField(help_text="relative to the event, negative before it")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    status = models.CharField(max_length=12, help_text="verified or unverified")
    source = models.TextField(help_text="law, order or notice")
    proposed_by_user_id = models.BigIntegerField()
    proposed_by = models.CharField(max_length=150)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True, help_text="why it was given back or withdrawn")
    regime = models.ForeignKey(Regime, models.PROTECT, null=True, related_name="+", help_text="the row that it made")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="change_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["party", "mode", "craft", "direction", "space"],
                condition=Q(state="proposed"),
                name="one_change_waits_for_each_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.mode} {self.direction}"


class RegimeChangeDeskGrant(DeskGrant):
    """Which desks see a change: border and ministry of the State, and the JRCC's watch."""

    content_object = models.ForeignKey(RegimeChange, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
