"""That records of a party were opened from an emergency seat of another."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.oversight.managers import OpeningQuerySet


class EmergencyOpening(models.Model):
    """One emergency seat and one party, not its own, whose records were opened from it; its oversight was told."""

    class State(TextChoices):
        TOLD = "told", "Notified"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    use = models.ForeignKey("people.EmergencyUse", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="whose records")
    entries = models.PositiveIntegerField(help_text="of the audit when it was told: openings and acts")
    told_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=4, choices=State, default=State.TOLD)

    objects: ClassVar[Any] = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("Records opened under emergency access")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["use", "party"], name="each_owner_told_once_of_an_emergency")]

    def __str__(self) -> str:
        return f"{self.use_id} {self.party_id}"

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party whose records were opened."""
        return self.party_id, None
