"""Walks over the chains of the audit, day by day."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.oversight.managers import WalkQuerySet


class ChainWalk(models.Model):
    """That on one day seals of the audit's chains were computed anew, how many, and what did not fit."""

    class State(TextChoices):
        MADE = "made", "Made"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField(unique=True, help_text="UTC")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    entries = models.PositiveBigIntegerField(help_text="seals that were computed")
    marks = models.JSONField(help_text="{chain: last number that was walked once}")
    resume = models.JSONField(
        null=True, help_text="[chain, number]: where the next day goes on with what was walked before"
    )
    round_began_at = models.DateTimeField(help_text="every entry of then was walked since, once `whole` is true")
    whole = models.BooleanField(help_text="the round over all chains is finished")
    breaks = models.JSONField(default=list, help_text="[[chain, number, reason], …], the first of each chain")
    state = models.CharField(max_length=4, choices=State, default=State.MADE)

    objects: ClassVar[Any] = WalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Audit seal check")
        default_permissions = ()

    def __str__(self) -> str:
        return f"walk of {self.day.isoformat()}"

    def audited_as(self) -> tuple[str, None]:
        """The portal's own chain."""
        return "PORTAL", None
