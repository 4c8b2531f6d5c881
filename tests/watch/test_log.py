"""The log of a watch: it only grows, its chain shows what was tampered with, and each desk has its own."""

import datetime
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from apps.access.refusal import Refused
from apps.watch.actions import log
from apps.watch.models import Watch, WatchEntry
from apps.watch.queries import log as queries
from tests.rifc.people import shared
from tests.watch.people import JAMAICA, JRCC, LEAD, OFFICER, a_watch, entry, handed_over, issued

pytestmark = pytest.mark.django_db


def lines(watch: Watch) -> list[WatchEntry]:
    return list(WatchEntry.objects.filter(watch=watch).order_by("serial"))


def test_entries_are_numbered_from_one_and_chained(cast: Any) -> None:
    watch = a_watch(cast)
    for text in ("First", "Second", "Third"):
        entry(cast, watch, text)
    rows = lines(watch)
    assert [(row.serial, row.text) for row in rows] == [(1, "First"), (2, "Second"), (3, "Third")]
    assert [row.prev_sha256 for row in rows[1:]] == [row.sha256 for row in rows[:2]]
    watch.refresh_from_db()
    assert queries.check_watch_entries(watch, rows).entries == 3
    assert queries.check_watch_entries(watch, rows).fault == ""


@pytest.mark.django_db(transaction=True)
def test_tampering_by_whoever_owns_the_tables_shows(cast: Any, as_owner: Any, capsys: Any) -> None:
    watch = a_watch(cast)
    for text in ("First", "Second", "Third"):
        entry(cast, watch, text)
    call_command("verify_watch_logs")
    assert "1 watches, 3 entries, verified" in capsys.readouterr().out
    for statement, serial, fault in (
        ("DELETE FROM watch_watchentry WHERE serial = 3", 3, "missing"),
        ("UPDATE watch_watchentry SET event_at = event_at - interval '1 hour' WHERE serial = 2", 2, "changed"),
        ("UPDATE watch_watchentry SET prev_sha256 = repeat('a', 64) WHERE serial = 2", 2, "another entry went before"),
        ("DELETE FROM watch_watchentry WHERE serial = 1", 1, "missing"),
    ):
        as_owner(statement)
        watch.refresh_from_db()
        found = queries.check_watch_entries(watch, lines(watch))
        assert (found.serial, found.fault) == (serial, fault)
        with pytest.raises(SystemExit):
            call_command("verify_watch_logs")
        assert f"{watch.number}, entry {serial}: {fault}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "statement", ["UPDATE watch_watchentry SET text = ''", "DELETE FROM watch_watchentry", "TRUNCATE watch_watchentry"]
)
def test_the_database_lets_the_portal_change_and_remove_nothing(cast: Any, statement: str) -> None:
    entry(cast, a_watch(cast))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_entries_of_several_officers_at_once_keep_one_chain(cast: Any) -> None:
    watch = a_watch(cast)
    people = [cast[OFFICER], cast[LEAD]]
    wrong: list[Exception] = []

    def write(number: int) -> None:
        try:
            log.log_watch_entry(people[number % 2], watch, text=f"Entry {number}", category="liaison")
        except Exception as fault:
            wrong.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    watch.refresh_from_db()
    rows = lines(watch)
    assert [row.serial for row in rows] == list(range(1, 9))
    assert queries.check_watch_entries(watch, rows).fault == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_first_watch_at_once_begin_one(cast: Any) -> None:
    people, said = [cast[OFFICER], cast[LEAD]], []

    def begin(actor: Any) -> None:
        try:
            said.append(log.open_watch(actor, None).number)
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[actor]) for actor in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Watch.objects.count() == 1
    assert "watch-is-on" in said


def test_each_desk_has_a_log_of_its_own(cast: Any) -> None:
    ours, theirs = a_watch(cast), a_watch(cast, JRCC)
    entry(cast, ours)
    entry(cast, theirs, who=JRCC)
    assert [row.pk for row in Watch.objects.visible_to(cast[OFFICER])] == [ours.pk]
    assert WatchEntry.objects.visible_to(cast[JRCC]).get().watch_id == theirs.pk
    with pytest.raises(Refused, match="not-visible"):
        entry(cast, ours, who=JRCC)
    assert not Watch.objects.visible_to(cast["portal.platform.head"]).exists()


