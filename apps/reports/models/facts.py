"""Facts that no other table holds: a request from outside, a task force, a study, an early decision."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.people.models import DateRange


class Fact(Record):
    """One dated fact with its source. Never edited: a correction closes what was known and adds what is known now."""

    class State(TextChoices):
        STANDING = "standing", "Current"
        CORRECTED = "corrected", "Corrected"

    class Provenance(TextChoices):
        DOCUMENT = "document", "Documented"
        STATED = "stated", "Stated, no detail"
        INFERRED = "inferred", "Inferred"
        DEMO = "demo", "Demonstration"

    REPORTED: ClassVar[frozenset[str]] = frozenset({"document", "stated"})
    """What may stand in a report; inferred and demonstration facts never do."""

    code = models.CharField(max_length=60, help_text="what it is about: decision.FRAMEWORK, study.DEPORTEES")
    title = models.CharField(max_length=200)
    content = models.JSONField(help_text="names and values (apps.reports.rules.values)")
    valid_from = models.DateField(help_text="first day on which it holds")
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    recorded_at = models.DateTimeField(help_text="since when the register knows it")
    superseded_at = models.DateTimeField(null=True, help_text="since when the register knows better")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    provenance = models.CharField(max_length=8, choices=Provenance, default=Provenance.DOCUMENT)
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was corrected")
    state = models.CharField(max_length=9, choices=State, default=State.STANDING)

    class Meta:
        verbose_name = _("Fact with its source")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="fact_period"),
            models.CheckConstraint(
                condition=Q(state="standing", superseded_at=None) | Q(state="corrected", superseded_at__isnull=False),
                name="fact_corrected_has_moment",
            ),
            ExclusionConstraint(
                name="one_fact_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at=None),
            ),
        ]
        indexes = [models.Index("code", "valid_from", name="facts_by_code")]

    def __str__(self) -> str:
        return self.code


class FactDeskGrant(DeskGrant):
    """Which desks see a fact."""

    content_object = models.ForeignKey(Fact, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
