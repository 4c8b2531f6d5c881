"""Every table, a seat of each kind: what the door gives is what PostgreSQL shows to raw SQL, and nobody sees a row."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from apps.access import wall
from apps.access.database_context import current, portal_context, seat_context
from apps.access.wall_tables import Strength
from apps.people.models import Seat
from apps.people.queries import actor_for
from tests.access.strengths import walled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def rows(table: str) -> set[Any]:
    """Keys that raw SQL gives as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")
        return {pk for (pk,) in cursor.fetchall()}


def seats() -> list[Any]:
    """A seat of each function and rank, and of several parties of the same."""
    found: dict[Any, Any] = {}
    for seat in Seat.objects.filter(state="current").select_related("user", "desk").order_by("pk"):
        key = seat.desk.function_id, seat.role, seat.desk.party_id in {"JAM", "BRB"}
        found.setdefault(key, seat)
    return [actor for seat in found.values() if (actor := actor_for(seat.user, seat.pk)) is not None]


def differences(models: list[Any]) -> dict[str, str]:
    """Where what a seat sees through the door is not what PostgreSQL shows it."""
    wrong: dict[str, str] = {}
    for actor in seats():
        for model in models:
            about = wall.wall_of(model)
            with portal_context("worker"):
                door = set(model._default_manager.visible_to(actor).values_list("pk", flat=True))
            with seat_context(actor):
                raw = rows(about.table)
                behind = set(model._default_manager.visible_to(actor).values_list("pk", flat=True))
            of_clock = actor.function == "automation"
            if (behind != door and not of_clock) or (about.exact and raw != door):
                wrong[f"{model._meta.label} {actor.person}@{actor.desk_code}"] = f"{len(door)} {len(behind)} {len(raw)}"
    return wrong


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def changed(statement: str) -> int:
    """How many rows a statement changes, all of which is undone; 0 where it is refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
            return int(cursor.rowcount)
    except ProgrammingError as refused:
        if "denied" not in str(refused) and "is written" not in str(refused):
            raise
        return 0


def columns() -> dict[str, str]:
    """A column of each table that may be set to itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, min(a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0"
            " AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def test_without_a_context_no_table_shows_a_row_but_reference_data() -> None:
    walls = wall.walls()
    with portal_context("worker"):
        full = {name for name in walls if not walls[name].written.by_migration and counted(name)}
    with seat_context(None):
        seen = {name for name in walls if counted(name)}
    open_ones = {name for name, one in walls.items() if one.strength in (Strength.OPEN, Strength.NONE)}
    assert seen - open_ones == set()
    assert len(full) > 150, sorted(set(walls) - full)


def test_outside_of_actions_no_table_is_changed() -> None:
    walls, wrong = wall.walls(), []
    actor = next(one for one in seats() if one.function == "watch")
    for context in (seat_context(None), seat_context(actor)):
        with context:
            for table, column in sorted(columns().items()):
                said = walls[table].written
                theirs = context_is_a_seat() and (said.column or said.seats_write or said.by_migration)
                for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
                    if not theirs and changed(statement):
                        wrong.append(statement)
    assert wrong == []


def context_is_a_seat() -> bool:
    return bool(current().seat)


def test_what_the_door_shows_is_what_postgresql_shows() -> None:
    full = {model._meta.label for model in walled() if rows(model._meta.db_table)}
    assert len(full) > 10, sorted(full)
    assert differences(walled()) == {}
