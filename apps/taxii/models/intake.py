"""What came in from programs and files, until a person has made reports of it or put it aside."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.taxii.managers import IntakeQuerySet


class Intake(Record):
    """One request or file with objects; its id is also the id of TAXII's status resource (section 4.3)."""

    class State(TextChoices):
        WAITING = "waiting", "Processing"
        OPEN = "open", "To review"
        DRAFTED = "drafted", "Draft created"
        DISCARDED = "discarded", "Set aside"

    channel = models.CharField(max_length=5, choices=[("taxii", "program"), ("page", "file")])
    name = models.CharField(max_length=200, blank=True, help_text="of the file")
    total = models.PositiveIntegerField(default=0)
    succeeded = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    results = models.JSONField(default=dict, help_text="{successes, failures, pendings: [{id, version, message}]}")
    body = models.TextField(blank=True, help_text="what is still to be read")
    drafts = models.JSONField(default=dict, help_text="{report of the bundle, or all: report of the portal}")
    taken = models.JSONField(default=dict, help_text="{object: person or thing that it was recorded of}")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, taxii", "STIX intake")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["owner", "-id"], name="intakes_of_desk"),
            models.Index("owner", condition=Q(state="open"), name="intakes_open"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def pending(self) -> int:
        """How many objects are still to be read."""
        return self.total - self.succeeded - self.failed


class IntakeDeskGrant(DeskGrant):
    """Which desk sees what came in: the one that sent it, alone."""

    content_object = models.ForeignKey(Intake, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
