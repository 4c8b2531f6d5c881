"""Refusals that are repeated: the first is an entry at once, the others of the next minutes are one entry together.

They are counted in a table of their own (migration 0003), not in Valkey: the count is written with each refusal, so
that neither a killed process nor a lost cache loses one. What an actor may bring about is bounded by how many verbs
and kinds of addresses there are, whatever the number of requests.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from apps.audit.models import AuditRecord

WINDOW_MIN = 10
OBJECTS_NAMED = 20
"""So many of the objects that were asked for are named in an entry of repetitions; all are counted."""
SAME = (
    *("stream", "user_id", "person", "seat_id", "role", "desk_id", "desk", "party", "via", "verb", "object_type"),
    *("owner_party", "owner_desk_id", "outcome", "reason", "detail"),
)
"""What repetitions have in common: actor, verb or kind of address, owner, code."""
COUNT_SQL = """
INSERT INTO audit_repeated AS r (key, ends_at, common, request_id, address, level)
VALUES (%(key)s, now() + make_interval(mins => %(minutes)s), %(common)s, %(request_id)s, %(address)s, %(level)s)
ON CONFLICT (key) DO UPDATE SET
  times = r.times + 1, last_at = now(), level = greatest(r.level, EXCLUDED.level),
  address = CASE WHEN r.address = EXCLUDED.address THEN r.address END,
  objects = CASE WHEN cardinality(r.objects) < %(named)s AND NOT r.objects @> %(objects)s::text[]
            THEN r.objects || %(objects)s::text[] ELSE r.objects END
RETURNING times
"""
TAKE_SQL = """
DELETE FROM audit_repeated WHERE ends_at <= %(now)s
RETURNING common, request_id, host(address), level, times, objects, began_at, last_at
"""


def is_first(row: AuditRecord) -> bool:
    """Count a refusal; whether it is the first of its kind within the window, to be written at once. One statement.

    Call it in the transaction that writes the entry: a first refusal that could not be written is not counted either.
    """
    common = json.dumps({name: getattr(row, name) for name in SAME}, sort_keys=True)
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT_SQL,
            {
                "key": hashlib.sha256(common.encode()).digest(),
                "minutes": WINDOW_MIN,
                "common": common,
                "request_id": row.request_id,
                "address": row.address,
                "level": row.level,
                "named": OBJECTS_NAMED,
                "objects": [row.object_id] if row.object_id else [],
            },
        )
        return bool(cursor.fetchone()[0] == 0)


def taken(now: datetime.datetime) -> Iterator[AuditRecord]:
    """Unsaved entries of what was repeated in the windows that have ended; forgotten with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, {"now": now})
        found = cursor.fetchall()
    for common, request_id, address, level, times, objects, *period in found:
        if times:
            yield _entry(json.loads(common), (request_id, address, level), times, objects, period)


def _entry(
    common: dict[str, Any], own: tuple[str, str | None, int], times: int, objects: list[str], period: list[Any]
) -> AuditRecord:
    since, until = (moment.astimezone(datetime.UTC).isoformat(timespec="seconds") for moment in period)
    detail = common.pop("detail") | {"times": times, "since": since, "until": until}
    if len(objects) > 1:
        detail["objects"] = objects
    request_id, address, level = own
    return AuditRecord(
        **common,
        request_id=request_id,
        address=address,
        level=level,
        object_id=objects[0] if len(objects) == 1 else "",
        detail=detail,
    )
