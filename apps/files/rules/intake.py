"""The one way in for a file: limits, name, content, hidden data; then its bytes lie on disk, before any action."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from apps.access import full_disk
from apps.files import storage
from apps.files.queries import attachments
from apps.files.rules import content, file_names, pictures


class Sent(Protocol):
    """What Django's uploaded files and `ContentFile` are."""

    @property
    def name(self) -> str | None: ...
    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that lie on disk and wait to be attached. `upload_id`: they were sent ahead (models.Upload).

    Of a picture that lost hidden data `original_sha256` is the hash of what was sent, and `removed` says what went
    (words of apps.files.rules.pictures).
    """

    sha256: str
    size: int
    media_type: str
    name: str
    upload_id: uuid.UUID | None = None
    original_sha256: str = ""
    removed: tuple[str, ...] = ()

    @classmethod
    def again(cls, attachment: Any) -> "Stored":
        """The bytes of an attachment, for another record or version; its blob is loaded."""
        blob = attachment.blob
        facts = (attachment.original_sha256, tuple(attachment.removed))
        return cls(blob.sha256, blob.size, blob.media_type, attachment.name, None, *facts)


def limit_of(kind: str) -> int:
    """Bytes that a file of this kind (a key of content.KINDS) may have."""
    return int(min(settings.FILE_LIMITS.get(kind, settings.FILE_LIMIT), settings.FILE_LIMIT))


def store_upload(upload: Sent | Any, *, kinds: Collection[str] = (), limit: int | None = None) -> Stored:
    """Check a file and put its bytes on disk; call it before the action, and `actions.attach` inside it.

    `kinds`: keys of content.KINDS, all by default. `limit`: bytes, by default the kind's own. Raises ValidationError
    with a sentence for the user. Bytes that are never attached are removed after a day.
    """
    name = file_names.cleaned(upload.name or "")
    declared = content.checked_ending(name, kinds or content.KINDS.keys())
    most = limit or limit_of(declared)
    try:
        with storage.received(upload.chunks(), most) as new:
            if not new.size:
                raise ValidationError(_("The file is empty. Choose the file with the content."))
            media_type = content.checked(new.path, declared)
            if declared in pictures.PICTURES:
                return _without_hidden_data(new, declared, media_type, name)
            _keep(new)
    except storage.TooLarge:
        raise ValidationError(
            _("The file is larger than %(limit)s. Send it in parts, or with smaller pictures.")
            % {"limit": filesizeformat(most)}
        ) from None
    except OSError as failure:
        if not full_disk.is_full(failure):
            raise
        full_disk.note()
        raise ValidationError(full_disk.no_room()) from failure
    return Stored(new.sha256, new.size, media_type, name)


def _keep(new: storage.Received) -> None:
    if attachments.is_refused(new.sha256):
        raise ValidationError(infected())
    storage.store_file(new)


def _without_hidden_data(sent: storage.Received, kind: str, media_type: str, name: str) -> Stored:
    """Keep the picture alone. What was sent is not kept, only its hash."""
    try:
        picture = pictures.bare(sent.path.read_bytes(), kind)
    except pictures.Damaged:
        raise ValidationError(
            _("The picture is damaged or cut off. Open it in a picture program, save it again, and send that.")
        ) from None
    with storage.received([picture.data], sent.size + len(picture.data)) as new:
        _keep(new)
    original = sent.sha256 if sent.sha256 != new.sha256 else ""
    return Stored(new.sha256, new.size, media_type, name, None, original, picture.removed)


def infected() -> str:
    """The sentence for bytes that the malware check has refused."""
    return _("The malware check has refused this file. Have your device checked, then send a clean copy.")
