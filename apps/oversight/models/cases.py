"""What looked unusual in the audit: dated rules, the cases that they open, and who is about to leave."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.oversight.managers import CaseQuerySet, LeaverQuerySet, RuleQuerySet, StepQuerySet


class AnomalyRule(models.Model):
    """When something in the audit is unusual; dated data from seed/anomalies.toml."""

    code = models.CharField(max_length=30, help_text="of apps.oversight.queries.anomalies")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    label = models.CharField(max_length=80)
    says = models.CharField(max_length=300, help_text="the rule in words")
    least = models.PositiveIntegerField(help_text="fewer are never a finding")
    factor = models.DecimalField(max_digits=5, decimal_places=2, null=True, help_text="times one's own usual number")
    from_hour = models.PositiveSmallIntegerField(null=True, help_text="of the night, at the person's place")
    to_hour = models.PositiveSmallIntegerField(null=True)
    usual = models.PositiveSmallIntegerField(null=True, help_text="earlier nights after which a night is one's work")
    source = models.CharField(max_length=200)

    objects: ClassVar[Any] = RuleQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_anomaly_rule_per_code_and_day")]

    def __str__(self) -> str:
        return self.code


class Leaver(models.Model):
    """A person who has given or was given notice: until they leave, much reading is a finding."""

    class State(TextChoices):
        NOTED, ENDED = "noted", "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    leaves_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=5, choices=State, default=State.NOTED)

    objects: ClassVar[Any] = LeaverQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, oversight", "Leaver notice")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state="noted"), name="one_notice_of_leaving_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} leaves on {self.leaves_on.isoformat()}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of it."""
        return self.party_id, None


class Case(models.Model):
    """One finding about one person, or about one account at the entrance. Its person never sees it here."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, oversight", "Open")
        ASSESSED = "assessed"
        EXPLAINED, CLOSED = "explained", "closed"

    class Outcome(TextChoices):
        WARNED = "warned", "The person was warned"
        TRAINED = "trained", "The person was trained"
        REMOVED = "removed", "Appointments or keys were removed"
        DISCIPLINE = "discipline", "Disciplinary or criminal proceedings"
        NO_FAULT = "no_fault", "No fault found"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=30, unique=True)
    rule = models.ForeignKey(AnomalyRule, models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(help_text="the person; 0: nobody knows who tried")
    person = models.CharField(max_length=150, blank=True, help_text="user name, of the person or of the account tried")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="whose person or account")
    desk = models.CharField(max_length=40, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    count = models.PositiveIntegerField()
    usual = models.DecimalField(max_digits=8, decimal_places=1, null=True, help_text="one's own median")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, oversight", "Oversight case")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["rule", "user_id", "person", "begins"], name="one_case_per_finding")
        ]
        indexes = [models.Index(fields=["party", "-id"], name="cases_of_party")]

    def __str__(self) -> str:
        return self.number

    @property
    def etag(self) -> str:
        """Entity tag of this version."""
        return f'"{self.version}"'

    def audited_as(self) -> tuple[str, None]:
        """The chain of the party whose person it is about."""
        return self.party_id, None


class CaseStep(models.Model):
    """What somebody did with a case, and why."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=150)
    desk = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=Case.State)
    note = models.TextField(max_length=2000)

    objects: ClassVar[Any] = StepQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["case", "id"], name="steps_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
