"""The wall behind declared actions: what goes past every declared action does not reach the database unseen."""

import time
from typing import Any

import pytest
from django.db import connection

from apps.access import write_guard
from apps.access.models import Heartbeat
from apps.access.write_guard import StrayWrite, writing
from apps.people.models import User
from apps.screening.models import Entry, WatchList, WatchListDeskGrant
from tests import world

pytestmark = pytest.mark.django_db
OWNER = "jam.intelligence.officer"


@pytest.fixture
def watchlist(cast: Any) -> Any:
    return world.a_watchlist(cast)


@pytest.fixture
def as_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test writes counts as if a page did."""
    monkeypatch.setattr(write_guard, "EXEMPT", [])


@pytest.mark.usefixtures("as_the_portal")
@pytest.mark.parametrize(
    "write",
    [
        lambda row: WatchList.objects.filter(pk=row.pk).update(name="x"),
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: WatchListDeskGrant.objects.all().delete(),
        lambda row: WatchList.objects.bulk_update([row], ["name"]),
        lambda row: connection.cursor().execute("UPDATE screening_watchlist SET name = 'x'"),
        lambda row: connection.cursor().execute("  delete from only screening_watchlist"),
        lambda row: connection.cursor().execute(
            "WITH old AS (DELETE FROM screening_watchlist RETURNING id) SELECT * FROM old"
        ),
        lambda row: connection.cursor().executemany("UPDATE screening_watchlist SET name = %s", [["x"]]),
        lambda row: connection.cursor().execute('COPY "screening_watchlist" (id, name) FROM STDIN'),
        lambda row: connection.cursor().execute("copy screening_watchlist from '/tmp/x'"),
        lambda row: Entry.objects.copy_in([]),
    ],
)
def test_a_record_is_not_changed_without_an_action(watchlist: Any, write: Any) -> None:
    with pytest.raises(StrayWrite, match="outside of any action"):
        write(watchlist)


@pytest.mark.usefixtures("as_the_portal")
def test_an_action_changes_it_and_leaves_the_wall_standing(cast: Any, watchlist: Any) -> None:
    world.an_entry(cast, watchlist)
    with pytest.raises(StrayWrite):
        WatchList.objects.filter(pk=watchlist.pk).update(name="x")


@pytest.mark.usefixtures("as_the_portal")
def test_a_declared_reason_lets_write_and_an_undeclared_one_is_a_mistake(watchlist: Any) -> None:
    with writing("reference data"):
        assert WatchList.objects.filter(pk=watchlist.pk).update(name="x") == 1
    with pytest.raises(LookupError), writing("because"):
        pass
    with pytest.raises(StrayWrite):
        WatchList.objects.filter(pk=watchlist.pk).update(name="y")


@pytest.mark.usefixtures("as_the_portal")
def test_reading_locking_and_the_doors_own_tables_need_no_action(watchlist: Any) -> None:
    from django.utils import timezone

    assert WatchList.objects.select_for_update().filter(pk=watchlist.pk).exists()
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@pytest.mark.usefixtures("as_the_portal")
def test_signing_in_writes_its_own_columns_of_an_account_and_no_others(cast: Any) -> None:
    from django.utils import timezone

    person = User.objects.get(username=OWNER)
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    person.save(update_fields=["password"])
    for columns in (["state"], ["password", "state"], ["is_superuser"]):
        with pytest.raises(StrayWrite):
            person.save(update_fields=columns)


@pytest.mark.usefixtures("as_the_portal")
def test_where_it_does_not_refuse_it_is_written_down_by_table_alone(watchlist: Any, settings: Any, caplog: Any) -> None:
    settings.REFUSE_STRAY_WRITES = False
    WatchList.objects.filter(pk=watchlist.pk).update(name="secret name")
    [line] = [one for one in caplog.records if one.name == "portal.security"]
    assert (line.message, line.error) == ("stray write", "screening_watchlist")


def test_every_record_part_and_grant_is_behind_it() -> None:
    assert {"jrcc_hit", "jrcc_hitdeskgrant", "council_ballot", "rifc_report", "people_seat"} <= (
        write_guard.guarded_tables()
    )
    assert {"access_dispatch", "audit_record", "django_session"}.isdisjoint(write_guard.guarded_tables())


def test_it_stands_at_each_connection_once(watchlist: Any) -> None:
    write_guard.install(connection)
    assert connection.execute_wrappers.count(write_guard.ask) == 1


def test_a_statement_is_looked_at_in_no_time() -> None:
    def pass_on(*_statement: Any) -> None:
        return None

    texts = ['SELECT "a" FROM "jrcc_hit" WHERE ' + '"a" = %s AND ' * 200, 'UPDATE "access_dispatch" SET "a" = %s']
    write_guard.guarded_tables()
    begun = time.process_time()
    for text in texts * 10_000:
        write_guard.ask(pass_on, text, (), False, {})
    assert time.process_time() - begun < 2  # 100 microseconds each: a hundred times what it takes
