"""Orders that keep the data of a journey or of one traveller."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.journeys.models.journeys import Journey
from apps.journeys.models.travellers import Traveller


class RetentionHold(Record):
    """That the data of a journey, or of one of its travellers, are kept although their time is over, until a day."""

    class Ground(TextChoices):
        COURT = "court", "Court order"
        CASE = "case", "Criminal or other case"
        REQUEST = "request", "Data subject request"

    class State(TextChoices):
        IN_FORCE = "in_force", "In force"
        RELEASED = "released", "Released"

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="+")
    # without a constraint: when they are deleted after the release, the record of the hold stays
    traveller = models.ForeignKey(
        Traveller, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", help_text="null: everybody"
    )
    ground = models.CharField(max_length=7, choices=Ground)
    reference = models.CharField(max_length=80, help_text="number of the order or case")
    reason = models.CharField(max_length=300, blank=True, help_text="emptied when the data it held are erased")
    until = models.DateField(help_text="last day")
    placed_by_user_id = models.BigIntegerField()
    placed_by = models.CharField(max_length=150)
    released_by = models.CharField(max_length=150, blank=True)
    released_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True, help_text="why it was released")
    state = models.CharField(max_length=8, choices=State, default=State.IN_FORCE)

    class Meta:
        verbose_name = _("Hold on data")
        app_label = "jrcc"
        default_permissions = ("view",)
        indexes = [
            models.Index("journey", name="holds_of_journey"),
            models.Index("until", condition=models.Q(state="in_force"), name="holds_in_force"),
        ]

    def __str__(self) -> str:
        return self.reference


class RetentionHoldDeskGrant(DeskGrant):
    """Which desks see a hold: the JRCC's, and the border desk that placed it."""

    content_object = models.ForeignKey(RetentionHold, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False
