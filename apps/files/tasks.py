"""What follows by itself: the malware check, and the removal of what was sent and never used."""

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.clock import desk_by_desk, done
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.access.retention import round_done
from apps.files import actions, storage
from apps.files.models import StoredBlob
from apps.files.queries import attachments
from apps.files.rules import scanner
from apps.people.queries import service_actor

SERVICE = "IMPACS.platform"


def _check(request_id: str, blob: StoredBlob) -> None:
    program, verdict = scanner.name(), scanner.verdict(storage.path_of(blob.sha256))
    actions.record_file_scan(service_actor(SERVICE, request_id=request_id), blob, verdict=verdict, program=program)


@outbox.on("attachment.added")
def scan_attachment(dispatch: Dispatch) -> None:
    """Have new bytes checked; those that were judged before are not asked for again."""
    if not scanner.configured():
        return
    blob = attachments.blob_of(service_actor(SERVICE), dispatch.object_type, dispatch.object_id)
    if blob is not None and blob.state in StoredBlob.TO_SCAN:
        _check(dispatch.request_id, blob)


@outbox.on("upload.added")
def scan_upload(dispatch: Dispatch) -> None:
    """The same for a file that was sent ahead."""
    scan_attachment(dispatch)


@shared_task(name="files.rescan")
def rescan() -> int:
    """Ask the scanner again about what it could not judge, or what came while there was none; how many were judged."""
    judged = 0
    for blob in attachments.to_scan(service_actor(SERVICE)) if scanner.configured() else ():
        try:
            _check("rescan", blob)
        except Refused:  # another worker was faster
            continue
        judged += 1
    return judged


@shared_task(name="files.purge")
def purge_files() -> int:
    """Each night: forget the uploads that nobody used for thirty days; how many went."""
    actor, before = service_actor(SERVICE, request_id="purge"), timezone.now() - attachments.GIVEN_UP_KEPT
    rows = attachments.forgotten(actor, before)
    gone = desk_by_desk(actions.delete_expired_uploads, actor, rows, column="desk_id", before=before)
    round_done("files.purge", gone)
    return gone


@shared_task(name="files.tidy")
def tidy() -> int:
    """End uploads that nobody used for a day, then remove the bytes that no row knows; how many files went."""
    actor = service_actor(SERVICE, request_id="tidy")
    # one that is used at this moment is left
    ended = sum(done(actions.expire_upload, actor, upload) for upload in attachments.unused(actor))
    gone = storage.sweep(attachments.UNUSED_KEPT.total_seconds(), attachments.known)
    round_done("files.tidy", {"uploads": ended, "files": gone})
    return gone
