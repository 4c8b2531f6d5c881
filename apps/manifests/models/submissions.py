"""What carriers send: a submission, its bytes and what was made of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record


class Submission(Record):
    """One message of a carrier, exactly as it came, with its receipt and how far we are with it."""

    class State(TextChoices):
        RECEIVED, READ, SCREENED, ANSWERED = "received", "read", "screened", "answered"

    class Channel(TextChoices):
        UPLOAD = "upload"
        API = "api", "API"
        TYPEB = "typeb", "Type B"
        CORRECTION, FORM = "correction", "form"

    receipt = models.CharField(max_length=30, unique=True, help_text="JRCC-YYMMDD-nnnnnn-c, c by ISO 7064 MOD 37,36")
    channel = models.CharField(max_length=12, choices=Channel)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    grade = models.CharField(max_length=22, blank=True)
    parser_version = models.CharField(max_length=20, blank=True)
    flight = models.CharField(max_length=40, blank=True, help_text="what the list is for, in short")
    journey = models.ForeignKey("jrcc.Journey", models.PROTECT, null=True, related_name="+")
    passengers = models.PositiveIntegerField(default=0)
    crew = models.PositiveIntegerField(default=0)
    parts_missing = models.BooleanField(default=False)
    unknown_sender = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text="the version before")
    series = models.UUIDField(null=True, help_text="key of the first version; null where there is one only")
    edition = models.PositiveSmallIntegerField(default=1, help_text="1, 2, … in the series")
    reason = models.CharField(max_length=200, blank=True, help_text="why another desk corrected it")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Manifest")
        app_label = "jrcc"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256"], name="same_bytes_same_receipt"),
            models.UniqueConstraint(fields=["corrects"], name="one_correction_per_version"),
        ]
        indexes = [models.Index("series", condition=models.Q(series__isnull=False), name="versions_of_a_list")]

    told: str  # the state as the sender may know it, of rows read with import_progress.as_told
    not_for_owner = frozenset({"submission.screen", "submission.answer"})
    """Verbs that the stream keeps from the sender: their moments would tell of a hit."""

    def __str__(self) -> str:
        return self.receipt

    @property
    def etag(self) -> str:
        """Entity tag; for a sender it changes with what they are told, not with what is done."""
        told = getattr(self, "told", "")
        return f'"{told}"' if told else super().etag


class SubmissionDeskGrant(DeskGrant):
    """Which desks see a submission: the sender's and the JRCC's."""

    content_object = models.ForeignKey(Submission, models.CASCADE)

    class Meta(DeskGrant.Meta):
        app_label = "jrcc"
        abstract = False


class SubmissionContent(Part):
    """The bytes of a submission, unchanged, and what was made of them; apart, so that lists stay narrow."""

    root_field: ClassVar[str] = "submission"
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="+")
    raw = models.BinaryField()
    reading = models.JSONField(null=True, help_text="objects of the PAXLST contract, section 2")
    response = models.TextField(blank=True, help_text="CUSRES; says nothing about screening")
    erased_at = models.DateTimeField(null=True, help_text="when the rules of retention took bytes and reading")

    class Meta:
        app_label = "jrcc"
        default_permissions = ()
