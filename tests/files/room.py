"""A room whose records have files, for tests: Jamaica's watchlists take attachments.

The action is taken out of the registry at once, so that no page or document of the portal knows it.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from apps.access.doors import REGISTRY, action
from apps.files import actions as files
from apps.files import owners
from apps.files.intake import Stored, store_upload
from apps.files.models import Attachment
from apps.screening.models import WatchList

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
EXE = b"MZ\x90\x00" + bytes(200)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"

owners.register("screening.watchlist", lambda actor: WatchList.objects.visible_to(actor))


def may(actor: Any, row: Any) -> bool:
    return True


@action("list.attach", model=WatchList, label="Attach", policy=may, starts={"open"}, ends="open")
def attach(actor: Any, row: WatchList, *, stored: Stored, supersedes: Attachment | None = None) -> WatchList:
    """Let a watchlist have a file."""
    files.attach(actor, row, stored, supersedes=supersedes)
    return row


@action("list.detach", model=WatchList, label="Detach", policy=may, starts={"open"}, ends="open")
def detach(actor: Any, row: WatchList, *, attachment: Attachment) -> WatchList:
    """Withdraw a file of a watchlist."""
    files.withdraw(actor, attachment)
    return row


for verb in ("list.attach", "list.detach"):
    REGISTRY.pop(verb)


def sent(name: str, data: bytes) -> ContentFile:
    return ContentFile(data, name=name)


def attached(actor: Any, row: WatchList, name: str = "Brief.pdf", data: bytes = PDF, **more: Any) -> Attachment:
    """A file on a list, put there as a room would."""
    attach(actor, row, stored=store_upload(sent(name, data)), **more)
    return Attachment.objects.visible_to(actor).filter(object_id=row.pk).order_by("-pk").first()


def packed(entries: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(main: str = WORD, packing: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    """A minimal Word document (ECMA-376)."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": "<w/>", **more}, packing)
