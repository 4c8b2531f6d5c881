"""How the portal is operated: apps that are switched off for a party, and times of maintenance."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.operations.managers import OperatedQuerySet


class Feature(models.Model):
    """An app of the portal that can be switched off for a party; reference data from seed/features.toml."""

    code = models.CharField(max_length=20, primary_key=True)
    label = models.CharField(max_length=80)
    places = models.JSONField(help_text="beginnings of names of addresses, for example rifc-assessments")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


class FeatureSwitch(models.Model):
    """That an app is off for a party, from when to when."""

    class State(TextChoices):
        OFF, ENDED = "off", "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, choices=State, default=State.OFF)

    objects: ClassVar[Any] = OperatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Area switched off")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["feature", "party"], condition=Q(valid_to=None), name="switched_off_once")
        ]

    def __str__(self) -> str:
        return f"{self.feature_id} off for {self.party_id}"


class Maintenance(models.Model):
    """A time in which the portal is read and nothing is changed, but passenger and crew lists still come in."""

    class State(TextChoices):
        RUNNING, ENDED = "running", "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.CharField(max_length=300, help_text="shown on every page")
    begun_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(help_text="announced end")
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)

    objects: ClassVar[Any] = OperatedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, operations", "Maintenance")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="one_maintenance_at_a_time")
        ]

    def __str__(self) -> str:
        return f"from {self.begun_at.isoformat()}"
