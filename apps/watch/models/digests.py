"""The weekly digest: pointers to what others may read, in an order and with a sentence each; never a copy of it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.rifc.policy import READERS
from apps.watch.managers import SentQuerySet


class Digest(Record):
    """A week for an audience. Level and TLP are the highest of its items; what it points to is read at each view."""

    removed: ClassVar[str] = "retention: drafts that were given up"
    kept_rows: ClassVar[bool] = True

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "Awaiting approval"
        ISSUED = "issued", "Issued"
        DISCARDED = "discarded", "Discarded"

    number = models.CharField(max_length=40, blank=True, help_text="RIFC/DG/2026/0001")
    week_from = models.DateField()
    week_to = models.DateField(help_text="its last day")
    intro = models.CharField(max_length=1000, blank=True)
    tlp = models.CharField(max_length=12)
    to = ArrayField(models.CharField(max_length=40), help_text="desks, parties and groups, as chosen")
    written_by = ArrayField(models.BigIntegerField(), help_text="ids of the persons who wrote any of it")
    approved_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    counted = ArrayField(models.UUIDField(), default=list, help_text="reports behind the figures of the document")
    edition = models.PositiveSmallIntegerField(default=0, help_text="of the document")
    reason = models.CharField(max_length=1000, blank=True, help_text="why it was returned")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    objects: ClassVar[Any] = SentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, watch", "Weekly digest")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_digest_per_number")
        ]

    def __str__(self) -> str:
        return self.number or f"{self.week_from}"

    @property
    def ministry(self) -> str:
        """The one ministry's desk that it is for; "" for a digest of the community."""
        only = self.to[0] if len(self.to) == 1 else ""
        return only if only.partition(".")[2] in READERS else ""

    def heard_by(self, verb: str, groups: list[int]) -> tuple[str, list[int], int]:
        """(verb, who is told, which version they are told): readers hear of the document, not of the acts."""
        return verb, groups, self.edition


class DigestDeskGrant(DeskGrant):
    """Which desks have a digest: its own, and since it was issued its audience."""

    content_object = models.ForeignKey(Digest, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class DigestItem(Part):
    """A report or a bulletin that a digest points to. `gone`: it cannot be pointed to any more, and since when."""

    root_field: ClassVar[str] = "digest"
    removed: ClassVar[str] = "with its digest"

    class Kind(TextChoices):
        REPORT, BULLETIN = "report", "bulletin"

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    subject = models.UUIDField(help_text="thread of the report, id of the bulletin")
    position = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=400, blank=True)
    kept = models.BooleanField(default=True, help_text="a person took it out where false")
    gone_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest", "kind", "subject"], name="one_item_per_digest")]
        indexes = [models.Index("subject", name="digests_of_subject")]

    def __str__(self) -> str:
        return str(self.pk)
