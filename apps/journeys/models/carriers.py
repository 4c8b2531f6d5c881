"""Whose lists come, and by when a State wants them: dated rules."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.journeys.managers import CarrierQuerySet
from apps.people.models import public_id


class Carrier(models.Model):
    """An airline or shipping line by its designator; unknown ones are made provisional and flagged for the JRCC."""

    class State(TextChoices):
        KNOWN = "known", "Known"
        PROVISIONAL = "provisional", "Provisional"
        MERGED = "merged", "Another designator of a known carrier"
        REFUSED = "refused", "Refused"

    uid = public_id()
    code = models.CharField(max_length=3, primary_key=True, help_text="IATA or ICAO designator as sent")
    name = models.CharField(max_length=120)
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    moved = ArrayField(
        models.UUIDField(), default=list, help_text="journeys, departures, schedules and contacts that went along"
    )
    undo_until = models.DateField(null=True, help_text="last day on which the joining can be taken back")
    said = models.CharField(max_length=200, blank=True, help_text="why it was merged or refused")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=11, choices=State, default=State.KNOWN)

    objects: ClassVar[Any] = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Carrier")
        app_label = "jrcc"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into=None)),
                name="merged_carrier_names_another",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def joined_for_good(self) -> bool:
        """Whether the days are over in which its joining can be taken back."""
        return self.undo_until is None or self.undo_until < timezone.now().date()

    @property
    def provisional(self) -> bool:
        """Whether a list has named it and nobody has confirmed it; a refused one is named in vain each time."""
        return self.state in {self.State.PROVISIONAL, self.State.REFUSED}
