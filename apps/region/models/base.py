"""What the register is made of: heads that are acted on, and dated facts about them that are never edited.

A fact says what held from when (valid time) and when it was recorded (knowledge). A correction supersedes a fact and
adds another in the same act; so every question "as of a day, as known at a moment" has one answer for ever.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import Part
from apps.region.managers import FactQuerySet, RegisterQuerySet


class Provenance(TextChoices):
    """How we know it. Reports use what was stated or documented; they never use the other two."""

    STATED = "stated", "Stated in a report"
    DOCUMENT = "document", "Documented"
    INFERRED = "inferred", "Inferred"
    DEMO = "demo", "Fictional"


REPORTED = frozenset({Provenance.STATED, Provenance.DOCUMENT})
"""What a report may count."""


class Head(models.Model):
    """What is acted on: its facts hang on it, its `state` is the last step taken. Seen by rule, so without grants."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        """Entity tag of this version (RFC 9110, section 8.8.3)."""
        return f'"{self.version}"'


class Fact(Part):
    """One dated fact about a head, as somebody recorded it. Superseded, never edited and never removed."""

    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, help_text="when something else became known in its place")
    provenance = models.CharField(max_length=8, choices=Provenance, default=Provenance.DOCUMENT)
    source = models.CharField(max_length=300, blank=True, help_text="where it is written")
    note = models.CharField(max_length=500, blank=True, help_text="reason or remark")
    by_seat_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        abstract = True
