"""Grants: written and ended here, inside actions only."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models.functions import Now
from guardian.utils import get_group_obj_perms_model

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.access.models import FAR_FUTURE

# one statement that names each record, group and permission once: a list of 100,000 entries has half a million grants
GRANT = """
INSERT INTO {table} (content_object_id, group_id, permission_id, until, by_seat_id, at, basis)
SELECT record, desk, permission, %s, %s, now(), %s
FROM unnest(%s::uuid[]) AS record, unnest(%s::int[]) AS desk, unnest(%s::int[]) AS permission
ON CONFLICT (group_id, permission_id, content_object_id)
DO UPDATE SET until = EXCLUDED.until, by_seat_id = EXCLUDED.by_seat_id, basis = EXCLUDED.basis,
    at = CASE WHEN {table}.until <= EXCLUDED.at THEN EXCLUDED.at ELSE {table}.at END
"""
# by the clock that readers are held against: were it this machine's and ahead, who lost a record would go on to see it
END = """
WITH ended AS (
    UPDATE {table} SET until = statement_timestamp()
    WHERE content_object_id = %s AND group_id = ANY (%s) AND until = %s AND %s IN ('', basis)
    RETURNING content_object_id, group_id, permission_id, at, until, by_seat_id, basis
), kept AS (
    INSERT INTO access_grantperiod (object_type, object_id, group_id, permission_id, since, until, by_seat_id, basis)
    SELECT %s, content_object_id, group_id, permission_id, at, until, by_seat_id, basis FROM ended
)
SELECT DISTINCT group_id FROM ended ORDER BY group_id
"""


def share(actor: Actor, record: Any, groups: Iterable[int], *perms: str, basis: str = "") -> None:
    """Let the groups (desk ids) hold `perms` (default: view) on the record; `view` always comes along."""
    share_many(actor, [record], groups, *perms, basis=basis)


def share_many(actor: Actor, records: Iterable[Any], groups: Iterable[int], *perms: str, basis: str = "") -> None:
    """The same grants on many records of one type, in one statement. An empty list of groups is an error.

    A grant that was ended before is opened again.
    """
    rows, wanted = list(records), sorted(set(groups))
    if not wanted:
        raise ValueError("nobody to share with")
    if not rows:
        return
    model: Any = type(rows[0])
    table = connection.ops.quote_name(get_group_obj_perms_model(model)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            GRANT.format(table=table),
            [
                *(FAR_FUTURE, actor.seat_id, basis, [row.pk for row in rows], wanted),
                [permission_id(model, perm) for perm in sorted({"view", *perms})],
            ],
        )


def unshare(record: Any, groups: Iterable[int], *, basis: str = "") -> list[int]:
    """End all grants of the groups on the record now; the groups that had one.

    The rows stay as history until retention removes them, and what ends here is kept as a period of its own: a grant
    that is opened again begins anew. With `basis` only grants that were given on it end.
    """
    model: Any = type(record)
    table = connection.ops.quote_name(get_group_obj_perms_model(model)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            END.format(table=table),
            [record.pk, list(groups), FAR_FUTURE, basis, model._meta.label_lower],
        )
        return [group for (group,) in cursor.fetchall()]


def groups_that_see(record: Any) -> list[int]:
    """Ids of the groups that may see the record now."""
    return groups_by_record([record])[record.pk]


def groups_by_record(records: Sequence[Any]) -> dict[Any, list[int]]:
    """{id: ids of the groups that may see it now} of records of one type, at least one. One query."""
    model: Any = type(records[0])
    grants: Any = get_group_obj_perms_model(model)
    found: dict[Any, list[int]] = {record.pk: [] for record in records}
    rows = grants.objects.filter(
        content_object__in=list(found), permission_id=permission_id(model, "view"), until__gt=Now()
    )
    for pk, group in rows.values_list("content_object_id", "group_id"):
        found[pk].append(group)
    return found
