"""Bytes on disk, named by their SHA-256: FILE_ROOT/ab/cd/<hash>, mode 0600, each content once.

Encryption at rest is the volume's task (docs/how-to/operators.md): the portal writes plain bytes.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 65_536
INCOMING = "incoming"


class TooLarge(Exception):
    """More bytes than the limit."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that lie in `incoming` under no name yet."""

    path: Path
    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where bytes with this hash lie."""
    return Path(settings.FILE_ROOT) / sha256[:2] / sha256[2:4] / sha256


@contextlib.contextmanager
def received(chunks: Iterable[bytes], limit: int) -> Iterator[Received]:
    """Write chunks to a new file below FILE_ROOT, hashed on the way, and remove it at the end unless it was kept.

    Raises TooLarge at the first byte over `limit`. Memory: one chunk.
    """
    folder = _folder(Path(settings.FILE_ROOT) / INCOMING)
    handle, name = tempfile.mkstemp(dir=folder)  # mode 0600
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            sha256, size = _write(file, chunks, limit)
        yield Received(path, sha256, size)
    finally:
        path.unlink(missing_ok=True)


def _write(file: IO[bytes], chunks: Iterable[bytes], limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def store_file(new: Received) -> None:
    """Give received bytes their place, atomically. Bytes that are there already stay, made young again (see sweep)."""
    place = path_of(new.sha256)
    _folder(place.parent)
    with _locked(place.parent) as folder:
        if sound(new.sha256, new.size):
            os.utime(place)
        else:
            new.path.replace(place)
            os.fsync(folder)


def renew(sha256: str, size: int) -> bool:
    """Make stored bytes young again, so that no sweep takes them before their row is committed; False if gone."""
    place = path_of(sha256)
    if not place.parent.is_dir():
        return False
    with _locked(place.parent):
        if not sound(sha256, size):
            return False
        os.utime(place)
        return True


def sound(sha256: str, size: int) -> bool:
    """The cheap look: the file is there and has its length."""
    try:
        return path_of(sha256).stat().st_size == size
    except FileNotFoundError:
        return False


def damage(sha256: str, size: int) -> str:
    """The thorough look: "" if all is well, else what is wrong: missing, length, content."""
    place = path_of(sha256)
    if not place.is_file():
        return "missing"
    if not sound(sha256, size):
        return "length"
    with place.open("rb") as file:
        return "" if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "content"


def sweep(seconds: float, known: Callable[[set[str]], set[str]]) -> int:
    """Remove files that no row knows and nobody touched for so long, and what broken uploads left; how many."""
    root, before = Path(settings.FILE_ROOT), time.time() - seconds
    removed = 0
    for left in root.glob(f"{INCOMING}/*"):
        removed += _remove_old(left, before)
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        with _locked(folder):
            old = {file.name for file in folder.iterdir() if file.stat().st_mtime < before}
            removed += sum(_remove_old(folder / name, before) for name in (old - known(old) if old else ()))
    return removed


def _remove_old(file: Path, before: float) -> bool:
    with contextlib.suppress(FileNotFoundError):
        if file.stat().st_mtime < before:
            file.unlink()
            return True
    return False


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Only one process at a time puts files into this folder or takes them out. Gives the folder's descriptor."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
