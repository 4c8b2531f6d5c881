"""The bytes of issued documents: one file per hash under FILE_ROOT/issued, written once, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class Damaged(Exception):
    """The kept bytes are missing, or are not the ones that were issued."""


def store_document(data: bytes) -> str:
    """Keep the bytes; their SHA-256. On disk before the row that names them can be committed.

    A file without a row, left by a transaction that failed, says nothing to anybody: only rows make a document ours.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, place)
    return sha256


def kept(sha256: str) -> bytes:
    """The bytes of this hash, hashed once more. Raises Damaged rather than give out others."""
    try:
        data = _place(sha256).read_bytes()
    except OSError as absent:
        raise Damaged(f"no file for {sha256}") from absent
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"other bytes than {sha256}")
    return data


def _place(sha256: str) -> Path:
    return Path(settings.FILE_ROOT) / "issued" / sha256[:2] / sha256
