"""What changes files. Rooms call `attach` and `withdraw` inside the body of an action of their own."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import Actor
from apps.access.database_context import removing
from apps.access.declared_actions import action, also, emit
from apps.audit.verb_labels import noted
from apps.files import policy, storage
from apps.files.models import Attachment, Purge, StoredBlob, Upload
from apps.files.queries import attachments
from apps.files.rules import intake, owners, scanner
from apps.files.rules.intake import Stored

noted("attachment.add", gettext_lazy("Attached a file"))
noted("attachment.download", gettext_lazy("Downloaded a file"))
noted("attachment.supersede", gettext_lazy("Replaced a file by a newer one"))
noted("attachment.withdraw", gettext_lazy("Withdrew a file"))
noted("purge.note", gettext_lazy("Noted what was deleted"))

U, B = Upload.State, StoredBlob.State


@transaction.atomic
def attach(actor: Actor, record: Any, stored: Stored, *, supersedes: Attachment | None = None) -> Attachment:
    """Let a record have a stored file, as a new one or as the next version of another; audited with the action.

    Only inside the body of an action that has locked `record` (RuntimeError elsewhere). The record's type must be
    offered to files.owners (LookupError). Raises ValidationError at `file` when the bytes or the upload are gone,
    infected or used, or when another version came first. Listeners: `attachment.added`.
    """
    object_type = record._meta.label_lower
    if not owners.registered(object_type):
        raise LookupError(f"{object_type} has not been registered as an owner of files")
    blob = _blob(stored)
    if stored.upload_id is not None:
        _use(actor, stored, stored.upload_id)
    before = _superseded(object_type, record, supersedes) if supersedes is not None else None
    row: Attachment = Attachment.objects.create(
        object_type=object_type,
        object_id=record.pk,
        name=stored.name,
        blob=blob,
        number=before.number + 1 if before else 1,
        supersedes=before,
        added_by_seat_id=actor.seat_id,
        owner_party=getattr(record, "originator_id", "") or "",
        owner_desk_id=getattr(record, "owner_id", None),
        level=getattr(record, "level", 0),
        original_sha256=stored.original_sha256,
        removed=list(stored.removed),
    )
    told = {"as_sent": stored.original_sha256} if stored.original_sha256 else {}
    also("attachment.add", row, after=row.state, record=str(record.pk), version=row.number, **told)
    emit("attachment.added", row, {"object_type": object_type, "object_id": str(record.pk)})
    return row


@transaction.atomic
def withdraw(actor: Actor, attachment: Attachment) -> Attachment:
    """Stop showing the bytes of a file; its line stays. Only inside an action that has locked the record."""
    row: Attachment = Attachment.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=attachment.pk)
    before, row.state = row.state, Attachment.State.WITHDRAWN
    row.save(update_fields=["state"])
    also("attachment.withdraw", row, before=before, after=row.state, record=str(row.object_id))
    return row


def _blob(stored: Stored) -> StoredBlob:
    """The row of stored bytes, locked, so that the round that removes unused ones cannot take it meanwhile."""
    if not storage.renew(stored.sha256, stored.size):
        raise ValidationError(
            {"file": _("The file is no longer here: it was sent more than a day ago. Send it again.")}
        )
    first = B.WAITING if scanner.configured() else B.UNSCANNED
    facts = {"size": stored.size, "media_type": stored.media_type, "state": first}
    blob = None
    while blob is None:  # between the two statements a row can only vanish once
        StoredBlob.objects.bulk_create([StoredBlob(sha256=stored.sha256, **facts)], ignore_conflicts=True)
        blob = StoredBlob.objects.select_for_update().filter(sha256=stored.sha256).first()
    if blob.state == B.REFUSED:
        raise ValidationError({"file": intake.infected()})
    return blob


def _use(actor: Actor, stored: Stored, upload_id: UUID) -> None:
    rows = Upload.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=upload_id, state=U.OPEN)
    upload = rows.filter(blob__sha256=stored.sha256).first()
    if upload is None:
        raise ValidationError(
            {"file": _("This upload was already used, or is more than a day old. Send the file again.")}
        )
    upload.state = U.USED
    upload.save(update_fields=["state"])


def _superseded(object_type: str, record: Any, earlier: Attachment) -> Attachment:
    rows = Attachment.objects.select_for_update().filter(object_type=object_type, object_id=record.pk)
    row: Attachment | None = rows.filter(pk=earlier.pk, state=Attachment.State.CURRENT).first()
    if row is None:
        text = _("This version of the file was replaced or withdrawn. Check the newest, then send again.")
        raise ValidationError({"file": text})
    row.state = Attachment.State.SUPERSEDED
    row.save(update_fields=["state"])
    also("attachment.supersede", row, before=Attachment.State.CURRENT, after=row.state, record=str(record.pk))
    return row


@action(
    "upload.add",
    model=Upload,
    label=gettext_lazy("Send a file"),
    done=gettext_lazy("Sent a file ahead"),
    policy=policy.may_send,
    ends=U.OPEN,
)
def add_upload(actor: Actor, _row: None, *, stored: Stored) -> Upload:
    """Send a file ahead; a later action of the same desk names it once, within a day."""
    upload: Upload = Upload.objects.create(
        desk_id=actor.desk_id,
        seat_id=actor.seat_id,
        blob=_blob(stored),
        sha256=stored.sha256,
        name=stored.name,
        original_sha256=stored.original_sha256,
        removed=list(stored.removed),
    )
    emit("upload.added", upload)
    return upload


@action(
    "upload.expire", model=Upload, label=pgettext_lazy("button, files", "Remove"),
    done=gettext_lazy("Removed an unused file"), policy=policy.may_tend,
    starts={U.OPEN}, ends=U.EXPIRED, automatic=True,
)  # fmt: skip
def expire_upload(actor: Actor, upload: Upload) -> Upload:
    """Forget a file that nobody has used for a day; its bytes go with the next round if nothing else holds them."""
    held = StoredBlob.objects.select_for_update().filter(sha256__in=[upload.blob.sha256] if upload.blob else [])
    upload.blob = None
    upload.save(update_fields=["blob"])
    for blob in held:
        _let_go(blob)
    return upload


@action(
    "purge.uploads", model=Purge, label=pgettext_lazy("button, files", "Delete unused uploads"),
    done=gettext_lazy("Deleted unused uploads"), policy=policy.may_tend,
    ends="done", automatic=True,
)  # fmt: skip
def delete_expired_uploads(actor: Actor, _row: None, *, desk_id: int, before: datetime.datetime) -> Purge:
    """Remove the rows of a desk's uploads, names included, that nobody used and that are older than `before`."""
    rows = list(attachments.forgotten(actor, before).select_for_update().filter(desk_id=desk_id)[: attachments.A_ROUND])
    with removing("files"):
        Upload.objects.filter(pk__in=[row.pk for row in rows]).delete()
    hashes = [row.sha256 for row in rows if row.sha256]
    return purged(Upload._meta.label_lower, desk_id, len(rows), hashes, before)


