"""The second wall: as the application's role, PostgreSQL itself shows a seat what the door shows it, and no more."""

import inspect
import json
from collections import defaultdict
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.access import database_context, wall
from apps.access.database_context import (
    act_context,
    beyond,
    entrance_context,
    portal_context,
    removing,
    seat_context,
    wider_reading,
)
from apps.access.models import Part, Record
from apps.access.wall_tables import Strength
from apps.audit import actions as audit
from apps.audit.models import AuditRecord
from apps.people.models import Desk
from apps.watch.models import Bulletin
from caricom_portal.services.homes import PROJECT
from caricom_portal.services.prepare import WALL_SOURCES, sources
from tests.access.strengths import NEARER, UNWALLED, WEAKER, walled
from tests.watch.people import a_draft

pytestmark = pytest.mark.django_db
OWNER, STRANGER = "rifc.watch.officer", "brb.border.officer"
NAMES = ("planned", "door", "see", "own", "sign", "remove")


def rows(table: str, columns: str = "id") -> list[Any]:
    """What raw SQL gives as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        return cursor.fetchall()


def tables() -> set[str]:
    """Every table that there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'm', 'f')"
            " AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def bulletin(cast: Any) -> Any:
    return a_draft(cast)


def test_the_tests_come_as_a_role_that_the_wall_holds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("portal_app", False, False)


def test_whoever_sees_a_record_sees_its_row_and_nobody_else(cast: Any, bulletin: Any) -> None:
    for context, count in (
        (seat_context(cast[OWNER]), 1),
        (seat_context(cast[STRANGER]), 0),
        (seat_context(None), 0),
        (entrance_context(), 0),
        (portal_context("worker"), 1),
    ):
        with context:
            assert len(rows("watch_bulletin")) == count


def test_without_an_action_nothing_is_written_even_by_who_sees_it(cast: Any, bulletin: Any) -> None:
    with seat_context(cast[OWNER]), connection.cursor() as cursor:
        cursor.execute("UPDATE watch_bulletin SET title = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM watch_bulletin")
        assert cursor.rowcount == 0
    with seat_context(cast[OWNER]), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Bulletin.objects.bulk_create([copy_of(bulletin)])
    with act_context(cast[OWNER], "bulletin.draft"):
        Bulletin.objects.bulk_create([copy_of(bulletin)])
    assert Bulletin.objects.count() == 2


def copy_of(bulletin: Any) -> Bulletin:
    values = {field.attname: getattr(bulletin, field.attname) for field in bulletin._meta.concrete_fields}
    return Bulletin(**{name: value for name, value in values.items() if name != "id"})


def test_a_wider_reading_opens_the_tables_of_its_apps_and_writes_nothing(
    cast: Any, bulletin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database_context.WIDER, "of watch", (("watch",), "for this test"))
    monkeypatch.setitem(database_context.WIDER, "of notices", (("notices",), "for this test"))
    with seat_context(cast[STRANGER]):
        with wider_reading("of notices"):
            assert rows("watch_bulletin") == []
            with wider_reading("of watch"), connection.cursor() as cursor:
                assert len(rows("watch_bulletin")) == 1
                cursor.execute("UPDATE watch_bulletin SET title = 'x'")
                assert cursor.rowcount == 0
        assert rows("watch_bulletin") == []
        with pytest.raises(LookupError):
            wider_reading("because")


def test_a_query_that_says_so_is_read_beyond_the_seat_alone_and_as_a_whole(
    cast: Any, bulletin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database_context.WIDER, "of watch", (("watch",), "for this test"))
    with seat_context(cast[STRANGER]):
        own = Bulletin.objects.order_by("pk")
        every = beyond(own, "of watch")
        assert [own.exists(), own.count(), own[:5].count(), list(own)] == [False, 0, 0, []]
        assert [every.exists(), every.count(), every[:5].count(), list(every)] == [True, 1, 1, [bulletin]]
        assert every.filter(pk=bulletin.pk).values_list("pk", flat=True).get() == bulletin.pk
        assert not own.filter(pk__in=every).exists()
        with pytest.raises(LookupError):
            beyond(own, "because")


def test_each_wider_reading_is_done_somewhere_and_names_apps_that_there_are() -> None:
    text = "\n".join(file.read_text() for file in (PROJECT / "apps").rglob("*.py"))
    labels = {config.label for config in apps.get_app_configs()}
    for reason, (areas, why) in database_context.WIDER.items():
        assert f', "{reason}")' in text or f'wider_reading("{reason}")' in text
        assert set(areas) <= labels
        assert why


def test_nobody_may_delete_a_record_or_a_part_but_who_its_model_names() -> None:
    may: dict[str, bool] = {}
    named = {model._meta.label for model in wall.records_and_parts() if model.removed}
    with connection.cursor() as cursor:
        for model in wall.records_and_parts():
            cursor.execute("SELECT has_table_privilege(%s, 'DELETE, TRUNCATE')", [model._meta.db_table])
            may[model._meta.label] = cursor.fetchone()[0]
    assert {label for label, allowed in may.items() if allowed} == named
    assert {model._meta.label for model in wall.records_and_parts() if issubclass(model, Record) and model.removed} == {
        "exchange.Request", "jrcc.Booking", "watch.Bulletin", "watch.Digest",
    }  # fmt: skip
    assert len(may) > 150 > 40 > len(named)


