"""Facts about travellers that somebody corrected, with what was held before."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.journeys.models.journeys import Journey
from apps.journeys.models.travellers import Traveller


class Amendment(Part):
    """That facts held on a traveller were wrong: what was held, what is held now, on what proof, and who was told."""

    class State(TextChoices):
        MADE = "made", "Made"

    class Proof(TextChoices):
        DOCUMENT = "document", "Travel document seen"
        ORDER = "order", "Order of a court or authority"
        ISSUER = "issuer", "Statement by the issuing authority"
        CARRIER = "carrier", "Statement by the carrier"

    root_field: ClassVar[str] = "journey"
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="+")
    traveller = models.ForeignKey(Traveller, models.SET_NULL, null=True, related_name="+")
    was = models.JSONField(default=dict, help_text="{column or document: what was held}; empty once masked")
    now = models.JSONField(default=dict, help_text="{column or document: what is held since}")
    proof = models.CharField(max_length=8, choices=Proof)
    request = models.CharField(max_length=30, blank=True, help_text="number of the lawful request that asked for it")
    told = models.JSONField(default=list, help_text="codes of desks that had received the former value")
    by = models.CharField(max_length=150)
    desk = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=4, choices=State, default=State.MADE)

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Traveller correction")
        app_label = "jrcc"
        default_permissions = ()
        indexes = [models.Index("traveller", name="amendments_of_traveller")]

    def __str__(self) -> str:
        return ", ".join(sorted(self.now)) or str(self.pk)

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party that first recorded the journey."""
        return self.journey.originator_id, None
