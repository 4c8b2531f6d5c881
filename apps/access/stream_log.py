"""The log behind the live stream: which record changed, and which groups may know."""

from typing import Any

from django.db import connection

from apps.access.sharing import groups_that_see


def add(verb: str, row: Any) -> None:
    """Write one event in the caller's transaction for a record that carries grants; parts and others have none."""
    if not hasattr(row, "owner_id"):
        return
    app, name = row._meta.app_label, row._meta.model_name
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_streamevent (tx, at, verb, object_type, object_id, version, level, groups)"
            " VALUES (pg_current_xact_id()::text::bigint, now(), %s, %s, %s, %s, %s, %s)",
            [f"{app}.{verb}", f"{app}.{name}", str(row.pk), row.version, row.level, groups_that_see(row)],
        )
        cursor.execute("NOTIFY portal_stream")
