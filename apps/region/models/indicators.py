"""Indicators: what is measured, by whom, and the values by day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.region.managers import ValueQuerySet
from apps.region.models.base import Fact, Head


class Indicator(Head):
    """What is measured: its definition, unit and source stand beside every number."""

    class State(TextChoices):
        KEPT = "kept", "Kept"
        CLOSED = "closed", "Closed"

    class Per(TextChoices):
        STATE = "state", "For each State"
        REGION = "region", "For the region"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    definition = models.TextField()
    unit = models.CharField(max_length=30)
    source = models.CharField(max_length=300)
    keeper = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="who answers for it")
    per = models.CharField(max_length=6, choices=Per)
    computed = models.BooleanField(default=False, help_text="reckoned by the portal; nobody enters values")
    fictional = models.BooleanField(default=False, help_text="demonstration")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=6, choices=State, default=State.KEPT)

    class Meta:
        verbose_name = pgettext_lazy("kind, region", "Indicator")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class IndicatorValue(Fact):
    """A value of an indicator on a day, of a State or of the region."""

    root_field: ClassVar[str] = "indicator"
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+", help_text="none: the region")
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)

    objects: ClassVar[Any] = ValueQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "party", "on"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="one_value_a_day",
            )
        ]
