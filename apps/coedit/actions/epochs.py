"""New beginnings and forgetting: restoring a moment, purging what must not be kept, dropping old rows."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from apps.coedit.actions import documents
from apps.coedit.models import Document, Sitting, Update
from apps.coedit.queries import compactions_due, history, texts
from apps.coedit.yjs import tree

AT_ONCE = 5000  # rows of the log that one statement drops, and one transaction


class NotKept(Exception):
    """The log does not reach back to that moment."""


def restore(section_id: uuid.UUID, seq: int, user_id: int, desk_id: int) -> int:
    """Let the text be again what it was after row `seq`; the number afterwards. What came between stays in the log.

    A new epoch begins: whoever has the text open begins anew with it. Raises Frozen, NotKept.
    """
    with transaction.atomic():
        row = documents.locked(section_id)
        if row.frozen:
            raise documents.Frozen
        content = history.at_moment(section_id, seq)
        if content is None:
            raise NotKept
        return documents.new_epoch(row, content, user_id, desk_id)


def purge_epochs(section_id: uuid.UUID, user_id: int, desk_id: int) -> int:
    """Keep the present text and nothing that was ever deleted from it; the number afterwards.

    The log of all earlier epochs goes in the same transaction. Copies in back-ups end with the back-ups.
    """
    with transaction.atomic():
        row = documents.locked(section_id)
        content = tree.to_json(texts.load_section_texts(row))
        Update.objects.filter(document=row).delete()
        return documents.new_epoch(row, content, user_id, desk_id)


def forget(section_ids: Collection[uuid.UUID], before: datetime.datetime) -> int:
    """Drop rows of the log, and sittings, older than a time; how many rows. The present text stays, by its snapshot."""
    Sitting.objects.filter(document__in=section_ids, opened_at__lt=before, closed_at__isnull=False).delete()
    rows, gone = compactions_due.forgettable(section_ids, before).order_by("pk").values_list("pk", flat=True), 0
    while some := list(rows[:AT_ONCE]):
        gone += Update.objects.filter(pk__in=some).delete()[0]
    return gone


def compact(section_id: uuid.UUID) -> bool:
    """Bring the snapshot up to date; False when it is. The long part, the reading, is done without a lock."""
    row = texts.found(section_id)
    if row is None or row.snapshot_seq == row.seq == row.text_seq:
        return False
    doc = texts.load_section_texts(row)
    epoch, upto = row.epoch, row.seq
    documents.keep(row, doc)
    kept = {name: getattr(row, name) for name in KEPT}
    # rows that came meanwhile stay behind the snapshot; a new epoch wins
    return bool(Document.objects.filter(pk=section_id, epoch=epoch, snapshot_seq__lte=upto).update(**kept))


KEPT = ("snapshot", "snapshot_seq", "text", "plain", "text_sha256", "text_seq")
