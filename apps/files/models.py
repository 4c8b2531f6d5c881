"""Stored bytes, the attachments that show them, files sent ahead, and what was removed for good."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.files.managers import AttachmentQuerySet, BlobQuerySet, PurgeQuerySet, UploadQuerySet


class StoredBlob(models.Model):
    """Bytes on disk, once for each content. Nobody reads them by this row: an attachment shows them."""

    class State(TextChoices):
        """What the malware check says. Unscanned is not clean: there was no scanner."""

        UNSCANNED = "unscanned", "Not scanned"
        WAITING, CLEAN, REFUSED, UNAVAILABLE = "waiting", "clean", "refused", "unavailable"

    TO_SCAN: ClassVar[frozenset[str]] = frozenset({State.UNSCANNED, State.WAITING, State.UNAVAILABLE})

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the bytes, lower-case hexadecimal")
    size = models.PositiveBigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100, help_text="by content, never as declared")
    state = models.CharField(max_length=12, choices=State)
    scanned_at = models.DateTimeField(null=True)
    scanner = models.CharField(max_length=100, blank=True, help_text="name of the program that checked")
    stored_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = BlobQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, files", "Stored file")
        default_permissions = ()
        indexes = [
            # the round of what is still to be checked
            models.Index("stored_at", condition=~models.Q(state__in=["clean", "refused"]), name="blobs_to_scan"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class BareFile(models.Model):
    """What a file remembers of the hidden data of a picture that was taken out of it on its way in."""

    original_sha256 = models.CharField(
        max_length=64, blank=True, default="", help_text="of the picture as it was sent, which is not kept"
    )
    removed = ArrayField(
        models.CharField(max_length=10), default=list, help_text="hidden data taken out (apps.files.rules.pictures)"
    )

    class Meta:
        abstract = True


class Attachment(BareFile):
    """A file of a record of another app, visible exactly when that record is (apps.files.rules.owners)."""

    class State(TextChoices):
        CURRENT, SUPERSEDED, WITHDRAWN = "current", "superseded", "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    object_type = models.CharField(max_length=60, help_text="app.model of the record")
    object_id = models.UUIDField()
    name = models.CharField(max_length=150, help_text="for display and download; never a path")
    blob = models.ForeignKey(StoredBlob, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1, help_text="version of the file")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    added_by_seat_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.CURRENT)
    owner_party = models.CharField(max_length=8, blank=True, help_text="originator of the record, for the audit")
    owner_desk_id = models.BigIntegerField(null=True, help_text="owner of the record, for the audit")
    level = models.PositiveSmallIntegerField(
        default=0, help_text="of the record when the file was added; for the audit"
    )

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, files", "File")
        default_permissions = ()
        indexes = [models.Index("object_type", "object_id", name="files_of_record")]
        constraints = [models.UniqueConstraint(fields=["supersedes"], name="one_successor_per_file")]

    def __str__(self) -> str:
        return str(self.pk)

    def audited_as(self) -> tuple[str, int | None]:
        """(party, desk) that own the record: who read its files stands in that party's chain."""
        return self.owner_party, self.owner_desk_id


class Upload(BareFile):
    """A file that a program sent ahead: a later action of the same desk names it once."""

    class State(TextChoices):
        OPEN, USED, EXPIRED = "open", "used", "expired"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+")
    seat_id = models.BigIntegerField()
    blob = models.ForeignKey(StoredBlob, models.SET_NULL, null=True, related_name="+", help_text="null when removed")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of its bytes; stays when they are removed")
    name = models.CharField(max_length=150)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, files", "Upload")
        default_permissions = ()
        indexes = [models.Index("at", condition=models.Q(state="open"), name="uploads_open")]

    def __str__(self) -> str:
        return str(self.pk)


class Purge(models.Model):
    """That things of a desk were removed for good because nobody needed them: how many, and hashes; never a name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60, help_text="app.model of what was removed")
    desk = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="whose they were")
    count = models.PositiveIntegerField()
    hashes = ArrayField(models.CharField(max_length=64), help_text="SHA-256 of texts and files, sorted")
    before = models.DateTimeField(help_text="given up earlier than this")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=4, default="done", choices=[("done", "Done")])

    objects: ClassVar[Any] = PurgeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, files", "Deleted data")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"

    def audited_as(self) -> tuple[str, int | None]:
        """The chain of the party whose things they were."""
        return self.desk.party_id, self.desk_id
