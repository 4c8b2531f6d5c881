"""Dated lists: vocabularies, grading schemes, the MoU and what a party does its own way."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models

from apps.access.choices import TextChoices
from apps.people.models import DateRange
from apps.rifc.managers import ReferenceQuerySet


class Dated(models.Model):
    """A row that holds from a day, until the day before another."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True


class Term(Dated):
    """A word of a list: classification, TLP, handling, kind, source type, reasons, purposes, periods, categories."""

    vocabulary = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    extra = models.JSONField(default=dict, help_text="what the rules read from it: level, tier, minutes")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code", "valid_from"], name="one_term_per_code_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"


class GradingScheme(Dated):
    """A way to grade source and information, with its display in 6×6 (apps.rifc.rules.gradings.Scheme)."""

    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    content = models.JSONField(help_text="pattern, source, information, handling, unknown, display, implies")
    position = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_scheme_per_code_and_day")]

    def __str__(self) -> str:
        return self.code


class MouMembership(models.Model):
    """That the MoU is in force for a party, from when to when; a suspension is an end, and going on is a new row."""

    class Numbers(TextChoices):
        RUNNING, RANDOM = "running", "random"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    signed = models.DateField()
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, help_text="first day on which it is suspended or over")
    source = models.CharField(max_length=300, blank=True)
    self_release = models.BooleanField(default=False, help_text="authors may release up to RESTRICTED themselves")
    number_style = models.CharField(max_length=8, choices=Numbers, default=Numbers.RUNNING)
    readlog_person_visible = models.BooleanField(
        default=False, help_text="originators abroad are shown which of its people read"
    )

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_mou_membership_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    (DateRange("in_force_from", "in_force_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.in_force_from}"


class NationalLabel(Dated):
    """What a party calls a level of the portal."""

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party", "level", "valid_from"], name="one_label_per_party_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.label}"
