"""What reports were good for: what recipients say of them, and what each party gives and gets by month."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.models import Part
from apps.rifc.managers import BalanceQuerySet, FlowQuerySet, UseQuerySet
from apps.rifc.models.reports import Report


class Use(Part):
    """What a recipient's desk says of a report: how useful it was, and what it was used for."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    usefulness = models.CharField(max_length=20, help_text="a term of the list `usefulness`")
    used_for = ArrayField(models.CharField(max_length=20), default=list, help_text="terms of the list `use`")
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    seat_id = models.BigIntegerField()
    state = models.CharField(max_length=8, default="told", choices=[("told", "Told")])

    objects: ClassVar[Any] = UseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Report feedback")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "desk"], name="one_use_per_desk")]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The originator's chain tells of what recipients say."""
        return self.report.originator_id, self.report.owner_id

    @property
    def level(self) -> int:
        """As high as its report."""
        return self.report.level


class Balance(models.Model):
    """What a party gave and got in a month; without a party the median of the region's members.

    Counted from receipts, answers and uses by the portal's own desk, which sees no report.
    """

    month = models.DateField(help_text="its first day")
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    shared = models.FloatField(help_text="reports sent to other parties")
    received = models.FloatField(help_text="reports had from other parties")
    useful = models.FloatField(help_text="times that a recipient called one of its reports useful, or partly")
    recalled = models.FloatField(help_text="reports taken back")
    ack_hours = models.FloatField(null=True, help_text="median time to a receipt")
    members = models.PositiveSmallIntegerField(default=0, help_text="parties behind a median")
    counted_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="counted", choices=[("counted", "Counted")])

    objects: ClassVar[Any] = BalanceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Sharing statistics")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["month", "party"], name="one_balance_per_month"),
            models.UniqueConstraint(fields=["month"], condition=Q(party=None), name="one_median_per_month"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id or 'region'} {self.month:%Y-%m}"

    def audited_as(self) -> tuple[str, int | None]:
        """The chain of the desk that counts."""
        return "RIFC", None

    @property
    def level(self) -> int:
        """Figures alone."""
        return 1


class Flow(models.Model):
    """What one party gave another in a month, and how much of it was of use there.

    Counted with `Balance` from receipts and uses, of which each of the two knows its own side.
    """

    month = models.DateField(help_text="its first day")
    giver = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    given = models.PositiveIntegerField(help_text="reports sent, each once")
    used = models.PositiveIntegerField(help_text="reports that the receiver called useful, or partly")

    objects: ClassVar[Any] = FlowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["month", "giver", "receiver"], name="one_flow_per_month")]

    def __str__(self) -> str:
        return f"{self.giver_id} {self.receiver_id} {self.month:%Y-%m}"
