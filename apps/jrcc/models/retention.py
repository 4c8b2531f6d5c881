"""How long travellers' data are kept, what holds them longer, and what was erased when."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.jrcc.managers import ErasureQuerySet, RegimeQuerySet
from apps.jrcc.models.journeys import Journey
from apps.jrcc.models.travellers import Traveller
from apps.people.models import DateRange, public_id


class RetentionRule(models.Model):
    """How long a State has a class of data kept: dated rule; the rows without a State are the portal's defaults."""

    class Kind(TextChoices):
        RAW = "raw_message", "Message as it came, and what was read in it"
        TRAVELLER = "traveller_record", "Traveller"
        TRAVELLER_WITH_HIT = "traveller_record_with_hit", "Traveller with a hit"
        UNREADABLE = "unreadable_file", "File that made no journey"
        DRAFT = "form_draft", "Draft of a list"

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


class RetentionHold(Record):
    """That the data of a journey, or of one of its travellers, are kept although their time is over, until a day."""

    class Ground(TextChoices):
        COURT = "court", "Order of a court"
        CASE = "case", "Criminal or other case"
        REQUEST = "request", "Request of the person concerned"

    class State(TextChoices):
        IN_FORCE = "in_force", "In force"
        RELEASED = "released", "Released"

    journey = models.ForeignKey(Journey, models.PROTECT, related_name="+")
    # without a constraint: when he is deleted after the release, the record of the hold stays
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
        abstract = False


class Erasure(Part):
    """That data of travellers were erased by rule: how many of each kind, hashes of the messages; never a name."""

    class Step(TextChoices):
        MASKED = "masked", "Travellers masked"
        DELETED = "deleted", "Travellers deleted"
        MESSAGE = "message", "Message erased"
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
        default_permissions = ()
        indexes = [models.Index("at", name="erasures_by_time"), models.Index("journey", name="erasures_of_journey")]
