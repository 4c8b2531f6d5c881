"""Selectors: the files of a record in words, and what the portal's own rounds look for."""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.files import policy, storage
from apps.files.models import Attachment, StoredBlob, Upload
from apps.files.rules import content, file_names

if TYPE_CHECKING:
    from apps.files.rules.intake import Stored

SCAN_WORDS = {
    "clean": ("ok", "shield-check", _("Checked for malware")),
    "waiting": ("info", "clock", pgettext_lazy("words, files", "Being checked")),
    "unavailable": ("warn", "alert", _("Check not possible yet")),
    "unscanned": ("mute", "shield", _("Not checked for malware")),
    "refused": ("bad", "circle-x", pgettext_lazy("words, files", "Malware found")),
}
"""Chip of a scan state: kind, picture, word."""

UNUSED_KEPT = timedelta(days=1)
GIVEN_UP_KEPT = timedelta(days=30)
"""How long what was never used or thrown away is remembered (field notes of sharing, machine `report`)."""

REMOVED_WORDS = {
    "place": pgettext_lazy("words, files", "location"),
    "exif": _("camera and time"),
    "xmp": _("notes from picture programs"),
    "iptc": _("caption and names"),
    "text": pgettext_lazy("words, files", "comments"),
    "preview": pgettext_lazy("words, files", "small preview"),
    "after": _("data after the end of the picture"),
    "other": _("other program data"),
}
"""What was taken out of a picture (apps.files.rules.pictures), in words."""

SCAN_AGAIN_AFTER = timedelta(minutes=5)
A_ROUND = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """An attachment as one reader sees it; `why_not` says why they get no bytes, "" if they do."""

    row: Attachment
    kind: Any
    scan: tuple[str, str, Any]
    why_not: str

    @property
    def hash(self) -> str:
        """Enough of the hash to compare two copies by eye."""
        return str(self.row.blob.sha256[:12])

    @property
    def removed(self) -> str:
        """What hidden data a picture has lost, in words; "" for none."""
        return ", ".join(str(REMOVED_WORDS[word]) for word in self.row.removed)


def files_of(actor: Actor | None, record: Any, *, older: bool = True) -> list[Line]:
    """The files of a record, newest first, for components/files.html; one query. `older`: also replaced versions."""
    object_type = record._meta.label_lower
    rows = Attachment.objects.visible_to(actor, object_type).filter(object_type=object_type, object_id=record.pk)
    if not older:
        rows = rows.filter(state=Attachment.State.CURRENT)
    return [] if actor is None else [_line(actor, row) for row in rows.select_related("blob").order_by("-pk")]


def files_of_many(actor: Actor, object_type: str, keys: Any) -> dict[Any, list[Line]]:
    """{record: its present files} of records of one type; `keys` is a query of theirs. One query."""
    rows = Attachment.objects.visible_to(actor, object_type).filter(object_type=object_type, object_id__in=keys)
    found: dict[Any, list[Line]] = {}
    for row in rows.filter(state=Attachment.State.CURRENT).select_related("blob").order_by("pk"):
        found.setdefault(row.object_id, []).append(_line(actor, row))
    return found


def _line(actor: Actor, row: Attachment) -> Line:
    verdict = policy.may_open(actor, row)
    why_not = "" if verdict is True else Refused("may-not", getattr(verdict, "code", "")).message
    kind = content.KINDS.get(file_names.ending(row.name))
    return Line(row, kind.label if kind else "", SCAN_WORDS[row.blob.state], why_not)


def open_upload(actor: Actor | None, pk: Any) -> Upload | None:
    """A file that the actor's desk sent ahead and has not used yet."""
    rows = Upload.objects.visible_to(actor).filter(state=Upload.State.OPEN, blob__isnull=False)
    return rows.select_related("blob").filter(pk=pk).first()


def same_upload(actor: Actor, stored: "Stored") -> Upload | None:
    """The seat's own open upload of the same bytes under the same name: sending twice makes one."""
    rows = Upload.objects.visible_to(actor).filter(seat_id=actor.seat_id, state=Upload.State.OPEN)
    same = {"blob__sha256": stored.sha256, "original_sha256": stored.original_sha256, "name": stored.name}
    return rows.filter(**same).select_related("blob").first()


def is_refused(sha256: str) -> bool:
    """Whether the malware check has refused these bytes before."""
    return StoredBlob.objects.filter(sha256=sha256, state=StoredBlob.State.REFUSED).exists()


def known(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that have a row."""
    return set(StoredBlob.objects.filter(sha256__in=list(hashes)).values_list("sha256", flat=True))


def blob_of(actor: Actor, topic_row: str, pk: Any) -> StoredBlob | None:
    """The bytes behind an attachment or an upload, for the portal's own service."""
    model: Any = Upload if topic_row == Upload._meta.label_lower else Attachment
    held = model.objects.filter(pk=pk).values("blob_id")
    return StoredBlob.objects.visible_to(actor).filter(pk__in=held).first()


def to_scan(actor: Actor) -> list[StoredBlob]:
    """Bytes that a scanner has not judged, longest waiting first; those of the last minutes have their own turn."""
    before = timezone.now() - SCAN_AGAIN_AFTER
    rows = StoredBlob.objects.visible_to(actor).filter(state__in=StoredBlob.TO_SCAN, stored_at__lt=before)
    return list(rows.order_by("scanned_at", "stored_at")[:A_ROUND])


def unused(actor: Actor) -> list[Upload]:
    """Uploads that nobody has used for a day."""
    rows = Upload.objects.visible_to(actor).filter(state=Upload.State.OPEN, at__lt=timezone.now() - UNUSED_KEPT)
    return list(rows.order_by("pk"))


def forgotten(actor: Actor, before: datetime) -> Any:
    """Uploads that nobody used and that are older than a moment, oldest first."""
    rows = Upload.objects.visible_to(actor).filter(state=Upload.State.EXPIRED, at__lt=before)
    return rows.order_by("pk")


def damaged() -> Iterator[tuple[StoredBlob, str]]:
    """(bytes, what is wrong with them: "" if nothing) of everything stored. Reads every byte."""
    for blob in StoredBlob.objects.order_by("pk").iterator(chunk_size=500):
        yield blob, storage.damage(blob.sha256, blob.size)
