"""What happens to a shared version: to whom it went, what they did with it, and who read it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.rifc.managers import ReadLogQuerySet, ReceiptQuerySet
from apps.rifc.models.reports import Report


class Receipt(Part):
    """That a version was sent to a desk, or to a person by name, and how far it has come there."""

    root_field: ClassVar[str] = "report"
    removed: ClassVar[str] = "an act: a desk is told anew"

    class State(TextChoices):
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        OPENED = "opened", "Opened"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        OVERDUE = "overdue", "Overdue"
        WITHDRAWN = "withdrawn", "Withdrawn"
        VOID = "void", "Void"

    LIVE: ClassVar[frozenset[str]] = frozenset({State.SENT, State.DELIVERED, State.OPENED, State.OVERDUE})
    """States in which a receipt is still to be given."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", help_text="named person")
    ack_required = models.BooleanField(default=False)
    ack_due = models.DateTimeField(null=True)
    basis = models.CharField(max_length=50, help_text="originator, internal-forward, or release:ID")
    conditions = models.CharField(max_length=1000, blank=True, help_text="of the release, for this recipient")
    added_at = models.DateTimeField()
    added_by_seat_id = models.BigIntegerField()
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    ack_at = models.DateTimeField(null=True)
    ack_by_seat_id = models.BigIntegerField(null=True)
    ack_note = models.CharField(max_length=300, blank=True)
    late = models.BooleanField(default=False)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why the entry was withdrawn")
    state = models.CharField(max_length=12, choices=State, default=State.SENT)

    objects: ClassVar[Any] = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Report receipt")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["report", "desk"], condition=Q(user=None), name="one_receipt_per_desk"),
            models.UniqueConstraint(fields=["report", "user"], name="one_receipt_per_person"),
        ]
        indexes = [
            models.Index("desk", "report", name="receipts_of_desk"),
            models.Index("ack_due", condition=Q(ack_required=True, ack_at=None), name="receipts_due"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The originator's chain tells of what recipients do."""
        return self.report.originator_id, self.report.owner_id

    @property
    def level(self) -> int:
        """As high as its report."""
        return self.report.level


class ReadLog(Part):
    """One reading, written before the first byte goes out. Nothing changes or removes a row."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(max_length=50, help_text="web, api, compare, or attachment:ID")
    request_id = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=5, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = ReadLogQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Report reading")
        default_permissions = ()
        indexes = [models.Index(fields=["report", "-id"], name="readings_of_report")]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The originator's chain tells who read."""
        return self.report.originator_id, self.report.owner_id

    @property
    def level(self) -> int:
        """As high as its report."""
        return self.report.level
