"""What the doors' own tables forget, and when. Records and audit are not theirs to forget."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.access import stream_log
from apps.access.database_context import removing
from apps.access.models import Dispatch, IdempotencyKey, PurgeRound, StreamEvent

ANSWERS_KEPT = timedelta(days=2)
DONE_WORK_KEPT = timedelta(days=7)
AT_ONCE = 5000  # rows per statement, so that no lock and no statement lasts long


def purge() -> dict[str, int]:
    """Remove events older than a day, answers older than two, work done more than seven days ago; counts by table."""
    while stream_log.give_numbers():  # where nobody listens nobody has: what was never told goes as well
        pass
    return {table: _remove(rows) for table, rows in due(timezone.now()).items()}


def due(now: datetime) -> dict[str, QuerySet[Any]]:
    """{table: its rows whose time is over at a moment}.

    Of the old events the newest stays: a client that resumes before it is told to load everything again.
    """
    mark = stream_log.oldest_certain()
    events = StreamEvent.objects.none()
    if mark is not None:
        events = StreamEvent.objects.filter(number__lt=mark.number, at__lt=now - stream_log.KEPT)
    return {
        "events": events,
        "answers": IdempotencyKey.objects.filter(at__lt=now - ANSWERS_KEPT),
        "dispatches": Dispatch.objects.filter(done_at__lt=now - DONE_WORK_KEPT),
    }


def round_done(name: str, done: int | dict[str, int]) -> None:
    """Write down that a round of retention was done, and how much went."""
    counts = {kind: count for kind, count in done.items() if count} if isinstance(done, dict) else {"": done}
    total, now = sum(counts.values()), timezone.now()
    if total:
        PurgeRound.objects.create(name=name, at=now, counts=counts, total=total)
    else:
        PurgeRound.objects.update_or_create(name=name, total=0, defaults={"at": now, "counts": {}})


def _remove(rows: QuerySet[Any]) -> int:
    removed = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with removing("retention"):
            removed += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return removed
