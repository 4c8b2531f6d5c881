"""Taking a report back, and what each recipient says of their copies."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.rifc.managers import AckQuerySet
from apps.rifc.models.reports import Report


class Recall(Part):
    """One recall of a report: why, what recipients are told, until when they confirm. Kept when it is undone."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    reason_code = models.CharField(max_length=40)
    text = models.CharField(max_length=1000, help_text="shown to every recipient")
    at = models.DateTimeField()
    seat_id = models.BigIntegerField()
    ack_due = models.DateTimeField()
    period = models.DurationField(help_text="time to confirm; reminders go by its multiples")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["report", "-id"], name="recalls_of_report")]


class RecallAck(Part):
    """What one recipient did with its copies, or has still to say."""

    root_field: ClassVar[str] = "report"

    class State(TextChoices):
        OPEN = "open", "Waiting"
        OVERDUE = "overdue", "Overdue"
        CONFIRMED = "confirmed_removed", "Copies removed"
        PASSED_ON = "passed_on", "Forwarded"
        CANNOT = "cannot", "Cannot be removed"
        CLOSED = "closed", "Closed"
        VOID = "void", "Not needed: the recall was undone"

    WAITING: ClassVar[frozenset[str]] = frozenset({State.OPEN, State.OVERDUE})
    ANSWERED: ClassVar[frozenset[str]] = frozenset({State.CONFIRMED, State.PASSED_ON, State.CANNOT})

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    recall = models.ForeignKey(Recall, models.CASCADE, related_name="+")
    report_desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", help_text="who passed it on to it")
    to = ArrayField(models.CharField(max_length=200), default=list, help_text="to whom it was passed on")
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)

    objects: ClassVar[Any] = AckQuerySet.as_manager()

    class Meta:
        verbose_name = _("Answer to a recall")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recall", "desk"], condition=Q(user=None), name="one_answer_per_desk"),
            models.UniqueConstraint(fields=["recall", "user"], name="one_answer_per_person"),
        ]
        indexes = [
            models.Index("report", name="answers_of_report"),
            models.Index("recall", condition=Q(state__in=["open", "overdue"]), name="answers_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The originator's chain tells what became of the copies."""
        return self.report.originator_id, self.report.owner_id

    @property
    def level(self) -> int:
        """As high as its report."""
        return self.report.level
