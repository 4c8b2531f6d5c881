"""A State is asked about the sentences that name it, and about nothing else of the draft."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.reports.models.reports import Report


class Clearance(Record):
    """What one State is asked to clear: the sentences as they stood, and its answer."""

    class State(TextChoices):
        ASKED = "asked", "Asked"
        AGREED = "agreed", "Cleared"
        OBJECTED = "objected", "Objects to being named"
        RETURNED = "returned", "Returned with a comment"
        ENDED = "ended", "No longer needed"

    GIVEN: ClassVar[frozenset[str]] = frozenset({"agreed", "objected"})

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    draft = models.PositiveSmallIntegerField()
    keys = ArrayField(models.CharField(max_length=60))
    texts = models.JSONField(help_text="[key, text] of the sentences as they stood")
    due_on = models.DateField()
    comment = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)

    class Meta:
        verbose_name = _("Clearance by a State")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["report", "party", "draft"], name="one_clearance_per_draft")]

    def __str__(self) -> str:
        return f"{self.report} {self.party_id}"


class ClearanceDeskGrant(DeskGrant):
    """Which desks see a clearance: the State's ministry and the Secretariat."""

    content_object = models.ForeignKey(Clearance, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
