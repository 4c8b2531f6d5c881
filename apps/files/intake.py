"""The one way in for a file: limits, name, content; then its bytes lie on disk, before any action begins."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from apps.files import content, naming, queries, storage


class Sent(Protocol):
    """What Django's uploaded files and `ContentFile` are."""

    @property
    def name(self) -> str | None: ...
    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that lie on disk and wait to be attached. `upload_id`: they were sent ahead (models.Upload)."""

    sha256: str
    size: int
    media_type: str
    name: str
    upload_id: uuid.UUID | None = None


def limit_of(kind: str) -> int:
    """Bytes that a file of this kind (a key of content.KINDS) may have."""
    return int(min(settings.FILE_LIMITS.get(kind, settings.FILE_LIMIT), settings.FILE_LIMIT))


def store_upload(upload: Sent | Any, *, kinds: Collection[str] = (), limit: int | None = None) -> Stored:
    """Check a file and put its bytes on disk; call it before the action, and `actions.attach` inside it.

    `kinds`: keys of content.KINDS, all by default. `limit`: bytes, by default the kind's own. Raises ValidationError
    with a sentence for the user. Bytes that are never attached are removed after a day.
    """
    name = naming.cleaned(upload.name or "")
    declared = content.checked_ending(name, kinds or content.KINDS.keys())
    most = limit or limit_of(declared)
    try:
        with storage.received(upload.chunks(), most) as new:
            if not new.size:
                raise ValidationError(_("The file is empty. Choose the file that holds the text or the figures."))
            media_type = content.checked(new.path, declared)
            if queries.is_refused(new.sha256):
                raise ValidationError(infected())
            storage.keep(new)
    except storage.TooLarge:
        raise ValidationError(
            _("The file is larger than %(limit)s. Send it in parts, or with smaller pictures.")
            % {"limit": filesizeformat(most)}
        ) from None
    return Stored(new.sha256, new.size, media_type, name)


def infected() -> str:
    """The sentence for bytes that the malware check has refused."""
    return _("The malware check has refused this file. Have your device checked, then send a clean copy.")
