"""Who had a text open: rows for the audit."""

import datetime
import uuid

from django.utils import timezone

from apps.access.actor import Actor
from apps.coedit.models import Sitting


def open_one(section_id: uuid.UUID, actor: Actor, *, writes: bool) -> int:
    """Note that the text was opened; the row's key."""
    seat = {"user_id": actor.user_id, "desk_id": actor.desk_id, "seat_id": actor.seat_id}
    row = Sitting.objects.create(document_id=section_id, writes=writes, opened_at=timezone.now(), **seat)
    return int(row.pk)


def close_one(key: int, code: int, updates: int, size: int) -> None:
    """Note its end."""
    found = Sitting.objects.filter(pk=key, closed_at=None)
    found.update(closed_at=timezone.now(), close_code=code, updates=updates, size=size)


def close_abandoned(before: datetime.datetime) -> int:
    """End what a process that died has left open: no session lasts so long."""
    return Sitting.objects.filter(opened_at__lt=before, closed_at=None).update(
        closed_at=timezone.now(), close_code=1006
    )
