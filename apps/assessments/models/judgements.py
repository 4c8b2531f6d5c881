"""Judgements with what they rest on, what each party says of them, comments on the text, and signatures."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import Part
from apps.assessments.managers import CitationQuerySet
from apps.assessments.models.assessments import Assessment, Section

HASH = 64


class Judgement(Part):
    """A judgement: likelihood and confidence are told apart, never in one sentence."""

    root_field: ClassVar[str] = "assessment"
    cites: list[Any]  # its citations, where they were loaded with it

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=2000)
    level = models.PositiveSmallIntegerField(help_text="its marking")
    likelihood = models.CharField(max_length=30, help_text="a term of the yardstick, or n/a for the present")
    confidence = models.CharField(max_length=10)
    confidence_basis = models.CharField(max_length=1000)
    timeframe_from = models.DateField(null=True)
    timeframe_to = models.DateField(null=True)
    threat_category = models.CharField(max_length=40, blank=True)
    area = ArrayField(models.CharField(max_length=60), default=list)
    alternatives = models.CharField(max_length=2000, blank=True)
    assumptions = ArrayField(models.CharField(max_length=300), default=list)
    indicators = ArrayField(models.CharField(max_length=300), default=list, help_text="what would change it")
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="released judgement that this one goes on from"
    )
    writers = ArrayField(models.BigIntegerField(), default=list, help_text="ids of all who worded it")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["assessment", "order"], name="judgements_in_order")]


class Citation(Part):
    """A report, or a paragraph of it, on which a judgement rests."""

    root_field: ClassVar[str] = "assessment"
    removed: ClassVar[str] = "an act: sources of a judgement are named anew"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="+")
    report = models.UUIDField(help_text="thread of the report")
    para = models.PositiveSmallIntegerField(null=True, help_text="number of its paragraph, from 1")

    objects: ClassVar[Any] = CitationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("judgement", name="citations"), models.Index("report", name="cited_reports")]


class Position(Part):
    """What a party said of a judgement, bound to its words at that moment. The newest of a party counts."""

    class Kind(TextChoices):
        AGREE = "agree", "Agrees"
        RESERVATION = "agree_reservation", "Agrees with reservation"
        DISSENT = "dissent", "Dissents"
        NONE = "no_position", "No position"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=18, choices=Kind)
    text = models.CharField(max_length=3000, blank=True)
    judgement_sha256 = models.CharField(max_length=HASH)
    at = models.DateTimeField()
    void_at = models.DateTimeField(null=True, help_text="replaced by a newer one, or the text was opened again")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("judgement", "party", condition=Q(void_at=None), name="one_position_per_party"),
            models.CheckConstraint(
                condition=~Q(kind__in=["agree_reservation", "dissent"]) | ~Q(text=""), name="dissent_has_words"
            ),
        ]


class Comment(Part):
    """A remark on a section or a judgement, in the name of a party."""

    class Kind(TextChoices):
        FACTUAL = "factual", "Factual"
        ANALYTIC = "analytic", "Analytic"
        WORDING = "wording", "Wording"
        RELEASE = "release", "Release"
        BLOCKING = "blocking", "Blocking"

    class Outcome(TextChoices):
        OPEN = "open", pgettext_lazy("status, assessments", "Open")
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        ESCALATED = "escalated", "With the director"
        CLOSED = "closed", "Closed"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="+")
    judgement = models.ForeignKey(Judgement, models.CASCADE, null=True, related_name="+")
    pid = models.UUIDField(null=True, help_text="the paragraph")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=3000)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField(max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index("assessment", name="comments")]


class Signature(Part):
    """A party's signature under the exact text and positions, or its refusal. A change of either makes it void."""

    class State(TextChoices):
        SIGNED = "signed", "Signed"
        REFUSED = "refused", "Refused"

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=State)
    content_sha256 = models.CharField(max_length=HASH)
    text = models.CharField(max_length=3000, blank=True, help_text="why it was refused; printed")
    at = models.DateTimeField()
    void_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("assessment", "party", condition=Q(void_at=None), name="one_signature_per_party")
        ]


class Outcome(Part):
    """What became of a released judgement once its date has come: said by one person, confirmed by another."""

    class Kind(TextChoices):
        OCCURRED = "occurred", "Occurred"
        PARTLY = "partly", "Partly occurred"
        DID_NOT = "did_not", "Did not occur"
        UNTESTABLE = "untestable", "Cannot be determined"

    class State(TextChoices):
        PROPOSED = "proposed", "To be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Not agreed"

    COUNTS: ClassVar[tuple[str, ...]] = (State.PROPOSED, State.CONFIRMED)

    root_field: ClassVar[str] = "assessment"
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=2000, help_text="what shows it, or why it cannot be told")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    second = models.ForeignKey(
        "people.User", models.PROTECT, null=True, related_name="+", help_text="who decided on it"
    )
    second_party = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="+", help_text="at whose desk he decided"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=2000, blank=True, help_text="why it was not agreed, or is opened again")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "judgement", condition=Q(state__in=["proposed", "confirmed"]), name="one_outcome_per_judgement"
            ),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=models.F("user")) | ~Q(state="confirmed"), name="outcome_by_two"
            ),
        ]
        indexes = [models.Index("assessment", name="outcomes")]