def test_a_record_cannot_be_deleted_in_an_action_either(cast: Any) -> None:
    with (
        act_context(cast[OWNER], "watch.open"),
        pytest.raises(ProgrammingError, match="denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM watch_watch")


def test_what_retention_alone_removes_goes_for_a_declared_reason_alone(cast: Any, bulletin: Any) -> None:
    for context in (act_context(cast[OWNER], "bulletin.draft"), portal_context("worker")):
        with context, connection.cursor() as cursor:
            cursor.execute("DELETE FROM watch_bulletin")
            assert cursor.rowcount == 0
            with pytest.raises(LookupError):
                removing("because")
            with removing("retention"):
                cursor.execute("DELETE FROM watch_bulletinreceipt")
    with seat_context(cast[OWNER]), removing("retention"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM watch_bulletin")
        assert cursor.rowcount == 0
    with portal_context("worker"), removing("retention"):
        assert Bulletin.objects.all().delete()[0]


def test_every_table_has_its_wall_and_how_strong_it_is() -> None:
    there, walls = tables(), wall.walls()
    assert there - set(walls) == set()
    found: dict[str, set[str]] = defaultdict(set)
    for name in there:
        found[walls[name].strength.value].add(name)
    exact = found.pop(Strength.EXACT)
    unwalled = found.pop(Strength.NONE)
    assert {name: walls[name].why for name in unwalled} == {
        name: why for why, names in UNWALLED.items() for name in names.split()
    }
    expected = {strength: set(names.split()) for strength, names in (NEARER | WEAKER).items()}
    grants = {name for name in there if name.endswith("deskgrant")}
    assert {strength: names - grants for strength, names in found.items()} == expected
    assert grants <= found[Strength.FLOOR]
    assert len(exact) > 45


def test_a_record_or_part_with_the_floor_alone_says_why() -> None:
    tables_of = {model._meta.db_table for model in wall.records_and_parts()}
    walls = wall.walls()
    floor = {name for name in tables_of if walls[name].strength in (Strength.FLOOR, Strength.NONE)}
    assert {name for name in floor if not walls[name].why} == set()


def standing() -> dict[tuple[str, str], tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.tablename, p.policyname, p.cmd, p.permissive, p.roles, p.qual, p.with_check, c.relrowsecurity"
            " FROM pg_policies p JOIN pg_class c ON c.oid = ('public.' || quote_ident(p.tablename))::regclass"
        )
        return {(table, name): tuple(rest) for table, name, *rest in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_the_policies_of_the_database_are_those_of_the_models(as_owner: Any) -> None:
    """What stands after the migrations is what the models say: made anew, nothing is another."""
    before = standing()
    walls = [one for one in wall.walls().values() if not one.written.by_migration]
    bare = {table for (table, _name) in before} - {one.table for one in walls if one.strength != Strength.NONE}
    assert bare == {"rifc_sourcereference"}
    assert {name for (_table, name) in before} == {*NAMES, "own_desk"}
    assert all(one[-1] for one in before.values())
    as_owner(*(one.statements() for one in walls))
    assert standing() == before


def test_a_migrate_after_which_nothing_is_another_only_asks() -> None:
    with CaptureQueriesContext(connection) as said:
        for config in apps.get_app_configs():
            wall.stand(config)
    assert {one["sql"].split()[0] for one in said.captured_queries} == {"SELECT"}


def test_a_part_is_behind_the_wall_of_its_root() -> None:
    parts = [model for model in walled() if issubclass(model, Part) and wall.wall_of(model).exact]
    assert len(parts) > 15
    assert all("EXISTS" in wall.wall_of(model).seen for model in parts)


def test_a_change_of_what_policies_follow_from_makes_them_anew_at_the_next_start() -> None:
    watched = {Path(file).resolve() for file in sources(WALL_SOURCES)}
    asked = [wall, *(model for model in wall.records_and_parts())]
    asked += [type(model._meta.app_config) for model in wall.records_and_parts()]
    asked += [type(model._default_manager.all()) for model in wall.records_and_parts()]
    files = {Path(inspect.getfile(one)).resolve() for one in asked}
    assert {str(file) for file in files - watched if file.is_relative_to(PROJECT / "apps")} == set()


def entry(actor: Any, **other: Any) -> AuditRecord:
    row = audit.entry(actor, "bulletin.draft", Bulletin, outcome="read")
    for name, value in other.items():
        setattr(row, name, value)
    return row


def signs(row: AuditRecord) -> bool:
    try:
        with transaction.atomic():
            audit.append([row])
    except ProgrammingError as refused:
        if "row-level security" not in str(refused):
            raise
        return False
    return True


def test_a_row_of_the_audit_is_written_in_ones_own_name_alone(cast: Any) -> None:
    owner, stranger = cast[OWNER], cast[STRANGER]
    visitor = {"seat_id": 0, "user_id": 0}
    for context, own, other, nobodys in (
        (seat_context(None), False, False, False),
        (entrance_context(), False, False, True),
        (seat_context(owner), True, False, True),
        (act_context(owner, "bulletin.draft"), True, False, True),
        (act_context(owner, "bulletin.draft", behalf=[stranger.seat_id]), True, True, True),
        (portal_context("worker"), False, False, True),
    ):
        with context:
            assert signs(entry(owner)) is own
            assert signs(entry(stranger)) is other
            assert signs(entry(owner, **visitor)) is nobodys
    with seat_context(owner):
        assert not signs(entry(owner, user_id=stranger.user_id))
        assert not signs(entry(owner, seat_id=0, user_id=stranger.user_id))


def test_the_portal_signs_for_its_own_desks_and_for_repetitions(cast: Any) -> None:
    clock = service("JRCC.automation")
    with portal_context("worker"):
        assert signs(entry(clock))
        assert signs(entry(cast[OWNER], outcome="refused", detail={"times": 3}))
        assert not signs(entry(cast[OWNER], outcome="refused", detail={}))


def service(desk: str) -> Any:
    from apps.people.queries import service_actor

    assert Desk.objects.filter(code=desk).exists()
    return service_actor(desk, request_id="test")


def test_factors_and_sessions_are_their_persons_and_the_entrances(cast: Any, client_for: Any) -> None:
    client_for(OWNER)
    owner = cast[OWNER]
    with seat_context(owner):
        assert rows("django_session", "session_key") == []
        assert {user for (user,) in rows("mfa_authenticator", "user_id")} <= {owner.user_id}
        assert {user for (user,) in rows("usersessions_usersession", "user_id")} <= {owner.user_id}
    with entrance_context():
        assert rows("django_session", "session_key")
    with seat_context(None):
        assert rows("django_session", "session_key") == []


def test_travellers_who_share_a_key_are_looked_for_from_a_seat_alone(cast: Any) -> None:
    def look() -> list[Any]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT public.jrcc_sharing(ARRAY['NX']::varchar[])")
            return list(cursor.fetchall())

    for context in (seat_context(None), entrance_context()):
        with context, pytest.raises(ProgrammingError, match="from a seat"):
            look()
    with seat_context(cast[OWNER]):
        assert look() == []


@pytest.fixture
def kept_plan() -> Any:
    """A statement whose plan PostgreSQL keeps, as functions of its own do: () -> its rows for who asks now."""

    def rows_by_the_plan() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("EXECUTE kept_plan")
            return cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE kept_plan AS SELECT id FROM {Bulletin._meta.db_table}")
    yield rows_by_the_plan
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE kept_plan")


def say_without_planning_anew(actor: Any) -> None:
    """Give PostgreSQL a context as the portal does, but let it keep its plans."""
    give, _semicolon, _plans = database_context.SET.partition(";")
    said = astuple(database_context._of_seat(actor))
    connection.connection.execute(give, (*said, json.dumps(said)))


def test_a_plan_that_is_kept_is_made_anew_for_whoever_asks(bulletin: Any, cast: Any, kept_plan: Any) -> None:
    for who, found in ((OWNER, [(bulletin.pk,)]), (STRANGER, []), (OWNER, [(bulletin.pk,)])):
        with seat_context(cast[who]):
            assert kept_plan() == found


@pytest.mark.parametrize(("planned_for", "asks"), [(OWNER, STRANGER), (STRANGER, OWNER)])
def test_a_plan_made_for_another_finds_nothing(
    planned_for: str, asks: str, bulletin: Any, cast: Any, kept_plan: Any
) -> None:
    """Nor does it tell the owner, who would see the row, anything by what it was made for."""
    with seat_context(cast[planned_for]):
        assert kept_plan() == ([(bulletin.pk,)] if planned_for == OWNER else [])
        say_without_planning_anew(cast[asks])
        assert kept_plan() == []
        say_without_planning_anew(cast[planned_for])
        assert kept_plan() == ([(bulletin.pk,)] if planned_for == OWNER else [])


def test_no_statement_writes_by_a_plan_made_for_another(bulletin: Any, cast: Any) -> None:
    change = f"PREPARE change AS UPDATE {Bulletin._meta.db_table} SET level = level RETURNING id"
    with act_context(cast[OWNER], "bulletin.issue"), connection.cursor() as cursor:
        cursor.execute(change)
        cursor.execute("EXECUTE change")
        assert cursor.fetchall() == [(bulletin.pk,)]
        say_without_planning_anew(cast[OWNER])  # the same seat, outside of its action
        cursor.execute("EXECUTE change")
        assert cursor.fetchall() == []
        cursor.execute("DEALLOCATE change")


def test_nobody_prepares_statements_for_the_portal() -> None:
    """psycopg would keep plans, which are right for one context alone, and plan each anew for the next."""
    assert connection.connection.prepare_threshold is None
