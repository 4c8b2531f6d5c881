"""A request as one desk that is asked has it: its questions, what it answers, and what is said in between."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.exchange.managers import AddresseeQuerySet, AnswerQuerySet, DraftQuerySet
from apps.exchange.models.requests import Request, Variant


class Addressee(Record):
    """One desk that is asked, and how far it has come. `owner` is that desk, `level` the marking of its text."""

    class State(TextChoices):
        RECEIVED = "received", "Received"
        ACCEPTED = "accepted", "Accepted"
        PARTIAL = "partial", "Partly answered"
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Refused"
        TRANSFERRED = "transferred", "Transferred to another desk"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OVERDUE = "overdue", "Overdue"

    LIVE: ClassVar[frozenset[str]] = frozenset({State.RECEIVED, State.ACCEPTED, State.PARTIAL, State.OVERDUE})
    """States in which an answer is awaited."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    asker = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    line = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    priority = models.CharField(max_length=20)
    tlp = models.CharField(max_length=12)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    others = ArrayField(
        models.CharField(max_length=40), default=list, help_text="who else is asked, where that is open"
    )
    reason = models.CharField(max_length=40, blank=True, help_text="code of the refusal")
    extension_due = models.DateTimeField(null=True, help_text="asked for, not answered yet")
    extension_reason = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(
        default=0, help_text="reminders, the one before the due moment included"
    )
    remind_at = models.DateTimeField(null=True, help_text="when the next reminder goes")
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)

    objects: ClassVar[Any] = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Request for information to a desk")
        default_permissions = ("view",)
        indexes = [
            models.Index("request", name="addressees_of_request"),
            models.Index(fields=["owner", "-id"], name="asked_of_desk"),
            models.Index("due_at", condition=Q(state__in=["received", "accepted", "partial"]), name="addressees_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def told_as(self) -> Any:
        """The id by which the stream and programs tell of it."""
        return self.request_id

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """The desk that is asked hears of its part; the asking desk hears of its request instead."""
        said = {"rfi_addressee.receive": "rfi.received"}.get(verb, verb.replace("rfi_addressee.", "rfi."))
        return said, [group for group in groups if group == self.owner_id], self.version


class AddresseeDeskGrant(DeskGrant):
    """Which desks have a part: the one that is asked, and the one that asks."""

    content_object = models.ForeignKey(Addressee, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Question(Part):
    """A question as this desk was asked it, counted from 1; what is asked later goes on counting."""

    root_field: ClassVar[str] = "addressee"
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="+")
    n = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=2000)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["addressee", "n"], name="one_question_per_number")]


class Answer(Part):
    """What a desk said to a question; never changed. A report of its State is named by its id."""

    root_field: ClassVar[str] = "addressee"
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    report = models.UUIDField(null=True)
    scheme = models.CharField(max_length=20, blank=True, help_text="of the grade, as the line knows it")
    grade = models.CharField(max_length=20, blank=True, help_text="of source and information")
    level = models.PositiveSmallIntegerField()
    tlp = models.CharField(max_length=12)
    orcon = models.BooleanField(default=False, help_text="quoted in reports and passed on only with its desk's consent")
    at = models.DateTimeField()
    by_seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("addressee", name="answers_of_addressee")]

    @property
    def originator_id(self) -> str:
        """The party that answers: in its chain stands who reads the answer's files."""
        return str(self.addressee.owner.party_id)

    @property
    def owner_id(self) -> int:
        """The desk that answers."""
        return int(self.addressee.owner_id)


class AnswerDraft(Part):
    """What a desk is writing: kept also when the request is taken back, and read by nobody else."""

    root_field: ClassVar[str] = "addressee"
    removed: ClassVar[str] = "an act: the answer was sent"
    addressee = models.OneToOneField(Addressee, models.CASCADE, related_name="+")
    answers = models.JSONField(default=list, help_text="as typed: n, kind, text, report")
    internal = models.TextField(blank=True, help_text="the text that the answer is made from; for the desk alone")
    level = models.PositiveSmallIntegerField()
    tlp = models.CharField(max_length=12, blank=True)
    orcon = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    state = models.CharField(max_length=5, default="kept", choices=[("kept", "kept")])

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, exchange", "Draft answer")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """The chain of the party that writes; the asker's tells nothing of it."""
        return self.addressee.owner.party_id, self.addressee.owner_id


class Message(Part):
    """A question back, or the answer to one, between the asking desk and one that is asked."""

    root_field: ClassVar[str] = "addressee"
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="+")
    from_asker = models.BooleanField()
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by_seat_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("addressee", name="messages_of_addressee")]
