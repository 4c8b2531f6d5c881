"""The written procedure: a text sent round, receipts, replies, and the clock that runs from the last receipt."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.managers import ReplyQuerySet
from apps.council.models.decisions import Decision
from apps.council.models.organs import Organ


class WrittenProcedure(Record):
    """A decision put to the States in writing: adopted if nobody entitled objects before the deadline."""

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        DISPATCHED = "dispatched", "Sent, waiting for receipts"
        RUNNING = "running", "Running"
        EXTENDED = "extended", "Extended"
        OBJECTED = "objected", "Silence broken"
        CONCLUDED = "concluded", "Concluded"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ENDED: ClassVar[frozenset[str]] = frozenset({"concluded", "lapsed", "withdrawn"})

    reference = models.CharField(max_length=40, unique=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    chair = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    urgent = models.BooleanField(
        default=False, help_text="shorter than the minimum, by a standing decision of the organ"
    )
    urgent_basis = models.CharField(max_length=200, blank=True, help_text="number of the standing decision")
    period_hours = models.PositiveSmallIntegerField()
    rules = models.JSONField(
        help_text="parameters of the procedure, frozen at dispatch (apps.council.procedures.rules.silence)"
    )
    poll = models.JSONField(null=True, help_text="frozen at dispatch: members, arrears, waivers, rule set, required")
    text_hash = models.CharField(max_length=64)
    dispatched_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    forced_start_at = models.DateTimeField(null=True, help_text="substitute service: the chair started the clock")
    forced_reason = models.CharField(max_length=300, blank=True)
    original_deadline = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    delivery_void = models.BooleanField(default=False, help_text="a delivery was later found void")
    outages = models.JSONField(default=list, help_text='[{"from", "until", "reference"}] that moved the deadline')
    told = models.JSONField(default=list, help_text="reminders and alarms that were given, so that each is given once")
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    fictional = models.BooleanField(default=False, help_text="demonstration")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    OPEN: ClassVar[frozenset[str]] = frozenset({"dispatched", "running", "extended", "objected"})

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Written procedure")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(state__in=["draft", "dispatched", "running", "extended", "objected"]),
                name="one_open_procedure",
            )
        ]
        indexes = [
            models.Index("deadline", condition=Q(state__in=["running", "extended"]), name="procedures_running"),
        ]

    def __str__(self) -> str:
        return self.reference


class WrittenProcedureDeskGrant(DeskGrant):
    """Which desks see a written procedure."""

    content_object = models.ForeignKey(WrittenProcedure, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Circulation(Part):
    """The text on its way to one State: when it was sent, whether the mail bounced, and by what it was received."""

    root_field: ClassVar[str] = "procedure"

    class ReceiptKind(TextChoices):
        PORTAL = "portal", "Opened in the portal"
        PHONE = "phone", "Telephone call"
        NOTE_VERBALE = "note_verbale", "Note verbale"
        MISSION = "mission", "Through the mission"

    procedure = models.ForeignKey(WrittenProcedure, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    bounced_at = models.DateTimeField(null=True)
    receipt_at = models.DateTimeField(null=True)
    receipt_kind = models.CharField(max_length=12, choices=ReceiptKind, blank=True)
    receipt_note = models.CharField(max_length=300, blank=True, help_text="of a call: name, number, time")
    seat_id = models.BigIntegerField(null=True, help_text="who acknowledged or recorded it")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["procedure", "party"], name="one_circulation_per_state")]


RECORDED_RECEIPTS = [choice for choice in Circulation.ReceiptKind.choices if choice[0] != "portal"]
"""What the Secretariat records for a State; the portal's own receipt is the State's alone."""


class Reply(Part):
    """A State's answer, bound to the text that it answered; never edited."""

    root_field: ClassVar[str] = "procedure"

    class Kind(TextChoices):
        SUPPORT = "support", "Supports"
        OBJECT = "object", "Objects"
        EXTENSION = "extension", "Asks for more time"
        COMMENT = "comment", "Comments"
        WITHDRAW = "withdraw_objection", "Withdraws its objection"

    procedure = models.ForeignKey(WrittenProcedure, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    text_hash = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(help_text="by the server's clock")
    code = models.CharField(max_length=30, blank=True, help_text="why it has no effect; empty when it counts")
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("procedure", "at", name="replies_of_procedure")]


class ObjectionProposal(Record):
    """An officer proposes to those who decide in their own ministry that the State objects; nobody else ever sees
    it."""

    class State(TextChoices):
        PROPOSED = "proposed", "Waiting for a decision"
        TAKEN_UP = "taken_up", "The State has objected"
        DISMISSED = "dismissed", "Not taken up"

    procedure = models.ForeignKey(WrittenProcedure, models.PROTECT, related_name="+")
    person = models.CharField(max_length=150, help_text="who proposes it")
    reason = models.TextField()
    answer = models.CharField(max_length=300, blank=True, help_text="why it was not followed")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        verbose_name = _("Proposal to object")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "procedure"], condition=Q(state="proposed"), name="one_open_objection_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.state}"


class ObjectionProposalDeskGrant(DeskGrant):
    """The State's own ministry, nobody else."""

    content_object = models.ForeignKey(ObjectionProposal, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
