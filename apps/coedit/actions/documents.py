"""Changes of documents by the portal itself; each runs in the caller's transaction and is told after its commit."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.coedit.live import broadcast
from apps.coedit.models import Document, Update
from apps.coedit.queries import texts
from apps.coedit.yjs import quotes, rewrites, schema, tree
from apps.coedit.yjs.rewrites import repair_ids, rewrite

PORTAL = 0  # user and desk of what nobody typed


class Stale(Exception):
    """The text has changed since; `seq` is its present number."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"the text is at {seq}")
        self.seq = seq


class Frozen(Exception):
    """The text is fixed."""


class TooLong(Exception):
    """More than a section may hold."""


class NotThere(Exception):
    """The words that were to be replaced do not stand in the text any more."""


def create(
    section_id: uuid.UUID, assessment_id: uuid.UUID, plain: str = "", user_id: int = PORTAL, desk_id: int = PORTAL
) -> None:
    """Make the document of a section, with a first text if there is one; nothing when it exists."""
    row, made = Document.objects.get_or_create(section=section_id, defaults={"assessment": assessment_id})
    if made and plain:
        replace_text(section_id, plain, row.seq, user_id, desk_id)


def replace_text(section_id: uuid.UUID, plain: str, if_seq: int, user_id: int, desk_id: int) -> int:
    """Put another text in the place of the present one; the number of the log afterwards.

    The text is given in paragraphs parted by empty lines. Blocks that did not change stay as they are, with their ids
    and marks; of a changed paragraph only what differs is written anew. Raises Stale, Frozen, TooLong.
    """
    if len(plain) > schema.CHARACTERS:
        raise TooLong
    with transaction.atomic():
        row = locked(section_id)
        if row.seq != if_seq:
            raise Stale(row.seq)
        if row.frozen:
            raise Frozen
        doc = texts.load_section_texts(row)
        before = doc.get_state()
        rewrite(doc, plain)
        data = doc.get_update(before)
        if doc.get_state() == before and data == b"\0\0":
            return row.seq
        return add(row, data, user_id, desk_id)


def replace_words(
    section_id: uuid.UUID, quote: str, words: str, *, pid: str, anchor: bytes, user_id: int, desk_id: int
) -> int:
    """Put words in the place of others of the text, as an edit of this user; the number of the log afterwards.

    Of several places the one in the paragraph `pid` at the anchor is meant. Raises Frozen, NotThere, TooLong.
    """
    with transaction.atomic():
        row = locked(section_id)
        if row.frozen:
            raise Frozen
        doc = texts.load_section_texts(row)
        place = quotes.place_of(doc, quote, pid, anchor)
        if place is None:
            raise NotThere
        before = doc.get_state()
        quotes.replace(doc, place, quote, rewrites.printable(words))
        if len(tree.plain(tree.to_json(doc))) > schema.CHARACTERS:
            raise TooLong
        return add(row, doc.get_update(before), user_id, desk_id)


def freeze(section_id: uuid.UUID) -> texts.Rendered:
    """Fix the text: what is typed later is refused. Blocks without an id, or with one taken, get one first."""
    with transaction.atomic():
        row = locked(section_id)
        doc = texts.load_section_texts(row)
        if not row.frozen:
            before = doc.get_state()
            if repair_ids(doc):
                add(row, doc.get_update(before), PORTAL, PORTAL)
            row.frozen = True
        final = texts.of_state(row, doc)
        keep(row, doc, final)
        row.save()
        broadcast.after_commit({"type": "coedit.state", "section": str(section_id), "frozen": True})
    return final


def thaw(section_id: uuid.UUID) -> None:
    """Let a fixed text be written again."""
    Document.objects.filter(pk=section_id).update(frozen=False)
    broadcast.after_commit({"type": "coedit.state", "section": str(section_id), "frozen": False})


def count_grants(assessment_id: uuid.UUID) -> None:
    """Rights on all texts of an assessment have changed."""
    Document.objects.filter(assessment=assessment_id).update(grants=F("grants") + 1)


# --- parts of the above ---------------------------------------------------------------------------------------------


def locked(section_id: uuid.UUID) -> Document:
    """The row, locked until the transaction ends: the one order of all updates."""
    return Document.objects.select_for_update().get(pk=section_id)


def add(row: Document, data: bytes, user_id: int, desk_id: int) -> int:
    """Append a row to the log of a locked document, and tell the sockets; its number."""
    row.seq += 1
    Update.objects.create(
        document=row, epoch=row.epoch, seq=row.seq, user_id=user_id, desk_id=desk_id, at=timezone.now(), data=data
    )
    row.save(update_fields=["seq", "epoch", "changed_at"])
    told = {"type": "coedit.rows", "section": str(row.section), "epoch": row.epoch, "seq": row.seq, "rows": []}
    broadcast.after_commit(told)
    return row.seq


def keep(row: Document, doc: Any, text: texts.Rendered | None = None) -> None:
    """Set the snapshot and the readable text of a locked document that was loaded to its end."""
    text = text or texts.of_state(row, doc)
    row.snapshot, row.snapshot_seq = doc.get_update(), row.seq
    row.text, row.plain, row.text_sha256, row.text_seq = text.json, text.plain, text.sha256, row.seq


def new_epoch(row: Document, content: tree.Node, user_id: int, desk_id: int) -> int:
    """Begin a locked document anew with this content; its number. Open sockets are told to begin anew as well."""
    doc = tree.new_doc()
    tree.fill(doc, content)
    repair_ids(doc)
    row.epoch += 1
    row.snapshot, row.snapshot_seq = b"", row.seq
    seq = add(row, doc.get_update(), user_id, desk_id)
    keep(row, doc)
    row.save()
    broadcast.after_commit({"type": "coedit.epoch", "section": str(row.section), "epoch": row.epoch})
    return seq
