"""Groups of States within and beside the Community, with the periods of their membership."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models

from apps.people.models import DateRange
from apps.region.managers import RegisterQuerySet


class Grouping(models.Model):
    """A group that a rule or a list refers to: the Regional Security System, the Single Market."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class GroupingMember(models.Model):
    """A State in a group, from when to when."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    ("grouping", RangeOperators.EQUAL),
                    ("party", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]
