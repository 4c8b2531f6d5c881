"""Which documents need the clock."""

import datetime
import uuid
from collections.abc import Collection

from django.db.models import F, Q

from apps.coedit.models import Document

ROWS = 200
AT_ONCE = 100


def states(sections: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, bool, int]]:
    """{section: (epoch, number, whether fixed, count of rights)}. One statement."""
    rows = Document.objects.filter(pk__in=sections).values_list("pk", "epoch", "seq", "frozen", "grants")
    return {key: (epoch, seq, frozen, grants) for key, epoch, seq, frozen, grants in rows}


def lagging(quiet_since: datetime.datetime) -> list[uuid.UUID]:
    """Documents whose snapshot is 200 rows behind, or behind at all and quiet since then; a hundred at most."""
    behind = Q(seq__gte=F("snapshot_seq") + ROWS) | Q(seq__gt=F("snapshot_seq"), changed_at__lt=quiet_since)
    return list(Document.objects.filter(behind).order_by("changed_at").values_list("pk", flat=True)[:AT_ONCE])
