"""What States say of their actions."""

from typing import Any, ClassVar

from django.db import models

from apps.access.models import Part
from apps.impacs.managers import OwnWordsQuerySet
from apps.impacs.obligations.models.state_actions import StateAction


class Report(Part):
    """How far a State says it has come; never edited, a correction is a further report."""

    root_field: ClassVar[str] = "action"
    action = models.ForeignKey(StateAction, models.CASCADE, related_name="+")
    text = models.TextField()
    progress = models.PositiveSmallIntegerField(help_text="per cent")
    day = models.DateField(help_text="on which it counts, where the State is")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = OwnWordsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["action", "-day", "-at"], name="reports_of_action")]
