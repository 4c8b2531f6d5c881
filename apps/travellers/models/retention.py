"""How long travellers' data are kept, what holds them longer, and what was erased when."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.journeys.models.journeys import Journey
from apps.manifests.managers import RegimeQuerySet
from apps.people.models import DateRange, public_id
from apps.travellers.managers import ErasureQuerySet


class RetentionRule(models.Model):
    """How long a State has a class of data kept: dated rule; the rows without a State are the portal's defaults."""

    class Kind(TextChoices):
        RAW = "raw_message", "Original message and the data read from it"
        TRAVELLER = "traveller_record", "Traveller"
        TRAVELLER_WITH_HIT = "traveller_record_with_hit", "Traveller with a hit"
        UNREADABLE = "unreadable_file", "File without a journey"
        DRAFT = "form_draft", "Draft manifest"

    uid = public_id()
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30, choices=Kind)
    keep_days = models.PositiveIntegerField(help_text="after the end of the journey")
    delete_days = models.PositiveIntegerField(null=True, help_text="masked until then, afterwards deleted")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.TextField()

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "valid_from"], nulls_distinct=False, name="one_retention_per_start"
            ),
            ExclusionConstraint(
                name="one_retention_at_a_time",
                expressions=[
                    (Coalesce("party", models.Value("*")), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Erasure(Part):
    """That data of travellers were erased by rule: how many of each kind, hashes of the messages; never a name."""

    class Step(TextChoices):
        MASKED = "masked", "Travellers masked"
        DELETED = "deleted", "Travellers deleted"
        MESSAGE = "message", "Message deleted"
        ACCESS = "access", "A State's access ended"

    root_field: ClassVar[str] = "journey"
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=8, choices=Step)
    counts = models.JSONField(help_text="{table: rows}")
    hashes = ArrayField(models.CharField(max_length=64), default=list, help_text="SHA-256 of messages, sorted")
    states = ArrayField(models.CharField(max_length=8), default=list, help_text="whose access ended")
    at = models.DateTimeField()

    objects: ClassVar[Any] = ErasureQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        indexes = [models.Index("at", name="erasures_by_time"), models.Index("journey", name="erasures_of_journey")]
