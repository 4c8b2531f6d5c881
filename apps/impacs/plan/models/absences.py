"""When people are not at work, so that nobody plans on them."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record


class _Days(Func):
    """daterange(first, last, '[]'): both days in it."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Absence(Record):
    """Leave of a person, both days included. Why is nobody's business here. Its owner is the person's desk."""

    class State(TextChoices):
        ENTERED = "entered", "Entered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.ENTERED)

    class Meta:
        verbose_name = _("Leave of a person")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_after_start"),
            ExclusionConstraint(
                name="absent_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (_Days("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="entered"),
            ),
        ]
        indexes: ClassVar = [models.Index("last", condition=Q(state="entered"), name="absences_to_come")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class AbsenceDeskGrant(DeskGrant):
    """Which desks see an absence."""

    content_object = models.ForeignKey(Absence, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
