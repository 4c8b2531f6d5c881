"""Tries of the way by which alarms reach people."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.models import DeskGrant, Part, Record


class AlarmTest(Record):
    """An alarm that somebody who decides sends to their own desk, to see who answers and how soon."""

    reference = models.CharField(max_length=20, unique=True, help_text="TA-2026-00042")
    sent_by = models.CharField(max_length=150)
    seats = ArrayField(models.BigIntegerField(), help_text="seats at the desk when it was sent")
    state = models.CharField(max_length=4, default="sent", choices=[("sent", "Sent")])

    class Meta:
        verbose_name = pgettext_lazy("kind, notices", "Test alarm")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.reference


class AlarmTestDeskGrant(DeskGrant):
    """Which desks see a test alarm: the one that it was sent to, and the portal's."""

    content_object = models.ForeignKey(AlarmTest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class AlarmAnswer(Part):
    """That one person has answered a test alarm."""

    root_field: ClassVar[str] = "alarm"
    alarm = models.ForeignKey(AlarmTest, models.CASCADE, related_name="+")
    seat_id = models.BigIntegerField()
    person = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["alarm", "seat_id"], name="one_answer_per_alarm_and_seat")]
