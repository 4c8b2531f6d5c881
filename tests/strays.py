"""Who writes, for The wall behind declared actions: a test arranges what it needs, the portal's code does not."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

PROJECT = Path(__file__).resolve().parent.parent
OURS = tuple(f"{PROJECT / folder}/" for folder in ("apps", "bench", "caricom_portal", "demo", "tests"))
WALL = ("apps/access/write_guard.py", "tests/strays.py")
LOADERS = {"demo", "loaders", "reference", "migrations"}
ENTRANCES = {"views", "api", "tasks", "listeners", "middleware", "adapters", "live", "commands", "outbox", "queries"}


def frames() -> Iterator[tuple[str, ...]]:
    """Where the project's code is that a statement comes from, the nearest first, as parts of its path."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        place = frame.f_code.co_filename
        if place.startswith(OURS) and not place.endswith(WALL):
            yield Path(place).relative_to(PROJECT).with_suffix("").parts
        frame = frame.f_back


def arranges() -> bool:
    """Whether a test writes, itself or through what actions are made of, and not a page, a task or a program's call."""
    for parts in frames():
        if parts[0] == "tests" or not LOADERS.isdisjoint(parts):
            return True
        if not ENTRANCES.isdisjoint(parts):
            return False
    return True
