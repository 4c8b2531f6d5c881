"""How bytes leave the portal: to be saved, never shown in its own origin."""

import logging
from typing import Any

from django.http import FileResponse

from apps.access.downloads import state_marking
from apps.access.marking import of, stated_for
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.files import policy, storage
from apps.files.models import Attachment
from apps.files.refusals import Refusals
from apps.files.rules import content, file_names, owners

log = logging.getLogger("portal.files")


def serve_file(request: Any, actor: Any, row: Attachment) -> FileResponse:
    """The bytes of an attachment that the actor sees (its blob loaded); audited as attachment.download.

    Raises Refused for what is not (or no longer) to be opened, and for bytes that are damaged on disk. The length is
    looked at each time, the hash by `manage.py verify_files`. Headers: RFC 6266, RFC 9110, CSP 3 (sandbox).
    """
    verdict = policy.may_open(actor, row)
    if verdict is not True:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if not storage.sound(row.blob.sha256, row.blob.size):
        log.error("damaged file", extra={"attachment": str(row.pk), "sha256": row.blob.sha256})
        raise Refused("wrong-state", Refusals.FILE_DAMAGED)
    owners.opening(actor, row)
    note_read(request, "attachment.download", row, record=str(row.object_id), version=row.number)
    kind = content.KINDS.get(file_names.ending(row.name))
    response = FileResponse(
        storage.path_of(row.blob.sha256).open("rb"),
        as_attachment=True,
        filename=row.name,
        content_type=kind.media_type if kind else row.blob.media_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{row.blob.sha256}"'
    state_marking(response, stated_for(owners.record_of(actor, row)) or of(row), in_name=False)
    return response
