"""What the region had in hand at a date, item by item, as reports tell of it."""

from typing import Any, ClassVar

from django.db import models

from apps.region.managers import RegisterQuerySet


class Initiative(models.Model):
    """One item of the region's security work."""

    code = models.CharField(max_length=20, primary_key=True)
    area = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    actor = models.CharField(max_length=150)
    told_of = models.CharField(max_length=150, blank=True, help_text="when it happened, as the source says")
    shows = models.CharField(max_length=200, help_text="what the portal keeps of it")
    page = models.CharField(max_length=60, blank=True, help_text="name of the address that shows it")
    key = models.CharField(max_length=30, blank=True, help_text="code in that address")
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class InitiativeStatus(models.Model):
    """How far an item was, from a day on."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    status = models.CharField(max_length=150)
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = RegisterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["initiative", "valid_from"], name="one_status_a_day")]
