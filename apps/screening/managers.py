"""Rows of the screening app that are written in bulk."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, models

from apps.access.managers import PartQuerySet


class EntryVersionQuerySet(PartQuerySet):
    """Entries as they were."""

    def keep_saved(self, entries: Collection[Any], *, seat_id: int, why: str = "") -> None:
        """Keep these entries (by id) as they are saved now, as their version of today. One statement."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO screening_entryversion (id, entry_id, number, subject, instruction, state, valid_until,"
                " screen_for, hit_visible_to, why, at, seat_id)"
                " SELECT uuidv7(), e.id, e.version, e.subject, e.instruction, e.state, e.valid_until,"
                " e.screen_for, e.hit_visible_to, %s, now(), %s FROM screening_entry e WHERE e.id = ANY(%s::uuid[])",
                [why, seat_id, list(entries)],
            )


class EntryKeyQuerySet(models.QuerySet[Any]):
    """Keys of candidate search; written with their entry, never read by people."""

    def rewrite(self, keys: Mapping[Any, Collection[str]]) -> None:
        """Let each entry (by id) have exactly these keys, in the caller's transaction; an empty collection: none.

        `screen_for` is copied from the saved entry, so that a key can never be wider than its entry. About 25 keys
        an entry; one statement for any number of entries.
        """
        self.filter(entry_id__in=list(keys)).delete()
        pairs = [(entry, key) for entry, held in keys.items() for key in held]
        if not pairs:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO screening_entrykey (entry_id, key, screen_for)"
                " SELECT e.id, k.key, e.screen_for FROM unnest(%s::uuid[], %s::varchar[]) AS k(entry, key)"
                " JOIN screening_entry e ON e.id = k.entry",
                [[entry for entry, _ in pairs], [key for _, key in pairs]],
            )
