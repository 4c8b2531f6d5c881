"""Institutions as dated data: organs, their chairs, the rules by which they decide, and who owes contributions."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.council.managers import ReferenceQuerySet
from apps.people.models import DateRange, public_id


class Organ(models.Model):
    """A body of the Community: the Conference, a Council, a committee, an agency, a task force."""

    class Kind(TextChoices):
        CONFERENCE = "conference", "Conference"
        COUNCIL = "council", "Council"
        ADVISORY = "advisory", "Advisory body"
        OVERSIGHT = "oversight", "Oversight body"
        PORTFOLIO = "portfolio", "Portfolio"
        STANDING_COMMITTEE = "standing_committee", "Standing committee"
        AGENCY = "agency", "Agency"
        SUB_AGENCY = "sub_agency", "Sub-agency"
        TASK_FORCE = "task_force", "Task force"
        SECRETARIAT = "secretariat", "Secretariat"
        EXTERNAL = "external", "External body"

    uid = public_id()
    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    members = models.CharField(max_length=60, blank=True, help_text='"ALL_FULL": every Member State of the day')
    office = models.CharField(max_length=120, blank=True, help_text="who sits for a State")
    seat = models.CharField(max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    legal_basis = models.TextField(blank=True)
    confidence = models.TextField(blank=True, help_text="what is still to be confirmed")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="first day on which it no longer exists")

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class OrganChair(models.Model):
    """The State in the chair of an organ, from when to when; the person is whoever holds the office."""

    class State(TextChoices):
        RECORDED = "recorded", "Recorded"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECORDED)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("State in the chair")
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_chair_at_a_time",
                expressions=[
                    ("organ", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]


class RuleSet(models.Model):
    """How organs decide, from when to when. Immutable: a change of the rules is a new rule set."""

    uid = public_id()
    code = models.CharField(max_length=40, primary_key=True)
    organs = ArrayField(models.CharField(max_length=30), help_text="codes of the organs that it governs")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="last day, as the rules themselves say it")
    active = models.BooleanField(default=True)
    content = models.JSONField(
        help_text="quorum, majorities, arrears, consensus, written procedure (apps.council.rules)"
    )
    sha256 = models.CharField(max_length=64, help_text="of the canonical form of the content")

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


class SilenceRules(models.Model):
    """The parameters of an organ's written procedure, from when to when."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which they no longer hold")
    content = models.JSONField(
        help_text="minimum_hours, window, extension, maximum (apps.council.procedures.rules.silence)"
    )
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_silence_rule_at_a_time",
                expressions=[
                    ("organ", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]


class WrittenVoteRules(models.Model):
    """How long an organ's votes outside a meeting stay open, from when to when. A change is a new row."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which they no longer hold")
    content = models.JSONField(help_text="minimum_hours, maximum_hours, working days, window (apps.council.rules)")
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_written_vote_rule_at_a_time",
                expressions=[
                    ("organ", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]


class Contribution(Record):
    """What a State owes for a year. More than two years unpaid, and it may not vote (Revised Treaty, Article 27(2))."""

    class State(TextChoices):
        DUE, PAID = "due", "paid"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    amount_minor = models.PositiveBigIntegerField(help_text="in minor units of the currency")
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    state = models.CharField(max_length=6, choices=State, default=State.DUE)

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Contribution")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["party", "year"], name="one_contribution_a_year"),
            models.CheckConstraint(condition=Q(paid_on=None) | Q(state="paid"), name="paid_on_when_paid"),
        ]

    @property
    def amount(self) -> int:
        """In whole units of the currency, cents left off."""
        return self.amount_minor // 100


class ContributionDeskGrant(DeskGrant):
    """Which desks see a contribution: the State's own ministry and the Secretariat."""

    content_object = models.ForeignKey(Contribution, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class VotingWaiver(Record):
    """The Conference lets a State in arrears vote for a time (Revised Treaty, Article 27(2))."""

    class State(TextChoices):
        GRANTED, ENDED = "granted", "ended"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="last day")
    basis = models.CharField(max_length=200, help_text="decision of the Conference")
    state = models.CharField(max_length=10, choices=State, default=State.GRANTED)

    class Meta:
        verbose_name = _("Permission to vote")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="waiver_period")
        ]


class VotingWaiverDeskGrant(DeskGrant):
    """Which desks see a waiver."""

    content_object = models.ForeignKey(VotingWaiver, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
