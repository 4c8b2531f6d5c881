"""A look into zip-based files: which office format it is, without macros, and not a bomb.

Sources: ECMA-376 part 2 (Open Packaging Conventions, [Content_Types].xml), OASIS ODF 1.3 part 2 (mimetype).
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
MOST_ENTRIES = 10_000
MOST_BYTES = 250 * 2**20  # unpacked, all entries together
MOST_RATIO = 100  # unpacked : packed
SMALL = 2**20  # bytes; below this a high ratio harms nobody
CHUNK = 65_536
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ElementTree.ParseError),
    *(EOFError, OSError, RuntimeError, ValueError),
)
"""What zipfile and its decompressors raise for bytes that are no archive after all."""
PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""All that both standards allow; the others of zipfile are unpacked without a bound on memory."""

CONTENT_TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"
MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
MACROS = re.compile(r"(^|/)vbaProject\.bin$|(^|/)macrosheets/|^Basic/|^Scripts/", re.IGNORECASE)
"""Entries with programs: VBA and Excel 4.0 sheets of Microsoft's files, Basic and scripts of OpenDocument."""


def kind(path: Path) -> str:
    """docx, xlsx, pptx, odt, ods or odp; "zip" for any other archive.

    ValidationError for macros, a password, damage, or too much behind few bytes. Every entry is unpacked once, chunk
    by chunk, because the sizes in the directory are only what the sender says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            for entry in entries:
                _unpack(archive, entry)
            return _kind(archive, {entry.filename for entry in entries})
    except DAMAGE as damage:
        raise ValidationError(
            _("The file is damaged: it cannot be unpacked. Open it, save it again, and send that.")
        ) from damage


def _check_directory(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or (unpacked > SMALL and unpacked > MOST_RATIO * packed):
        raise ValidationError(
            _("The file is far larger when unpacked. Send it without embedded material, or in parts.")
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError(_("The file has a password, so it cannot be checked. Save it without one."))
    if any(entry.compress_type not in PACKED_AS for entry in entries):
        raise ValidationError(
            _("The file is compressed in a way that office programs do not use. Save it again, and send that.")
        )
    if any(MACROS.search(entry.filename.replace("\\", "/")) for entry in entries):
        raise _with_macros()


def _with_macros() -> ValidationError:
    return ValidationError(_("The file contains macros. Save it without them, for example as .docx, .xlsx or .pdf."))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end and throw it away: zipfile compares length and checksum, BadZipFile if they lie."""
    with archive.open(entry) as content:
        while content.read(CHUNK):
            continue


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if CONTENT_TYPES in names:
        return _microsoft(archive.read(CONTENT_TYPES))
    if MIMETYPE in names and archive.getinfo(MIMETYPE).file_size < 200:
        return MIMETYPES.get(archive.read(MIMETYPE).decode("ascii", "replace").strip(), "zip")
    return "zip"


def _microsoft(types: bytes) -> str:
    if len(types) > SMALL or b"<!" in types.replace(b"\x00", b""):  # entities and document types have no place in it
        return "zip"
    found = [element.get("ContentType", "") for element in ElementTree.fromstring(types)]  # noqa: S314  (no entities)
    if any("macroenabled" in each.lower() or "vbaproject" in each.lower() for each in found):
        raise _with_macros()
    kinds = {kind for each in found for part, kind in MAIN_PARTS.items() if each.endswith(part)}
    return kinds.pop() if len(kinds) == 1 else "zip"
