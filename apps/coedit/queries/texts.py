"""The committed text of documents."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from apps.coedit.models import Document, Update
from apps.coedit.yjs import schema, tree

EMPTY: tree.Node = {"type": "doc", "content": []}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as committed: ProseMirror JSON, plain text, and the digest of the canonical JSON (hexadecimal)."""

    section_id: uuid.UUID
    seq: int
    epoch: int
    frozen: bool
    json: tree.Node
    plain: str
    sha256: str


def rendered(section_id: uuid.UUID) -> Rendered:
    """The text of one section; an empty one when there is no document."""
    return rendered_many([section_id])[section_id]


def rendered_many(section_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Rendered]:
    """The texts of several sections: one statement, a second one for those changed since their last snapshot."""
    ids = set(section_ids)
    found = {one.section: one for one in Document.objects.filter(pk__in=ids)}
    stale = [one for one in found.values() if one.text_seq != one.seq]
    logs = rows_since_snapshot(stale) if stale else {}
    texts = {}
    for section_id in ids:
        row = found.get(section_id)
        if row is None:
            texts[section_id] = Rendered(section_id, 0, 1, False, EMPTY, "", tree.sha256(EMPTY))
        elif row.text_seq == row.seq:
            texts[section_id] = _as_kept(row)
        else:
            texts[section_id] = of_state(row, tree.new_doc(*state(row, logs[section_id])))
    return texts


def _as_kept(row: Document) -> Rendered:
    return Rendered(row.section, row.seq, row.epoch, row.frozen, row.text, row.plain, row.text_sha256)


def quoted(section_id: uuid.UUID, quote: str) -> str | None:
    """The id of the paragraph in which words of the committed text stand ("" for one without); None where nowhere."""
    for block in tree.blocks(rendered(section_id).json):
        if block["type"] in schema.TEXTBLOCKS and quote in tree.block_text(block):
            return str(block.get("attrs", {}).get("pid", ""))
    return None


def of_state(row: Document, doc: Any) -> Rendered:
    """The text of a document that was loaded as far as `row.seq`."""
    content = tree.to_json(doc)
    return Rendered(row.section, row.seq, row.epoch, row.frozen, content, tree.plain(content), tree.sha256(content))


def rows_since_snapshot(documents: Collection[Document]) -> dict[uuid.UUID, list[bytes]]:
    """{section: updates after its snapshot, oldest first}. One statement."""
    rows = (
        Update.objects.filter(document__in=documents, epoch=F("document__epoch"), seq__gt=F("document__snapshot_seq"))
        .order_by("document_id", "seq")
        .values_list("document_id", "seq", "data")
    )
    upto = {one.section: one.seq for one in documents}
    found: dict[uuid.UUID, list[bytes]] = defaultdict(list)
    for section_id, seq, data in rows:
        if seq <= upto[section_id]:  # a row may have come between the two statements
            found[section_id].append(bytes(data))
    return found


def state(row: Document, updates: Collection[bytes]) -> list[bytes]:
    """What makes up a document: its snapshot, if there is one, and the updates after it."""
    return [bytes(row.snapshot), *updates] if row.snapshot else list(updates)


def load_section_texts(row: Document) -> Any:
    """The document as committed: a pycrdt Doc. One statement."""
    return tree.new_doc(*state(row, rows_since_snapshot([row])[row.section]))


def found(section_id: uuid.UUID) -> Document | None:
    """The row of a text."""
    return Document.objects.filter(pk=section_id).first()


def updates_after(section_id: uuid.UUID, epoch: int, seq: int) -> list[tuple[int, int, bytes]]:
    """(number, user, update) of the rows after a number, oldest first; none of another epoch."""
    rows = Update.objects.filter(document=section_id, epoch=epoch, seq__gt=seq).order_by("seq")
    return [(number, user, bytes(data)) for number, user, data in rows.values_list("seq", "user_id", "data")]