def purged(kind: str, desk_id: int, count: int, hashes: Iterable[str], before: datetime.datetime) -> Purge:
    """Write down, in the body of an action, that `count` things of a desk were removed for good; audited with it."""
    told = sorted(set(hashes))
    row: Purge = Purge.objects.create(kind=kind, desk_id=desk_id, count=count, hashes=told, before=before)
    also("purge.note", row, after=row.state, kind=kind, count=count, sha256=told)
    return row


@transaction.atomic
def destroy(record: Any) -> list[str]:
    """Remove the files of a record with their names, in the body of an action that has locked it; their hashes.

    Bytes that nothing else holds lose their row too, and go from disk with the next round (tasks.tidy).
    """
    rows = Attachment.objects.filter(object_type=record._meta.label_lower, object_id=record.pk)
    blobs = list(StoredBlob.objects.select_for_update().filter(pk__in=rows.values("blob_id")).order_by("pk"))
    rows.update(supersedes=None)
    with removing("files"):
        rows.delete()
    for blob in blobs:
        _let_go(blob)
    return [blob.sha256 for blob in blobs]


def _let_go(blob: StoredBlob) -> None:
    """Forget bytes that nothing holds; refused ones are remembered, so that they are not taken again."""
    used = Upload.objects.filter(blob=blob, state=U.OPEN).exists() or Attachment.objects.filter(blob=blob).exists()
    if not used and blob.state != B.REFUSED:
        with removing("files"):
            blob.delete()


@action(
    "file.scan", model=StoredBlob, label=gettext_lazy("Check for malware"),
    done=gettext_lazy("Checked a file for malware"), policy=policy.may_tend,
    starts=StoredBlob.TO_SCAN, ends={B.CLEAN, B.REFUSED, B.UNAVAILABLE}, automatic=True,
)  # fmt: skip
def record_file_scan(actor: Actor, blob: StoredBlob, *, verdict: str, program: str) -> StoredBlob:
    """Keep what the malware check said of stored bytes; refused ones are never opened again."""
    blob.state, blob.scanner, blob.scanned_at = verdict, program, timezone.now()
    return blob
