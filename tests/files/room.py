"""An app whose records have files, for tests: Jamaica's watchlists take attachments.

The action is taken out of the registry at once, so that no page or document of the portal knows it.
"""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from apps.access.declared_actions import REGISTRY, action
from apps.files import actions as files
from apps.files.models import Attachment
from apps.files.rules.intake import Stored, store_upload
from apps.screening.models import WatchList
from tests.offers import offer

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
# eight by four red points as a program writes them; Exif: turned, "Canon", a place; a comment "by me"
JPG = base64.b64decode(
    """
/9j/4AAQSkZJRgABAQAAAQABAAD/4QBSRXhpZgAATU0AKgAAAAgAAwEPAAIAAAAGAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAA
OAAAAABDYW5vbgAAAQABAAIAAAACTgAAAAAAAAD//gAHYnkgbWX/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////
////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////
////////////////////////////////////wAARCAAEAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI
CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0
NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLD
xMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA
AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNE
RUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK
0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCKiiioOg//2Q==
"""
)
EXE = b"MZ\x90\x00" + bytes(200)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"

offer("files.owners", screening__watchlist=lambda actor: WatchList.objects.visible_to(actor))


def may(actor: Any, row: Any) -> bool:
    return True


ON_A_LIST: Any = {"model": WatchList, "policy": may, "starts": {"open"}, "ends": "open"}


@action("list.attach", label=_("Attach"), done=_("Attached a file to a list"), **ON_A_LIST)
def attach(actor: Any, row: WatchList, *, stored: Stored, supersedes: Attachment | None = None) -> WatchList:
    """Let a watchlist have a file."""
    files.attach(actor, row, stored, supersedes=supersedes)
    return row


@action("list.detach", label=_("Detach"), done=_("Detached a file from a list"), **ON_A_LIST)
def detach(actor: Any, row: WatchList, *, attachment: Attachment) -> WatchList:
    """Withdraw a file of a watchlist."""
    files.withdraw(actor, attachment)
    return row


for verb in ("list.attach", "list.detach"):
    REGISTRY.pop(verb)


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


PNG_HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PNG_POINT = chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
PNG = PNG_HEAD + PNG_POINT
"""One grey point."""


def sent(name: str, data: bytes) -> ContentFile:
    return ContentFile(data, name=name)


def attached(actor: Any, row: WatchList, name: str = "Brief.pdf", data: bytes = PDF, **more: Any) -> Attachment:
    """A file on a list, put there as an app would."""
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
