"""Counts that are kept beside the checks, so that a board of a hundred flights costs one narrow query."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from apps.access.managers import PartQuerySet

COUNT = """
INSERT INTO gateway_standing
  (id, source_id, group_id, people, waiting, hits, unaskable, waiting_since, answered_at)
SELECT uuidv7(), source_id, group_id, count(*), count(*) FILTER (WHERE waits), count(*) FILTER (WHERE hit),
       count(*) FILTER (WHERE nothing), min(since), min(at)
FROM (
  SELECT source_id, group_id, bool_or(state = 'waiting') AS waits, bool_or(state = 'hit') AS hit,
         bool_and(state = 'unaskable') AS nothing, min(queued_at) FILTER (WHERE state = 'waiting') AS since,
         min(answered_at) FILTER (WHERE state IN ('no_record', 'hit', 'lapsed')) AS at
  FROM gateway_check WHERE group_id = ANY(%s::uuid[]) AND state <> 'gone'
  GROUP BY source_id, group_id, subject_id
) person GROUP BY source_id, group_id
ON CONFLICT (source_id, group_id) DO UPDATE SET people = excluded.people, waiting = excluded.waiting,
  hits = excluded.hits, unaskable = excluded.unaskable, waiting_since = excluded.waiting_since,
  answered_at = excluded.answered_at
"""


class StandingQuerySet(PartQuerySet):
    """Standings of groups."""

    def count_again(self, groups: Collection[Any]) -> None:
        """Bring the counts of these groups up to date, in the caller's transaction. Two or three statements.

        Whoever counts the same group at this moment waits, so that the last count has seen both.
        """
        wanted = sorted({str(group) for group in groups})
        if not wanted:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('standing ' || g, 0)) FROM unnest(%s::text[]) g",
                [wanted],
            )
            self.filter(group_id__in=wanted).update(people=0, waiting=0, hits=0, unaskable=0, waiting_since=None)
            cursor.execute(COUNT, [wanted])
