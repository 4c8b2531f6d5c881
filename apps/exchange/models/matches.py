"""That two parties ask about one subject."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.exchange.managers import OverlapQuerySet
from apps.exchange.models.requests import Request


class Overlap(Record):
    """Two requests of different parties about one subject, for the line's watch: numbers and a kind, no content."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, exchange", "Open")
        SETTLED = "settled", "Settled"

    kind = models.CharField(max_length=20, help_text="of the subject")
    key = models.CharField(max_length=64)
    first = models.ForeignKey(Request, models.CASCADE, related_name="+")
    second = models.ForeignKey(Request, models.CASCADE, related_name="+")
    mutual = models.BooleanField(help_text="both parties were told that another one asks")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = OverlapQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, exchange", "Overlapping requests")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["key", "first", "second"], name="one_overlap_per_pair_and_subject")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OverlapDeskGrant(DeskGrant):
    """Which desk is told: the line's watch."""

    content_object = models.ForeignKey(Overlap, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
