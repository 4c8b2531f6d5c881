"""A home's databases in memory, for runs that need them no longer than the run lasts.

A test database is copied from a template thousands of times in a run, three thousand small files each: on a disk that
is seconds, in memory a third of one (docs/decisions/077-test-databases-in-memory.md). Nothing of it may stay behind:
who keeps the services removes the folder, and where that was killed, the next one does.
"""

import contextlib
import hashlib
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from caricom_portal.services.homes import held_lock

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""
LIMIT = Path("/sys/fs/cgroup/memory.max")
"""What a container may use, in bytes, or `max`."""
FOLDERS = "caricom-portal-"
ROOM = 4 * 2**30
"""Bytes that must be free for files in memory: twice what a whole run has had at most."""
BESIDE = 4 * 2**30
"""Bytes that must be left for the processes beside them."""


def has_room() -> bool:
    """Whether this machine can hold the databases of a run in memory; False where files cannot be kept there."""
    try:
        limit = LIMIT.read_text(encoding="ascii").strip()
    except OSError:
        limit = "max"
    memory = min(psutil.virtual_memory().available, sys.maxsize if limit == "max" else int(limit))
    try:
        return MEMORY.is_mount() and shutil.disk_usage(MEMORY).free >= ROOM and memory >= ROOM + BESIDE
    except OSError:
        return False


@contextlib.contextmanager
def memory_folder(home: Path) -> Iterator[Path]:
    """An empty folder in memory for the block, which every account may walk through.

    The caller holds `home` alone ("in-use"): by that the others tell that the folder is no remnant.
    """
    _clear(home)
    folder = MEMORY / f"{FOLDERS}{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
    folder.mkdir(mode=0o711)
    (folder / "home").write_text(str(home), encoding="utf-8")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(home: Path) -> None:
    """Remove what a killed keeper of this home, or of any that nobody has in use, left in memory."""
    for folder in MEMORY.glob(f"{FOLDERS}*"):
        # another account's folder is theirs to remove
        with contextlib.suppress(OSError):
            of = Path((folder / "home").read_text(encoding="utf-8"))
            if of == home or not _is_in_use(of):
                _end_server(folder)
                shutil.rmtree(folder)


def _is_in_use(home: Path) -> bool:
    if not (home / "in-use").exists():
        return False
    with held_lock(home / "in-use") as got:
        return not got


def _end_server(folder: Path) -> None:
    """End the PostgreSQL whose keeper was killed."""
    for server in psutil.process_iter(["name", "cwd"]):
        at = server.info["cwd"]
        if server.info["name"] == "postgres" and at and Path(at).is_relative_to(folder):
            with contextlib.suppress(psutil.Error):
                server.send_signal(signal.SIGQUIT)
                server.wait(10)
