"""The receipt of an entry of the audit, for who oversees its chain."""

import datetime
from typing import Any

from django.db.models import F, Func, TextField
from django.http import Http404

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.audit.queries import seals
from apps.audit.receipts import Receipt, way_of
from apps.audit.row_places import key_of, may_prove
from apps.oversight.models import Anchor
from apps.oversight.queries.anchors import with_proofs
from apps.oversight.refusals import Refusals

CLOCKS_DIFFER = datetime.timedelta(minutes=5)
"""An entry has the database's time, an anchor the portal's."""


def receipt_of(actor: Actor, public: Any) -> tuple[Receipt, int]:
    """The receipt of a row by its public id, and the level of the record that it is about.

    404 if it is not there or not the actor's to prove.
    Refused("wrong-state") for an entry that is younger than the newest anchor. Reads the seals of one anchor's entries.
    """
    text = Func(template="audit_text(audit_record)", output_field=TextField())
    rows = AuditRecord.objects.visible_to(actor).filter(pk=key_of(str(public)) or 0)
    row: Any = rows.annotate(text=text).first()
    if row is None or not may_prove(row, actor):
        raise Http404
    anchor, head = _anchor_of(row)
    kept = list(seals(row.stream, head.since + 1, head.seq))
    way = way_of(kept, row.seq - head.since - 1)
    proven = with_proofs(anchor, (head,))
    return Receipt(row.stream, row.seq, bytes(row.prev).hex(), row.text, way, proven), row.level


def _anchor_of(row: Any) -> tuple[Any, Any]:
    """The anchor that was the first to hold a row, and its end of the row's chain."""
    later = Anchor.objects.filter(number__isnull=False, made_at__gte=row.at - CLOCKS_DIFFER).order_by(F("number").asc())
    for anchor in later.iterator(chunk_size=10):
        for head in anchor.ends:
            if head.stream == row.stream and head.since < row.seq <= head.seq:
                return anchor, head
    raise Refused("wrong-state", Refusals.NOT_ANCHORED_YET)
