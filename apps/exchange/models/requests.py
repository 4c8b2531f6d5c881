"""A request as the asking desk has it: its questions, its texts for different addressees, its subjects."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.exchange.managers import RequestQuerySet, VariantQuerySet


class Request(Record):
    """What one desk asks of others. `level` is the marking of the request as its own desk has it.

    Desks that are asked have an `Addressee` each and read no row of this: neither other texts nor how many were asked.
    """

    removed: ClassVar[str] = "retention: drafts that were thrown away and never sent"
    kept_rows: ClassVar[bool] = True

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent"
        IN_PROGRESS = "in_progress", "In progress"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"
        CANCELLED = "cancelled", "Cancelled"
        OVERDUE = "overdue", "Overdue"

    OPEN: ClassVar[frozenset[str]] = frozenset({State.SENT, State.IN_PROGRESS, State.OVERDUE})
    """States in which somebody has still to answer."""

    line = models.CharField(max_length=20)
    number = models.CharField(max_length=40, blank=True, help_text="as everybody knows it; counts nothing")
    subject = models.CharField(max_length=200)
    purpose = models.CharField(max_length=1000, blank=True)
    legal_basis = models.CharField(max_length=500, blank=True)
    priority = models.CharField(max_length=20)
    due_at = models.DateTimeField(null=True)
    questions = ArrayField(models.CharField(max_length=2000), default=list)
    negative_wanted = models.BooleanField(default=True, help_text="an answer is wanted also from who holds nothing")
    open_addressees = models.BooleanField(default=False, help_text="everybody asked reads who else was asked")
    tlp = models.CharField(max_length=12)
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    feedback = models.CharField(max_length=20, blank=True)
    feedback_note = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was cancelled; for the desk alone")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Request for information")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint("number", condition=~models.Q(number=""), name="one_rfi_per_number")]
        indexes = [
            models.Index(fields=["owner", "-id"], name="rfi_of_desk"),
            models.Index("due_at", condition=models.Q(state__in=["sent", "in_progress"]), name="rfi_due"),
        ]

    def __str__(self) -> str:
        return self.number or self.subject

    @property
    def told_as(self) -> Any:
        """The id by which pages, the stream and programs tell of it: that of its parts as well."""
        return self.pk

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """The stream's names of what happens to a request (contract-rifc.md, section 3)."""
        return {"rfi.hear_answer": "rfi.answered"}.get(verb, verb), groups, self.version


class RequestDeskGrant(DeskGrant):
    """Which desks have a request whole: the one that asks."""

    content_object = models.ForeignKey(Request, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Variant(Part):
    """A text of the request for some of those who are asked, with its own marking; empty parts are the request's."""

    root_field: ClassVar[str] = "request"
    removed: ClassVar[str] = "an act: a draft is written anew; retention, with its request"
    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()
    targets = ArrayField(models.CharField(max_length=40), help_text="codes of desks, parties and groups as written")
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    questions = ArrayField(models.CharField(max_length=2000), default=list, help_text="as many as the request has")
    level = models.PositiveSmallIntegerField()
    tlp = models.CharField(max_length=12)

    objects: ClassVar[Any] = VariantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "order"], name="one_variant_per_place")]


class Subject(Part):
    """Whom or what a request is about, for the asking desk; `key` tells the same subject of another request."""

    root_field: ClassVar[str] = "request"
    removed: ClassVar[str] = "an act: a draft is written anew; retention, with its request"
    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    key = models.CharField(max_length=64, help_text="HMAC of kind and normalised value")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "key"], name="one_subject_per_request")]
        indexes = [models.Index("key", name="subjects_by_key")]
