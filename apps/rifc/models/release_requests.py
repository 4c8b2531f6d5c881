"""Asking the originators to let somebody else have a report."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.models import DeskGrant, Record
from apps.rifc.managers import DecisionQuerySet, RequestQuerySet
from apps.rifc.models.reports import Report


class ReleaseRequest(Record):
    """A request to pass a version on. Silence is never consent: what nobody answers lapses."""

    class State(TextChoices):
        SUBMITTED = "submitted", "Waiting"
        PARTLY_DECIDED = "partly_decided", "Partly decided"
        APPROVED = "approved", "Approved"
        APPROVED_SANITISED = "approved_sanitised", "Approved, sanitised"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Lapsed"
        REVOKED = "revoked", "Revoked"

    OPEN: ClassVar[frozenset[str]] = frozenset({State.SUBMITTED, State.PARTLY_DECIDED})

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    report_desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    report_originator = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    originators = ArrayField(models.CharField(max_length=8), help_text="parties that each decide")
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    targets = ArrayField(models.CharField(max_length=40), help_text="desk codes")
    external = models.CharField(max_length=200, blank=True, help_text="a body outside of the portal")
    purpose = models.CharField(max_length=40)
    note = models.CharField(max_length=1000, blank=True)
    portion = ArrayField(models.UUIDField(), default=list, help_text="paragraphs; empty: all")
    due_at = models.DateTimeField(help_text="lapses then")
    conditions = models.CharField(max_length=1000, blank=True, help_text="of all who approved")
    variant = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True, help_text="code of the refusal or of the end")
    decided_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Release request")
        default_permissions = ("view",)
        indexes = [
            models.Index("report", name="requests_of_report"),
            models.Index("due_at", condition=Q(state__in=["submitted", "partly_decided"]), name="requests_due"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {', '.join(self.targets) or self.external}"


class ReleaseRequestDeskGrant(DeskGrant):
    """Which desks are told of a request: the one that asked, and those that decide."""

    content_object = models.ForeignKey(ReleaseRequest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class ReleaseDecision(models.Model):
    """What one originator says; their reason stays their own, the others read nothing of it."""

    class Answer(TextChoices):
        WAITING, APPROVED, SANITISED, REFUSED = "waiting", "approved", "sanitised", "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(ReleaseRequest, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    reason = models.CharField(max_length=1000, blank=True)
    code = models.CharField(max_length=40, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)
    by_seat_id = models.BigIntegerField(null=True)

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "party"], name="one_decision_per_originator")]
