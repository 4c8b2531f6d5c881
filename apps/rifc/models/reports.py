"""Reports: their versions, paragraphs, named persons, and the references of sources that never leave their desk."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.access.managers import PartQuerySet
from apps.access.models import DeskGrant, Part, Record
from apps.rifc.managers import ReportQuerySet, SourceQuerySet

PRECISIONS = ("exact", "hour", "day", "month", "year", "unknown")


class Report(Record):
    """One version of a report; all versions of one report share `thread`, by which pages and programs name it.

    A version has its own state, recipients and readers, and never changes once it is shared: who has an earlier one
    keeps it until it is recalled, and a later one is drafted beside it. `level` is the classification.
    """

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        SHARED = "shared", "Shared"
        SUPERSEDED = "superseded", "Superseded"
        RECALLED = "recalled", "Recalled"
        WITHDRAWN = "withdrawn", "Discarded"
        ARCHIVED = "archived", "Archived"

    OUT: ClassVar[frozenset[str]] = frozenset({State.SHARED, State.SUPERSEDED, State.RECALLED})
    """States in which somebody else has it."""

    thread = models.UUIDField(default=uuid7, help_text="the report, whichever its version")
    edition = models.PositiveSmallIntegerField(default=1, help_text="number of the version")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    title_level = models.PositiveSmallIntegerField(default=0, help_text="marking of the title itself")
    summary = models.TextField(blank=True)
    tlp = models.CharField(max_length=12)
    orcon = models.BooleanField(default=False, help_text="nothing leaves the recipients without the originator")
    handling = ArrayField(models.CharField(max_length=12), default=list)
    eyes = ArrayField(models.CharField(max_length=8), default=list, help_text="closed list of parties; empty: none")
    threat_categories = ArrayField(models.CharField(max_length=40), default=list)
    third_parties = ArrayField(
        models.CharField(max_length=8), default=list, help_text="other parties whose reports it quotes"
    )
    language = models.CharField(max_length=5, default="en")
    info_cutoff = models.DateTimeField(null=True)
    event_from = models.DateTimeField(null=True)
    event_to = models.DateTimeField(null=True)
    event_precision = models.CharField(max_length=8, blank=True)
    event_place = models.CharField(max_length=200, blank=True)
    valid_to = models.DateField(null=True, help_text="last day for which it claims to hold")
    retention_review = models.DateField(null=True)
    reviewed_on = models.DateField(null=True, help_text="when the desk last said that it is still needed")
    retained_for = models.CharField(max_length=1000, blank=True, help_text="why it is still needed; for the desk alone")
    purged_at = models.DateTimeField(null=True, help_text="thrown away, and emptied after thirty days")
    author = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    written_by = ArrayField(models.BigIntegerField(), default=list, help_text="ids of all who wrote the text")
    approved_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    self_released = models.BooleanField(default=False, help_text="approved by its author")
    content_sha256 = models.CharField(max_length=64, blank=True, help_text="of what was approved")
    number = models.CharField(max_length=40, blank=True, help_text="as recipients know it")
    register_number = models.CharField(max_length=40, blank=True, help_text="as the originator's register counts it")
    shared_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True, help_text="why returned or reopened; for the desk alone")
    change_note = models.CharField(max_length=300, blank=True, help_text="what this version changes")
    without_rifc = models.CharField(
        max_length=300, blank=True, help_text="why RIFC does not get it; for the desk alone"
    )
    variant_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    checklist = ArrayField(models.CharField(max_length=20), default=list, help_text="what the sanitising looked at")
    discloses = models.BooleanField(default=False, help_text="recipients of the variant learn of the fuller report")
    sealed = models.BooleanField(
        default=False, db_default=False, help_text="its text is under the State's own key; see SealedText"
    )
    kept_open = models.CharField(
        max_length=300, blank=True, db_default="", help_text="why it is not, though its State has keys"
    )
    words = models.TextField(blank=True, help_text="all its words, for search")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    envelope: Any  # of a sealed text, on the row that is being written and nowhere else

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, rifc", "Report")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["thread", "edition"], name="one_report_per_thread_and_edition")]
        indexes = [
            models.Index(fields=["owner", "-id"], name="reports_of_desk"),
            models.Index("number", name="reports_by_number"),
            # what is to be looked at again, and what can be forgotten
            models.Index("owner", condition=models.Q(state="shared"), name="reports_in_force"),
            models.Index("changed_at", condition=models.Q(state="withdrawn"), name="reports_thrown_away"),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def told_as(self) -> uuid.UUID:
        """The id by which the stream tells of it."""
        return self.thread

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """(verb, who is told, which version they are told): recipients hear what becomes of the text, no more.

        A count of acts would tell recipients that others were added, withdrawn or reminded. The stream's verbs are
        those of the contract: `rifc.report.share`.
        """
        public = {"rifc_report.share", "rifc_report.recall", "rifc_report.undo_recall", "rifc_report.replace"}
        heard = groups if verb in public else [group for group in groups if group == self.owner_id]
        return verb.removeprefix("rifc_"), heard, self.edition


class SharedReportDeskGrant(DeskGrant):
    """Which desks have a version: its own, and those that it was sent to."""

    content_object = models.ForeignKey(Report, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class NamedPerson(Part):
    """A person whom a RED report names: nobody else at their desk sees it."""

    root_field: ClassVar[str] = "report"
    floor: ClassVar[str | None] = "the policy of reports asks it, and may not be asked by it in turn"
    removed: ClassVar[str] = "an act: a draft is written anew; retention"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="one_name_per_report")]


class Paragraph(Part):
    """A paragraph with its own marking and grading. `pid` stays the same over the versions."""

    root_field: ClassVar[str] = "report"
    removed: ClassVar[str] = "an act: a draft is written anew; retention"
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    pid = models.UUIDField(default=uuid7)
    order = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="Markdown")
    portion = models.PositiveSmallIntegerField(help_text="its classification")
    releasable = models.BooleanField(default=False, help_text="may be passed on with a sanitised release")
    scheme = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    source_type = models.CharField(max_length=12, blank=True)
    cites = ArrayField(models.UUIDField(), default=list, help_text="threads of reports that it quotes")
    corroborated_by = ArrayField(models.UUIDField(), default=list, help_text="threads of reports that confirm it")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="one_paragraph_per_place")]


class ReportText(models.Model):
    """The words of a version as search looks for them. PostgreSQL writes it with the report, its grants and names.

    `keys` are `dN`, `uN`, `pCODE` and `*`: desks, persons, a party and the community that could be among its readers;
    the rule itself is asked after them. `#…` are endings of its number, `=…` identifiers in the text, `~…` sounds of
    names (functions search_*). A version that was recalled or discarded keeps the key of its own desk alone.
    """

    root_field: ClassVar[str] = "report"
    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="+")
    text = SearchVectorField()
    keys = ArrayField(models.TextField(), default=list)

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["text", "keys"], name="reports_by_text", fastupdate=False)]


class SourceReference(models.Model):
    """What a source is really called: encrypted with a key of its own for each party, and kept to its desk.

    Row security of PostgreSQL shows a row to its desk's transactions alone; it is in no index, export, log or copy.
    """

    paragraph = models.OneToOneField(Paragraph, models.CASCADE, primary_key=True, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=12, help_text="the same for the same source, for the own desk alone")
    sealed = models.TextField(help_text="Fernet with the party's key")

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