def test_a_correction_is_the_next_entry_and_the_old_one_stays(cast: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Vessel with two engines")
    first = lines(watch)[0]
    entry(cast, watch, "Vessel with three engines", corrects=first.pk)
    rows = lines(watch)
    assert rows[0].text == "Vessel with two engines"
    assert rows[1].corrects_id == first.pk
    assert queries.corrected(rows)[first.pk].serial == 2


def test_an_open_item_is_done_once(cast: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Call Barbados back", to_do=True)
    item = lines(watch)[0]
    assert [one.pk for one in queries.open_items(cast[OFFICER], watch.owner_id)] == [item.pk]
    entry(cast, watch, "Called back", closes=item.pk)
    assert queries.open_items(cast[OFFICER], watch.owner_id) == []
    with pytest.raises(ValidationError, match="not open"):
        entry(cast, watch, "Called back again", closes=item.pk)
    with pytest.raises(ValidationError, match="not open"):
        entry(cast, watch, "Not an item", closes=lines(watch)[1].pk)


def test_an_entry_points_to_what_its_desk_sees_and_to_nothing_else(cast: Any) -> None:
    watch = a_watch(cast)
    report = shared(cast, "RIFC.watch")
    hidden = shared(cast, "JAM.contact")
    bulletin = issued(cast)
    entry(cast, watch, links=[report.number, bulletin.number])
    row = lines(watch)[0]
    assert {link.number for link in queries.links_of(cast[OFFICER], [row])[row.pk]} == {report.number, bulletin.number}
    said = set()
    for number in (hidden.number, "RIFC/IR/2099/BRB/9999"):
        with pytest.raises(ValidationError) as wrong:
            entry(cast, watch, links=[number])
        said.add(wrong.value.messages[0].replace(number, "N"))
    assert len(said) == 1


def test_a_link_goes_when_its_report_is_recalled(cast: Any) -> None:
    from apps.rifc.actions import recalls
    from tests.rifc.people import HEAD

    watch = a_watch(cast)
    report = shared(cast, "RIFC.watch")
    entry(cast, watch, links=[report.number])
    recalls.recall_rifc_report(cast[HEAD], report, reason_code="other", text="Back")
    row = lines(watch)[0]
    assert queries.links_of(cast[OFFICER], [row])[row.pk] == []
    watch.refresh_from_db()
    assert queries.check_watch_entries(watch, [row]).fault == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"event_at": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)}, "event_at"),
        ({"corrects": "00000000-0000-0000-0000-000000000000"}, "corrects"),
        ({"links": ["RIFC/BU/2026/RIFC/0999"]}, "links"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast: Any, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        entry(cast, a_watch(cast), **given)
    assert list(wrong.value.message_dict) == [field]
    assert WatchEntry.objects.count() == 0


def test_an_entry_of_another_desk_is_nobodys_to_correct(cast: Any) -> None:
    theirs = a_watch(cast, JRCC)
    entry(cast, theirs, who=JRCC)
    with pytest.raises(ValidationError, match="This entry is not in your desk"):
        entry(cast, a_watch(cast), corrects=lines(theirs)[0].pk)


def test_who_is_not_on_duty_begins_no_watch(cast: Any) -> None:
    for who in (JAMAICA, "rifc.analysis.head", "portal.platform.head"):
        with pytest.raises(Refused) as refusal:
            a_watch(cast, who)
        assert refusal.value.code == "not-on-duty"


def test_nothing_is_written_into_a_closed_watch(cast: Any) -> None:
    watch = a_watch(cast)
    handed_over(cast, watch)
    with pytest.raises(Refused) as refusal:
        entry(cast, watch)
    assert (refusal.value.reason, refusal.value.code) == ("wrong-state", "watch-is-closed")
