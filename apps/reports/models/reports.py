"""Reports: what was asked, every sentence with the records it comes from, what hands changed, and what was sent."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.managers import ReferenceQuerySet
from apps.reports.managers import DraftersQuerySet, ReportQuerySet, SentenceQuerySet
from apps.reports.models.facts import Fact


class ReportTemplate(models.Model):
    """The sentences of a kind of report and their sources. Immutable: other wording is a new version."""

    kind = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    valid_from = models.DateField(help_text="day from which new reports use it")
    content = models.JSONField(help_text="sections and sentences (apps.reports.rules.templates)")
    sha256 = models.CharField(max_length=64, help_text="of the canonical form of the content")

    objects: ClassVar[Any] = ReferenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="one_template_per_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Report(Record):
    """A report as of a day, from what was known by a moment. Its figures are computed, never typed."""

    class State(TextChoices):
        DRAFT = "draft", "New"
        COMPILED = "compiled", "Compiled"
        IN_CLEARANCE = "in_clearance", "In clearance"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        ISSUED = "issued", "Issued"
        CORRECTED = "corrected", "Corrected by a later report"

    class Kind(TextChoices):
        OAS = "oas", "Report to the OAS"
        COUNCIL = "council", "Implementation report to the Council"
        SCORECARD = "scorecard", "Scorecard of a State"
        BRIEF = "brief", "Brief for a meeting"

    WORKED_ON: ClassVar[frozenset[str]] = frozenset({"compiled", "returned"})
    LEFT: ClassVar[frozenset[str]] = frozenset({"issued", "corrected"})

    kind = models.CharField(max_length=10, choices=Kind)
    template = models.ForeignKey(ReportTemplate, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, unique=True, help_text="OAS/2008/01")
    title = models.CharField(max_length=200)
    addressee = models.CharField(max_length=200, blank=True)
    covers = models.CharField(max_length=60, blank=True, help_text="the time that it covers, in words")
    request = models.ForeignKey(Fact, models.PROTECT, null=True, related_name="+", help_text="what it answers")
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+", help_text="whose scorecard")
    meeting = models.ForeignKey("council.Meeting", models.PROTECT, null=True, related_name="+", help_text="whose brief")
    as_of = models.DateField(help_text="the day that it describes")
    known_at = models.DateTimeField(help_text="what had been recorded by then")
    draft = models.PositiveSmallIntegerField(default=0, help_text="counts the times that it was compiled")
    compiled_by_seat_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was approved")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was returned or corrected")
    fictional = models.BooleanField(default=False, help_text="demonstration: printed on every page")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, reports", "Report")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="scorecard", party__isnull=False) | ~Q(kind="scorecard") & Q(party=None),
                name="scorecard_has_state",
            ),
            models.CheckConstraint(
                condition=Q(kind="brief", meeting__isnull=False) | ~Q(kind="brief") & Q(meeting=None),
                name="brief_has_meeting",
            ),
        ]
        indexes = [models.Index("kind", "state", name="reports_by_kind")]

    def __str__(self) -> str:
        return self.reference


class ReportDeskGrant(DeskGrant):
    """Which desks see a report: the Secretariat's while it is written, its readers once it is issued."""

    content_object = models.ForeignKey(Report, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class RenderedSentence(Part):
    """One sentence of one draft as computed, beside what a hand made of it."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    draft = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=30)
    key = models.CharField(max_length=60, help_text="of the template; what repeats has a slash and its own number")
    text = models.TextField(blank=True, help_text="as computed; empty for a gap")
    stretches = models.JSONField(default=list, help_text="[text, computed] in order")
    values = models.JSONField(default=dict)
    rows = models.JSONField(default=list, help_text="[type, id] of every record that it comes from")
    counted = models.CharField(max_length=300, blank=True, help_text="what was counted, in words")
    note = models.CharField(max_length=300, blank=True, help_text="what the reader of the draft has to know")
    named = ArrayField(models.CharField(max_length=8), default=list, help_text="codes of the States it names")
    sensitive = models.BooleanField(default=False)
    mandatory = models.BooleanField(default=True)
    unnamed = models.BooleanField(default=False, help_text="a State objected: the count stays, the list goes")
    gap_reason = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, help_text="of key, text, values and rows in canonical form")
    was = models.TextField(blank=True, help_text="what the draft before said, where this differs")
    moved = models.BooleanField(default=False, help_text="differs from the draft before, and nobody accepted it yet")
    hand = models.TextField(blank=True, help_text="what a person wrote in its place")

    objects: ClassVar[Any] = SentenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "draft", "key"], name="one_sentence_per_draft")]

    def __str__(self) -> str:
        return self.key

    @property
    def said(self) -> str:
        """What the report says: the hand's text where there is one."""
        return self.hand or self.text


class HandEdit(Part):
    """That a person changed the text of a sentence; never edited itself."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    draft = models.PositiveSmallIntegerField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True, help_text="empty: back to what is computed")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")

    objects: ClassVar[Any] = DraftersQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("report", "key", name="edits_of_sentence")]


class Transmission(Part):
    """That a report was sent: how, to whom, with copies to whom, and which bytes."""

    root_field: ClassVar[str] = "report"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    to = models.CharField(max_length=200)
    copies = ArrayField(models.CharField(max_length=200), default=list)
    documents = models.JSONField(default=dict, help_text="SHA-256 of the issued bytes by format")

    objects: ClassVar[Any] = DraftersQuerySet.as_manager()

    class Meta:
        default_permissions = ()
