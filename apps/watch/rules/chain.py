"""The chain of a log: each entry carries the hash of the one before, so that a later change shows."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from apps.rifc.rules.content import digest

BEGINNING = "0" * 64
"""What the first entry of a desk follows."""


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that an entry says. `person`, `seat` and the ids of other entries as text; moments are aware."""

    watch: str
    serial: int
    event_at: datetime.datetime
    entered_at: datetime.datetime
    person: str
    seat: str
    category: str
    channel: str
    from_whom: str
    text: str
    action_taken: str
    links: list[list[str]]
    to_do: bool
    corrects: str
    closes: str


def sealed(line: Line, before: str) -> str:
    """SHA-256 over the canonical JSON of an entry with the hash of the entry before."""
    content: dict[str, Any] = asdict(line) | {
        "event_at": line.event_at.astimezone(datetime.UTC).isoformat(),
        "entered_at": line.entered_at.astimezone(datetime.UTC).isoformat(),
        "prev_sha256": before,
    }
    return digest(content)


@dataclass(frozen=True, slots=True)
class Checked:
    """How many entries hold together, and the serial and fault of the first that does not; fault "" for none."""

    entries: int
    serial: int = 0
    fault: str = ""


def walk(lines: Sequence[tuple[Line, str, str]], start: str, head: str, last: int) -> Checked:
    """Recompute a log of (line, prev, hash) from `start`; `head` and `last` serial are what its watch says."""
    before = start
    for expected, (line, prev, own) in enumerate(lines, start=1):
        if line.serial != expected:
            return Checked(expected - 1, expected, "missing")
        if prev != before:
            return Checked(expected - 1, expected, "another entry went before")
        if sealed(line, before) != own:
            return Checked(expected - 1, expected, "changed")
        before = own
    if len(lines) != last or before != head:
        return Checked(len(lines), len(lines) + 1, "missing")
    return Checked(len(lines))
