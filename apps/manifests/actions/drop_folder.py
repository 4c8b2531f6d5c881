"""A watched folder for telegrams and files: one per sending desk, into which mail, SFTP or AS2 put what they got.

    drop/7T.carrier/in/      whoever puts a file here writes it elsewhere and renames it in (or names it `.part` first)
    drop/7T.carrier/done/    its receipt, a dash and its name
    drop/7T.carrier/failed/  what could not be taken in, and beside it a `.why.txt`

The folder's name is the desk that sends. A file is moved when its list has its receipt; if the portal stops between the
two, the same bytes get the same receipt at the next round, and nothing is taken in twice.
"""

import datetime
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from apps.access.actor import Actor
from apps.access.problems import Problem
from apps.access.refusal import Refused
from apps.manifests.actions import intake
from apps.people.actions import used
from apps.people.queries import actor_by_newest_key

log = logging.getLogger("portal.collect")
SETTLED_S = 2
"""A file is read when nobody has written to it for this long."""
A_ROUND = 200
UNFINISHED = (".part", ".tmp", ".filepart")
TYPES = {".csv": "text/csv", ".xlsx": intake.XLSX, ".json": "application/json", ".edi": "application/edifact"}


def collect(root: Path, now_s: float | None = None) -> dict[str, int]:
    """Take in what lies in the folders: {done, failed}; at most A_ROUND files."""
    counts = {"done": 0, "failed": 0}
    for path in _waiting(root, time.time() if now_s is None else now_s):
        counts["done" if _taken(path) else "failed"] += 1
        if sum(counts.values()) == A_ROUND:
            break
    return counts


def _waiting(root: Path, now_s: float) -> Iterator[Path]:
    """Files that are whole, oldest first; links and folders are nobody's telegram."""
    found = []
    for path in root.glob("*/in/*"):
        if path.is_symlink() or not path.is_file() or path.name.startswith(".") or path.name.endswith(UNFINISHED):
            continue
        changed = path.stat().st_mtime
        if now_s - changed >= SETTLED_S:
            found.append((changed, path))
    return (path for _changed, path in sorted(found))


def _taken(path: Path) -> bool:
    """Whether its bytes are a submission now; the file lies in done or failed afterwards."""
    desk = path.parent.parent.name
    try:
        receipt = _received(_sender(desk), path)
    except (Problem, Refused, LookupError) as refusal:
        _move(path, "failed", path.name, why=str(getattr(refusal, "detail", "") or refusal))
        log.warning("file refused", extra={"desk": desk, "error": type(refusal).__name__})
        return False
    _move(path, "done", f"{receipt}-{path.name}")
    return True


def _sender(desk: str) -> Actor:
    """The desk's programs by their newest key that writes; LookupError where there is none.

    The service seat alone is nobody's word: it is there as soon as somebody asks for a key.
    """
    found = actor_by_newest_key(desk, request_id="drop")
    if found is None:
        raise LookupError(f"{desk} has no key that writes: ask for one, then move the file back to `in`")
    actor, key = found
    used(key)
    return actor


def _received(sender: Actor, path: Path) -> str:
    if path.stat().st_size > settings.SUBMISSION_LIMIT:
        intake.check(b"x" * (settings.SUBMISSION_LIMIT + 1), "text/plain")  # says that it is too large
    kind = TYPES.get(path.suffix.lower(), "text/plain")
    row = intake.receive(sender, path.read_bytes(), channel="typeb", content_type=kind, file_name=path.name)
    return str(row.receipt)


def _move(path: Path, to: str, name: str, why: str = "") -> None:
    """Move it within its desk's folder, in one step; a name that is taken gets a time before it."""
    folder = path.parent.parent / to
    folder.mkdir(exist_ok=True)
    target = folder / name
    if target.exists():
        target = folder / f"{datetime.datetime.now(datetime.UTC):%Y%m%d%H%M%S%f}-{name}"
    os.replace(path, target)
    if why:
        target.with_name(f"{target.name}.why.txt").write_text(f"{why}\n", encoding="utf-8")
