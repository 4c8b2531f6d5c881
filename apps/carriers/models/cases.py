"""Cases of a State against a carrier whose lists do not come: only where the State's law provides for one."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.journeys.models.carriers import Carrier
from apps.manifests.managers import RegimeQuerySet
from apps.people.models import DateRange, public_id


class PenaltyRule(models.Model):
    """What a State's law provides for: dated, with its source."""

    uid = public_id()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    who = models.CharField(max_length=80)
    act = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    most_minor = models.PositiveIntegerField(help_text="the highest fine, in minor units")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    status = models.CharField(max_length=12)
    source = models.TextField()

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party", "act", "valid_from"], name="one_penalty_per_start"),
            ExclusionConstraint(
                name="one_penalty_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("act", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.act


class ComplianceCase(Record):
    """A State's case against a carrier, with the facts as they stood when it was opened."""

    class State(TextChoices):
        OPEN = "open", "In preparation"
        NOTIFIED = "notified", "Notice given"
        EXPLAINED = "explained", "Explained by the carrier"
        PROPOSED = "proposed", "Decision awaiting second approval"
        PENALTY = "penalty", "Penalty imposed"
        APPEALED = "appealed", "Appealed by the carrier"
        WAIVED = "waived", "Waived"
        PAID = "paid", "Paid"

    reference = models.CharField(max_length=30, unique=True, help_text="CYM-C-2026-001")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    rule = models.ForeignKey(PenaltyRule, models.PROTECT, related_name="+")
    evidence = models.JSONField(
        help_text="frozen, without travellers: [{flight, date, role, deadline_at, received_at, receipts: "
        "[{receipt, sha256, received_at, grade}]}]"
    )
    facts = models.CharField(max_length=1000, help_text="what is held against the carrier")
    explanation = models.CharField(max_length=2000, blank=True)
    proposed = models.CharField(max_length=8, blank=True, help_text="penalty or waived")
    amount_minor = models.PositiveIntegerField(null=True)
    grounds = models.CharField(max_length=1000, blank=True, help_text="of the decision")
    decided_by_user_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=150, blank=True, help_text="who proposed the decision")
    confirmed_by = models.CharField(max_length=150, blank=True)
    appeal = models.CharField(max_length=2000, blank=True)
    paid_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("Case against a carrier")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["penalty", "paid"]) | Q(amount_minor__gt=0), name="penalty_has_an_amount"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ComplianceCaseDeskGrant(DeskGrant):
    """Which desks see a case: border and ministry of the State; the carrier's once it is notified."""

    content_object = models.ForeignKey(ComplianceCase, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False
