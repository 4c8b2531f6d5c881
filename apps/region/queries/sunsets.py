"""Laws in force that will end: which last day is over, and which reminder is due."""

import datetime
from collections.abc import Iterator
from typing import Any

from apps.access.actor import Actor
from apps.region.models import Track, TrackStep

REMINDERS = (180, 90, 30)
"""Days before the last one. Source: catalogue of notices, legislation.sunset."""


def last_days(actor: Actor) -> Iterator[tuple[Track, datetime.date]]:
    """(law, last day) of every law in force with a sunset, by its newest step in force."""
    rows = TrackStep.objects.visible_to(actor).known().filter(stage=Track.Stage.IN_FORCE)
    newest: dict[Any, TrackStep] = {}
    for row in rows.filter(track__state=Track.Stage.IN_FORCE).select_related("track").order_by("on", "recorded_at"):
        newest[row.track_id] = row
    for row in newest.values():
        if row.until is not None:
            yield row.track, row.until


def expired(actor: Actor, today: datetime.date) -> list[tuple[Track, datetime.date]]:
    """(law, last day) of those whose last day is over."""
    return [(track, last) for track, last in last_days(actor) if last < today]


def find_sunsets_to_remind(actor: Actor, today: datetime.date) -> list[tuple[Track, str]]:
    """(law, step) of the reminders due and not given, for each law the latest; the step names the last day too."""
    due = []
    for track, last in last_days(actor):
        left = (last - today).days
        reached = [days for days in REMINDERS if 0 <= left <= days]
        step = f"{min(reached)}d before {last}" if reached else ""
        if step and step != track.reminded:
            due.append((track, step))
    return due
