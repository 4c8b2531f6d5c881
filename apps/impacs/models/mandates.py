"""What a clause gives a body of the Community to do."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.models import AgendaItem, Clause, Decision, Paper
from apps.people.models import Seat


class Mandate(Record):
    """What a clause gives a body to do; the root of a tree of tasks."""

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, impacs", "Open")
        ASSIGNED = "assigned", "Assigned"
        IN_PROGRESS = "in_progress", "In progress"
        REPORTED = "reported", "Reported to the organ"
        DISCHARGED = "discharged", "Discharged"
        REVOKED = "revoked", "Revoked by the organ"
        SUPERSEDED = "superseded", "Ended with its decision"

    UNREPORTED: ClassVar[frozenset[str]] = frozenset({"open", "assigned", "in_progress"})
    ALIVE: ClassVar[frozenset[str]] = frozenset({"open", "assigned", "in_progress", "reported"})

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    body = models.CharField(max_length=30, help_text="code of an organ or party: IMPACS, JRCC, CONFERENCE")
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    lead = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", help_text="officer in charge")
    reports_to = models.CharField(max_length=30, blank=True, help_text="code of the organ that hears the report")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", help_text="the report")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+", help_text="where it is heard")
    carried_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text="took over its tasks")
    note = models.CharField(max_length=600, blank=True, help_text="what the organ said: return, discharge, revocation")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Mandate")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["clause", "body"], name="one_mandate_per_body")]
        indexes = [
            models.Index("decision", name="mandates_of_decision"),
            models.Index(
                "due_on", condition=~Q(state__in=["discharged", "revoked", "superseded"]), name="mandates_due"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MandateDeskGrant(DeskGrant):
    """Which desks see a mandate."""

    content_object = models.ForeignKey(Mandate, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class MandateExtension(Part):
    """A due day that was moved: the clause's own day stays beside it."""

    root_field: ClassVar[str] = "mandate"
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="+")
    from_due = models.DateField(null=True)
    new_due = models.DateField()
    cause = models.CharField(max_length=600)
    basis = models.CharField(max_length=60, blank=True, help_text="number of the organ's decision; empty: delegated")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
