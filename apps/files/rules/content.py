"""What kind of file the bytes are, whatever its name says."""

import codecs
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.files.rules import archives, file_names

HEAD = 8192  # bytes; every signature stands in them
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that the portal takes."""

    media_type: str
    label: Any


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": Kind("application/pdf", pgettext_lazy("words, files", "PDF")),
    "docx": Kind(f"{OOXML}.wordprocessingml.document", pgettext_lazy("words, files", "Word document")),
    "xlsx": Kind(f"{OOXML}.spreadsheetml.sheet", pgettext_lazy("words, files", "Excel workbook")),
    "pptx": Kind(f"{OOXML}.presentationml.presentation", pgettext_lazy("words, files", "PowerPoint presentation")),
    "odt": Kind(f"{ODF}.text", pgettext_lazy("words, files", "OpenDocument text")),
    "ods": Kind(f"{ODF}.spreadsheet", pgettext_lazy("words, files", "OpenDocument spreadsheet")),
    "odp": Kind(f"{ODF}.presentation", pgettext_lazy("words, files", "OpenDocument presentation")),
    "txt": Kind("text/plain", pgettext_lazy("words, files", "plain text")),
    "csv": Kind("text/csv", pgettext_lazy("words, files", "CSV table")),
    "png": Kind("image/png", pgettext_lazy("words, files", "PNG picture")),
    "jpg": Kind("image/jpeg", pgettext_lazy("words, files", "JPEG picture")),
}
"""By the ending of the name. Programs, pages, old Office files and archives are none of them."""

TEXTS = frozenset({"txt", "csv"})
SIGNED = {".pdf": "pdf", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".jfif": "jpg", ".jpe": "jpg"}
"""puremagic's ending of a kind that its first bytes tell."""


def checked_ending(name: str, kinds: Collection[str]) -> str:
    """The ending of a cleaned name; ValidationError if it is not among `kinds`."""
    declared = file_names.ending(name)
    if declared in kinds:
        return declared
    allowed = ", ".join(kind for kind in KINDS if kind in kinds)
    if not declared:
        raise ValidationError(
            _("The name “%(name)s” has no ending. Add one of: %(allowed)s.") % {"name": name, "allowed": allowed}
        )
    raise ValidationError(
        _("Files ending in .%(declared)s are not accepted here. Send one of: %(allowed)s.")
        % {"declared": declared, "allowed": allowed}
    )


def checked(path: Path, declared: str) -> str:
    """Media type by content of the bytes at `path`; ValidationError if they are not what the ending says."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    matches = _matches(head)
    found = _kind(path, head, matches)
    if found == declared or (found == "txt" and declared in TEXTS):
        return KINDS[found].media_type
    if declared in TEXTS and not found and not matches:
        raise ValidationError(
            _(
                "The name ends in .%(declared)s, but the content is not UTF-8 text. Save it as UTF-8 "
                "(Excel: “CSV UTF-8”)."
            )
            % {"declared": declared}
        )
    raise ValidationError(
        _("The name ends in .%(declared)s, but the content is: %(found)s. Give the file the right ending.")
        % {"declared": declared, "found": _in_words(found, matches)}
    )


def _matches(head: bytes) -> list[Any]:
    try:
        return list(puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return []


def _kind(path: Path, head: bytes, matches: list[Any]) -> str:
    """A key of KINDS, or "" for anything else."""
    if head.startswith(archives.SIGNATURES):
        return archives.kind(path)
    signed = SIGNED.get(matches[0].extension, "") if matches else ""
    if signed:
        return signed
    return "txt" if is_text(_chunks(path)) else ""


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def is_text(chunks: Iterable[bytes]) -> bool:
    """Whether these bytes are UTF-8 (RFC 3629) without NUL."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        if any("\x00" in decoder.decode(chunk) for chunk in chunks):
            return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _in_words(found: str, matches: list[Any]) -> str:
    if found:
        return str(KINDS[found].label) if found in KINDS else pgettext("words, files", "ZIP archive")
    return f"{matches[0].name} ({matches[0].extension})" if matches else _("an unknown kind of file")
