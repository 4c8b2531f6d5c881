"""The dated ladder of escalation, who holds the offices on it, and what was raised to whom."""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record
from apps.council.managers import ReferenceQuerySet
from apps.council.models import Meeting
from apps.impacs.managers import OfficeQuerySet
from apps.people.models import DateRange


class Office(TextChoices):
    """Who can be told on the ladder."""

    FOCAL_POINT = "focal_point", "Focal point"
    APPROVER = "approver", "Approver"
    PERMANENT_SECRETARY = "permanent_secretary", "Permanent secretary"
    MINISTER_OFFICE = "minister_office", "Minister's office"
    TASK_OWNER = "task_owner", "Owner of the task"
    HEAD_OF_UNIT = "head_of_unit", "Head of unit"
    IMPACS_DIRECTOR = "impacs_director", "Director of IMPACS"
    COUNCIL_LIST = "council_list", "Council's list"


class EscalationRule(models.Model):
    """One rung of a ladder, from a day on; the rungs of the latest day hold together (apps.impacs.rules.escalation)."""

    subject = models.CharField(max_length=40, help_text="type of what is escalated: impacs.stateaction, impacs.task")
    valid_from = models.DateField()
    number = models.PositiveSmallIntegerField()
    days = models.SmallIntegerField(help_text="from the due date in force; before it when negative")
    wait = models.PositiveSmallIntegerField(help_text="days that the rung before has had to answer")
    office = models.CharField(max_length=20, choices=Office)
    through = models.CharField(max_length=20, choices=Office, blank=True, help_text="the office that passes it on")
    event = models.CharField(max_length=60, help_text="code of the notice")
    pause_answer = models.PositiveSmallIntegerField(help_text="days for which an answer holds the ladder")
    pause_progress = models.PositiveSmallIntegerField(help_text="days for which progress holds the ladder")
    hour = models.PositiveSmallIntegerField(help_text="local hour from which a day's rungs are climbed")
    source = models.CharField(max_length=200)

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "valid_from", "number"], name="one_rung_per_number_and_day"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="rung_has_an_hour_of_the_day"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.number} from {self.valid_from}"


class OfficeHolder(models.Model):
    """Whose seat holds an office of a party, from when to when. Ended, never removed."""

    class State(TextChoices):
        HELD = "held", "Filled"
        ENDED = "ended"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    office = models.CharField(max_length=20, choices=Office)
    seat = models.ForeignKey("people.Seat", models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which he no longer holds it")
    state = models.CharField(max_length=5, choices=State, default=State.HELD)
    at = models.DateTimeField(auto_now_add=True)
    by_seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Office")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="office_is_held_forward"
            ),
            ExclusionConstraint(
                name="one_holder_of_an_office",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.party_id}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of it."""
        return self.party_id, None


class Escalation(Record):
    """That something due was raised to an office. Its owner is the desk that has to answer."""

    class State(TextChoices):
        RAISED = "raised", "Waiting for an answer"
        PASSED_ON = "passed_on", "Passed on, waiting for an answer"
        ACKNOWLEDGED = "acknowledged", "Answered"
        LISTED = "listed", "On the Council's list"
        CLIMBED = "climbed", "No answer, escalated further"
        ENDED = "ended", "Ended: done, due date moved or released"

    OPEN: ClassVar[frozenset[str]] = frozenset({"raised", "passed_on", "acknowledged", "listed"})
    """The subject is still due; the ladder goes on from here."""

    SILENT: ClassVar[frozenset[str]] = frozenset({"raised", "passed_on"})
    """Nobody has answered."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="whose action or task it is")
    number = models.CharField(max_length=60, help_text="the subject's reference, the only thing that a mail carries")
    due_on = models.DateField(help_text="the due date in force when it was raised")
    rung = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=20, choices=Office, help_text="whom the rung is for")
    told = models.CharField(
        max_length=20, choices=Office, help_text="who is told: the office, who passes it on, or the next one"
    )
    vacant = models.BooleanField(help_text="nobody holds the office, so another one is told")
    seats = ArrayField(models.BigIntegerField(), help_text="seats of those who are told; none: the whole desk")
    raised_on = models.DateField()
    passed_on = models.DateField(null=True, help_text="day on which the director wrote to the minister's office")
    acknowledged_on = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True, help_text="user name")
    answer = models.CharField(max_length=500, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+", help_text="whose list names it")
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)

    class Meta:
        verbose_name = pgettext_lazy("kind, impacs", "Escalation")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "due_on", "rung"], name="one_escalation_per_rung"
            )
        ]
        indexes = [
            models.Index("owner", condition=Q(state__in=["raised", "passed_on"]), name="escalations_silent"),
            models.Index(fields=["subject_id", "due_on"], name="escalations_of_subject"),
            models.Index("meeting", condition=~Q(meeting=None), name="escalations_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.rung}"


class EscalationDeskGrant(DeskGrant):
    """Which desks see an escalation: that of the subject, the one that answers, and the agency's Secretariat."""

    content_object = models.ForeignKey(Escalation, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
