"""Regional systems, and which State stands at which stage of each, since when."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.people.models import DateRange, public_id
from apps.region.managers import ParticipationQuerySet, RegisterQuerySet, StatedQuerySet
from apps.region.models.base import Fact, Head


class System(models.Model):
    """A regional system, centre or study that States take part in or are served by."""

    uid = public_id()
    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    keeper = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="body that keeps its rows")
    operator = models.CharField(max_length=80, blank=True, help_text="who runs it, as the source says")
    functions = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    joinable = models.BooleanField(help_text="States take part one by one")
    note = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, region", "Regional system")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class SystemPeriod(models.Model):
    """How far a system itself was, from when to when."""

    class Status(TextChoices):
        PLANNED = "planned", "Planned"
        STUDY = "study", "Under study"
        DEVELOPMENT = "development", "In development"
        OPERATING = "operating", "In operation"
        PERMANENT = "permanent", "Permanent"
        LAPSED = "lapsed", "Lapsed"
        COMPLETE = "complete", "Complete"

    system = models.ForeignKey(System, models.CASCADE, related_name="+")
    status = models.CharField(max_length=12, choices=Status)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("Period of a system")
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_status_at_a_time",
                expressions=[
                    ("system", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]


class StatedCount(Fact):
    """A number that a document gives without naming the States: "ten of the fifteen Member States"."""

    root_field: ClassVar[str] = "system"
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    n = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    as_of = models.DateField()

    objects: ClassVar[Any] = StatedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, region", "Stated number")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(n__lte=F("of")), name="stated_part_of_the_whole"),
            models.UniqueConstraint(
                fields=["system", "as_of"], condition=Q(superseded_at=None), name="one_stated_count_a_day"
            ),
        ]


class Participation(Head):
    """One State in one system. `state` is the stage last reached; what held on a day is in its periods."""

    class Stage(TextChoices):
        NONE = "none", "Not taking part"
        INTERESTED = "interested", "Has asked to join"
        ASSESSMENT = "technical_assessment", "Technical assessment"
        SIGNED = "agreement_signed", "Agreement signed"
        LEGAL = "legal_basis_ready", "Legal basis ready"
        TESTING = "testing", "Testing"
        LIVE = "live", "In use"
        SUSPENDED = "suspended", "Suspended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=Stage, default=Stage.NONE)

    objects: ClassVar[Any] = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, region", "Participation")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["system", "party"], name="one_participation_per_state")]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.system_id}"

    def audited_as(self) -> tuple[str, None]:
        """The State whose audit chain tells of it."""
        return self.party_id, None


class StagePeriod(Fact):
    """A stage of a State in a system, [valid_from, valid_to). Reached and left on one day, it is an empty period."""

    root_field: ClassVar[str] = "participation"
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Participation.Stage)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    early = models.BooleanField(default=False, help_text="the day is when it is first told of; it began earlier")
    offered = models.BooleanField(default=False, help_text="the system was offered to the State, which has not asked")

    class Meta:
        verbose_name = _("Stage of participation")
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_stage_at_a_time",
                expressions=[
                    ("participation", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at=None),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="stage_period_forward"
            ),
        ]
        indexes = [models.Index(fields=["participation", "valid_from"], name="stages_of_participation")]
