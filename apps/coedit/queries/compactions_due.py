"""Which documents need the clock."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import F, Q

from apps.coedit.models import Document, Update

ROWS = 200
AT_ONCE = 100


def states(sections: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, bool, int]]:
    """{section: (epoch, number, whether fixed, count of rights)}. One statement."""
    rows = Document.objects.filter(pk__in=sections).values_list("pk", "epoch", "seq", "frozen", "grants")
    return {key: (epoch, seq, frozen, grants) for key, epoch, seq, frozen, grants in rows}


def forgettable(section_ids: Collection[uuid.UUID], before: datetime.datetime) -> Any:
    """Rows of the log older than a time that the snapshot holds, of texts without later ones."""
    rows = Update.objects.filter(document__in=section_ids, at__lt=before)
    return rows.filter(document__snapshot_seq__gte=F("seq"), document__seq=F("document__snapshot_seq"))


def lagging(quiet_since: datetime.datetime) -> list[uuid.UUID]:
    """Documents whose snapshot is 200 rows behind, or behind at all and quiet since then; a hundred at most."""
    behind = Q(seq__gte=F("snapshot_seq") + ROWS) | Q(seq__gt=F("snapshot_seq"), changed_at__lt=quiet_since)
    return list(Document.objects.filter(behind).order_by("changed_at").values_list("pk", flat=True)[:AT_ONCE])
