"""What left the portal as a document: which bytes, when, for whom, and whether they still hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record

HASH = r"^[0-9a-f]{64}$"


class IssuedDocument(Record):
    """A rendered document as it was handed out. Its bytes never change; they lie under their hash (storage.py).

    Several copies of one document, each with the mark of its seat, are several rows of one content hash.
    """

    class State(TextChoices):
        ISSUED, REVOKED = "issued", "revoked"

    class Format(TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        JSON = "json", "JSON"

    kind = models.CharField(max_length=40, help_text="room and kind: council.decision")
    object_type = models.CharField(max_length=60, help_text="type of the record that it was made from")
    object_id = models.CharField(max_length=40)
    number = models.CharField(max_length=80, help_text="the reference printed on it")
    title = models.CharField(max_length=300)
    format = models.CharField(max_length=4, choices=Format)
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the exact bytes, hexadecimal, lower case")
    size = models.PositiveIntegerField(help_text="bytes")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of what was rendered; printed on it")
    issued_at = models.DateTimeField()
    issued_to = models.ForeignKey(
        "people.Desk", models.PROTECT, null=True, related_name="+", help_text="desk of this copy; null = archival copy"
    )
    copy_mark = models.CharField(max_length=120, blank=True, help_text="as printed on every page")
    public = models.BooleanField(default=False, help_text="the verification page may give number and title")
    state = models.CharField(max_length=10, choices=State, default=State.ISSUED)
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("kind, documents", "Issued document")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=HASH) & Q(content_hash__regex=HASH), name="document_hashes_are_hexadecimal"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", revoked_at=None) | Q(state="revoked", revoked_at__isnull=False),
                name="document_revoked_has_moment",
            ),
        ]
        indexes = [
            models.Index("object_type", "object_id", name="documents_of_object"),
            # verification by a printed code: the beginning of the content hash
            models.Index(fields=["content_hash"], name="documents_by_content", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number


class IssuedDocumentDeskGrant(DeskGrant):
    """Which desks may open a document."""

    content_object = models.ForeignKey(IssuedDocument, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
