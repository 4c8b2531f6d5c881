"""What the doors' own tables forget, and when. Records and audit are not theirs to forget."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.access import stream_log
from apps.access.models import Dispatch, IdempotencyKey, StreamEvent

ANSWERS_KEPT = timedelta(days=2)
DONE_WORK_KEPT = timedelta(days=7)
AT_ONCE = 5000  # rows per statement, so that no lock and no statement lasts long


def purge() -> dict[str, int]:
    """Remove events older than a day, answers older than two, work done more than seven days ago; counts by table.

    Of the old events the newest stays: a client that resumes before it is told to load everything again.
    """
    now = timezone.now()
    mark = stream_log.oldest_certain()
    events = StreamEvent.objects.none()
    if mark is not None:
        before_mark = Q(tx__lt=mark.tx) | Q(tx=mark.tx, id__lt=mark.id)
        events = StreamEvent.objects.filter(before_mark, at__lt=now - stream_log.KEPT)
    return {
        "events": _remove(events),
        "answers": _remove(IdempotencyKey.objects.filter(at__lt=now - ANSWERS_KEPT)),
        "dispatches": _remove(Dispatch.objects.filter(done_at__lt=now - DONE_WORK_KEPT)),
    }


def _remove(rows: QuerySet[Any]) -> int:
    removed = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        removed += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return removed
