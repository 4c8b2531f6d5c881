"""A person's request about the data held on them, and what each desk of the party found."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.protection.models.registers import RequestRule, Right


class SubjectRequest(Record):
    """A person's lawful request to one party; its answer is prepared by one person and released by another."""

    class State(TextChoices):
        RECEIVED = "received", "Received"
        GATHERED = "gathered", "Desks have searched"
        PREPARED = "prepared", "Answer awaits second approval"
        RELEASED = "released", "Answered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Identity(TextChoices):
        SEEN = "seen", "Passport or identity card seen"
        CERTIFIED = "certified", "Certified copy"
        REPRESENTATIVE = "representative", "Representative with a written authority"
        COURT = "court", "Identified by a court"

    class Outcome(TextChoices):
        GIVEN = "given", "Data given"
        DONE = "done", "Done as requested"
        REFUSED = "refused", "Refused, with reason"

    OPEN: ClassVar[frozenset[str]] = frozenset({"received", "gathered"})

    number = models.CharField(max_length=30, unique=True, help_text="DS-JAM-2026-0001")
    right = models.CharField(max_length=10, choices=Right)
    rule = models.ForeignKey(RequestRule, models.PROTECT, related_name="+")
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    birth_date = models.CharField(max_length=10, blank=True, help_text="YYYY-MM-DD")
    document = models.CharField(max_length=40, blank=True)
    asked_by = models.CharField(max_length=200, blank=True, help_text="the person, or who asks for him")
    ground = models.CharField(max_length=300, help_text="legal ground, as the request names it")
    identity = models.CharField(max_length=14, choices=Identity, help_text="how it was checked who asks")
    received_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, help_text="as it goes out")
    prepared_by_user_id = models.BigIntegerField(null=True)
    prepared_by = models.CharField(max_length=150, blank=True)
    released_by = models.CharField(max_length=150, blank=True)
    released_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True, help_text="why it was given back or withdrawn")
    forget_on = models.DateField(null=True, help_text="the day on which the person's data in it are erased")
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVED)

    class Meta:
        verbose_name = _("Data subject request")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("received_on")), name="request_due_after_receipt"
            )
        ]
        # the night's work of forgetting
        indexes = [models.Index("forget_on", condition=~models.Q(asked_by=""), name="requests_to_forget")]

    def __str__(self) -> str:
        return self.number


class SubjectRequestDeskGrant(DeskGrant):
    """Which desks see a request: all of the party that may hold data on people, and the portal's clock."""

    content_object = models.ForeignKey(SubjectRequest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class RequestSection(Part):
    """What one desk holds of one kind that may be told: a number, and lines of it."""

    root_field: ClassVar[str] = "request"
    removed: ClassVar[str] = "an act: a desk says its part anew"
    request = models.ForeignKey(SubjectRequest, models.CASCADE, related_name="+")
    desk = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, help_text="of apps.protection.queries.held_data")
    count = models.PositiveIntegerField()
    lines = models.JSONField(default=list, help_text="texts; empty once forgotten")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "desk", "kind"], name="one_section_of_a_desk_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.desk} {self.kind}"
