"""Papers: their versions, languages and comments."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.managers import PaperVersionQuerySet
from apps.council.models.meetings import AgendaItem, Meeting
from apps.council.models.organs import Organ


class Paper(Record):
    """A numbered paper of an organ. Its text lives in versions; an issued version never changes."""

    unwalled: ClassVar[str] = "looked up in a GIN index, which PostgreSQL leaves aside behind a policy"

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        IN_CLEARANCE = "in_clearance", "In clearance"
        RETURNED = "returned", "Returned"
        ISSUED = "issued", "Issued"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    number = models.CharField(  # noqa: DJ001 - unique once it is given
        max_length=40, unique=True, null=True, help_text="given at submission; Rev.n, Corr.n"
    )
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="en", help_text="of the original")
    current = models.PositiveSmallIntegerField(default=1, help_text="number of the current version")
    caveat = models.CharField(max_length=80, blank=True, help_text="handling words beside the level")
    embargo_until = models.DateTimeField(null=True, help_text="before this only its author and the Secretariat see it")
    wants_receipt = models.BooleanField(default=True, help_text="the sender is shown who opened it")
    late = models.BooleanField(default=False, help_text="issued after the meeting's deadline for papers")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True, help_text="when the delegations were given it: after its embargo")
    asked = ArrayField(
        models.IntegerField(), default=list, blank=True, help_text="desks whose clearance is still wanted"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="why it was returned or withdrawn")
    words = models.TextField(blank=True, help_text="text of the current version, for search")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Paper")
        default_permissions = ("view",)
        indexes = [
            models.Index("item", name="papers_of_item"),
            GinIndex(SearchVector("title", "words", config="english"), name="papers_by_words"),
        ]

    def __str__(self) -> str:
        return self.number or self.title


class PaperDeskGrant(DeskGrant):
    """Which desks see a paper."""

    content_object = models.ForeignKey(Paper, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class PaperVersion(Part):
    """The text of a paper as it was at one time, in its original language."""

    root_field: ClassVar[str] = "paper"
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True, help_text="Markdown")
    sha256 = models.CharField(max_length=64, help_text="of the body and of its files' hashes")
    note = models.CharField(max_length=300, blank=True, help_text="what changed")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    objects: ClassVar[Any] = PaperVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_paper_version")]


class Translation(Part):
    """A paper in another language; out of date when its source is no longer the current version."""

    root_field: ClassVar[str] = "paper"

    class Kind(TextChoices):
        OFFICIAL = "official"
        COURTESY = "courtesy", "Courtesy translation"
        MACHINE = "machine", "Machine translation"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    body = models.TextField()
    source_hash = models.CharField(max_length=64, help_text="of the version that was translated")
    reviewed = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)
    seat_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["paper", "language"], name="one_translation_per_language")]


class PaperComment(Part):
    """What a State or a body says on a version of a paper, for all who see the paper."""

    root_field: ClassVar[str] = "paper"
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    paragraph = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()


class Clearance(Part):
    """Who has to clear a paper before it is issued, and what they said."""

    root_field: ClassVar[str] = "paper"
    removed: ClassVar[str] = "an act: another version of a paper is cleared from the beginning"

    class Answer(TextChoices):
        WAITING = "waiting"
        GIVEN = "given", "Cleared"
        REFUSED = "refused"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40, help_text="legal, finance, agency")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["paper", "desk", "subject"], name="one_clearance_per_subject")]
