"""From which likeness a hit is shown, and from which it counts as a match: dated, and put into force by two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record


class Thresholds(Record):
    """A review and a match threshold for the whole portal; without one in force the matcher version's own count."""

    class State(TextChoices):
        PROPOSED = "proposed", "Awaiting second approval"
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Superseded"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    WERE_IN_FORCE: ClassVar[frozenset[str]] = frozenset({"in_force", "ended"})

    review = models.FloatField(help_text="probability from which a hit is shown")
    match = models.FloatField(help_text="probability from which it counts as a match")
    budget = models.FloatField(null=True, help_text="alerts for each 1,000 travellers that were asked for, if any")
    why = models.CharField(max_length=500)
    matcher = models.CharField(max_length=40, help_text="version of the matcher for which they were proposed")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="in force when they were proposed"
    )
    proposed_by = models.CharField(max_length=150)
    proposed_by_user_id = models.BigIntegerField()
    activated_by = models.CharField(max_length=150, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="why they were declined")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, help_text="null = in force, or never was")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        verbose_name = _("Thresholds of the matcher")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(review__gt=0, review__lte=F("match"), match__lt=1), name="thresholds_are_probabilities"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="in_force"), name="one_thresholds_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.review:.6g} / {self.match:.6g}"


class ThresholdsDeskGrant(DeskGrant):
    """Which desks see them: all that keep lists, for each of them works with the hits."""

    content_object = models.ForeignKey(Thresholds, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
