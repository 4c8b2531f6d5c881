"""By when a State wants a list."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.manifests.managers import RegimeQuerySet
from apps.people.models import DateRange, public_id


class Regime(models.Model):
    """When a State wants a list: dated rule, minutes relative to an event (negative = before)."""

    uid = public_id()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=[("air", "air"), ("sea", "sea")])
    craft = models.CharField(max_length=12, help_text="commercial, private or any")
    direction = models.CharField(max_length=10, choices=[("arrival", "arrival"), ("departure", "departure")])
    space = models.CharField(max_length=8, help_text="inside or outside the Single Domestic Space, or any")
    event = models.CharField(max_length=10, help_text="arrival or departure")
    minutes = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=12, help_text="verified, press, assumed or unverified")
    source = models.TextField()

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Deadline")
        app_label = "jrcc"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["party", "mode", "craft", "direction", "space", "valid_from"], name="one_regime_per_start"
            ),
            ExclusionConstraint(
                name="one_deadline_rule_at_a_time",
                expressions=[
                    *((name, RangeOperators.EQUAL) for name in ("party", "mode", "craft", "direction", "space")),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
