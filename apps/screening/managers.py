"""Rows of the screening app that are written in bulk."""

import datetime
from collections.abc import Collection, Mapping
from itertools import batched
from typing import Any, Self

from django.db import connection, models
from psycopg.types.json import Jsonb

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet
from apps.access.short_cache import kept
from apps.access.write_guard import ask_for_copy

KEPT = (
    *("subject", "instruction", "state", "valid_from", "valid_until", "review_on", "screen_for", "functions"),
    *("hit_visible_to", "reason_visible_to", "reason", "quality"),
)
"""Columns of an entry that each of its versions keeps."""
LIMITING = ("screen_for", "functions", "valid_from")
"""Columns of an entry that say for whom and from when it is used: each of its keys has them, too."""

SORTED_IN_MEMORY = "SET LOCAL work_mem = '64MB'"
"""Four hundred thousand keys of ten thousand entries take 40 MB."""

# the keys of an entry go as one text: as a row each, half of the time is spent on writing down numbers
WRITE_KEYS = rf"""
WITH held AS (
  INSERT INTO screening_entrykeylist (entry_id, keys) SELECT * FROM unnest(%s::uuid[], %s::text[])
  RETURNING entry_id, keys
)
INSERT INTO screening_entrykey (entry_id, key, {", ".join(LIMITING)})
SELECT e.id, one.key, {", ".join(f"e.{name}" for name in LIMITING)}
FROM held JOIN screening_entry e ON e.id = held.entry_id
CROSS JOIN LATERAL string_to_table(held.keys, E'\n') AS one(key)
ORDER BY one.key
"""  # noqa: S608  (constants of ours)
TAKE_LISTS = "DELETE FROM screening_entrykeylist WHERE entry_id = ANY(%s::uuid[]) RETURNING entry_id, keys"
# arrays whose length the planner sees: it would go through all keys of a list to find those of a few entries
TAKE_KEYS_BACK = r"""
DELETE FROM screening_entrykey k
USING unnest(string_to_array(%s, E'\n'), string_to_array(%s, E'\n')::uuid[]) AS old(key, entry)
WHERE k.key = old.key AND k.entry_id = old.entry
"""
TAKEN_BACK_AT_ONCE = 500
"""Entries whose keys one statement takes back, some twenty thousand."""


class RulesQuerySet(models.QuerySet[Any]):
    """Numbers by which lists are kept: the same for every seat."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self

    def on(self, day: datetime.date) -> dict[str, Any]:
        """The numbers of a day; LookupError before the first. One query."""
        rows = self.filter(valid_from__lte=day).order_by("-valid_from")
        row = kept(f"{self.model._meta.label} {day}", rows.first)
        if row is None:
            raise LookupError(f"no rules of lists on {day}: run load_reference")
        return dict(row.content)


class EntryQuerySet(ScopedQuerySet):
    """Lines of watchlists."""

    def copy_in(self, entries: Collection[Any]) -> None:
        """Store new entries by COPY: a list has a hundred thousand, and as INSERTs they take six times as long."""
        fields = self.model._meta.concrete_fields
        columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        sql = f"COPY screening_entry ({columns}) FROM STDIN"
        ask_for_copy(sql)
        with connection.cursor() as cursor, cursor.copy(sql) as copy:
            for entry in entries:
                copy.write_row([_stored(field, entry) for field in fields])


def _stored(field: Any, entry: Any) -> Any:
    value = field.pre_save(entry, True)
    return Jsonb(value) if isinstance(field, models.JSONField) else value


class EntryVersionQuerySet(PartQuerySet):
    """Entries as they were."""

    def keep_saved(self, entries: Collection[Any], *, seat_id: int, why: str = "") -> None:
        """Keep these entries (by id) as they are saved now, as their version of today. One statement."""
        columns, values = ", ".join(KEPT), ", ".join(f"e.{name}" for name in KEPT)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO screening_entryversion (id, entry_id, number, {columns}, why, at, seat_id)"  # noqa: S608
                f" SELECT uuidv7(), e.id, e.version, {values}, %s, now(), %s FROM screening_entry e"
                " WHERE e.id = ANY(%s::uuid[])",
                [why, seat_id, list(entries)],
            )


class EntryKeyQuerySet(models.QuerySet[Any]):
    """Keys of candidate search; written with their entry, never read by people."""

    def rewrite(self, keys: Mapping[Any, Collection[str]]) -> None:
        """Let each entry (by id) have exactly these keys, in the caller's transaction; an empty collection: none.

        What limits its use (LIMITING) is copied from the saved entry, so that a key can never be wider than its entry.
        About 40 keys an entry; one statement for any number of new entries.
        """
        self._take_back(list(keys))
        held = {entry: "\n".join(some) for entry, some in keys.items() if some}
        if held:
            with connection.cursor() as cursor:
                cursor.execute(SORTED_IN_MEMORY)
                cursor.execute(WRITE_KEYS, [list(held), list(held.values())])

    def _take_back(self, entries: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(TAKE_LISTS, [entries])
            for some in batched(cursor.fetchall(), TAKEN_BACK_AT_ONCE):
                owners = [str(entry) for entry, keys in some for _ in keys.split("\n")]
                cursor.execute(TAKE_KEYS_BACK, ["\n".join(keys for _, keys in some), "\n".join(owners)])
