"""The commit of what people typed: one transaction for all that came for a document within a moment."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.coedit.actions.documents import locked
from apps.coedit.models import Document, Update
from apps.people.actions import stream_rights


@dataclass(frozen=True, slots=True)
class Written:
    """Updates of one connection since its last commit, merged into one; on which claim and which count of rights."""

    user_id: int
    desk_id: int
    claim: Any
    grants: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """`first` is the number of the first new row; each of `taken` says whether that one was written.

    None of them is when the text is frozen, its epoch another, or rows are there that the process has not seen
    (`seq` before `first` - 1): it reads those first and tries again.
    """

    epoch: int
    frozen: bool
    grants: int
    before: int
    taken: Sequence[bool]

    def came_late(self, epoch: int, seen: int) -> bool:
        """Whether nothing but rows of others stood in the way of a process that has seen so far."""
        return self.epoch == epoch and not self.frozen and self.before > seen


def commit(section_id: uuid.UUID, epoch: int, seen: int, batch: Sequence[Written]) -> Outcome:
    """Write a batch, if the process has seen everything before it; each only while its rights hold.

    Rights are looked at in the same transaction: a withdrawal that committed before lets nothing through.
    """
    with transaction.atomic():
        row = locked(section_id)
        held = stream_rights.still_held({one.claim for one in batch})
        fit = row.epoch == epoch and not row.frozen and row.seq == seen
        taken = [fit and one.claim in held and one.grants == row.grants for one in batch]
        outcome = Outcome(row.epoch, row.frozen, row.grants, row.seq, taken)
        _write(row, [one for one, take in zip(batch, taken, strict=True) if take])
    return outcome


def _write(row: Document, batch: Collection[Written]) -> None:
    if not batch:
        return
    now = timezone.now()
    rows = []
    for one in batch:
        row.seq += 1
        rows.append(
            Update(
                document=row, epoch=row.epoch, seq=row.seq, user_id=one.user_id, desk_id=one.desk_id, at=now,
                data=one.data,
            )
        )  # fmt: skip
    Update.objects.bulk_create(rows)
    row.save(update_fields=["seq", "changed_at"])
