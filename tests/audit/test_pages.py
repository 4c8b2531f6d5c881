"""Pages of the audit: who reads which rows, whose names, and what leaves as a file."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.database_context import seat_context
from apps.audit import actions as audit
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import Desk, Party, Seat

pytestmark = pytest.mark.django_db
ADMIN = "jam.administration.administrator"
RECORDS, BUDGET = "/audit/", 12


class Kept:
    """A record of a desk, as far as the audit is concerned."""

    class _meta:
        label_lower = "jrcc.hit"

    def __init__(self, desk: str, pk: str = "0199aaaa-1111") -> None:
        self.pk = pk
        self.originator_id = Party.objects.get(code=desk.partition(".")[0]).pk
        self.owner_id = Desk.objects.get(code=desk).pk
        self.level = 1


def reads(reader, record, times=1):
    """`reader` opened the record."""
    rows = [audit.entry(reader, "hit.read", record, outcome="read", object_id=record.pk) for _ in range(times)]
    with seat_context(reader):
        audit.append(rows)


def page_of(client, query=""):
    answer = client.get(RECORDS + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def entries(page):
    """Desks in the table, newest first."""
    table = page.rpartition("Audit entries</caption>")[2]
    named = r"(?:(?:<a [^>]+>)?[^<]+(?:</a>)?<small>)?"
    return re.findall(rf'scope="row" class="c-all">(?:<div class="ln">)?{named}([A-Z0-9]+\.\w+)', table)


def test_a_state_sees_who_read_its_records_and_another_state_does_not(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"))
    assert entries(page_of(client_for(ADMIN), "?outcome=read")) == ["JRCC.watch"]
    assert entries(page_of(client_for("brb.administration.administrator"), "?outcome=read")) == []


def test_a_foreign_officers_name_is_for_oversight_and_administration_only(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"))
    head = page_of(client_for("jam.border.head"), "?outcome=read")
    assert entries(head) == ["JRCC.watch"]
    assert "jrcc.watch.officer" not in head
    assert "jrcc.watch.officer" in page_of(client_for(ADMIN), "?outcome=read")


def test_a_name_cannot_be_found_out_by_filtering_for_it(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"))
    query = "?outcome=read&person=jrcc.watch.officer"
    assert entries(page_of(client_for("jam.border.head"), query)) == []
    assert entries(page_of(client_for(ADMIN), query)) == ["JRCC.watch"]


def test_a_carrier_is_not_told_who_looks_at_its_lists(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("7T.carrier"))
    reads(cast["7t.carrier.agent"], Kept("7T.carrier"))
    page = page_of(client_for("7t.carrier.agent"))
    assert entries(page) == ["7T.carrier"]
    assert "JRCC" not in page.split("<main")[1]


def test_the_panel_counts_the_readings_of_other_parties(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"), times=3)
    reads(cast["jam.border.officer"], Kept("JAM.border"), times=2)
    panel = page_of(client_for(ADMIN)).split("rd-h")[2]
    assert "3 views" in panel
    assert "JAM.border" not in panel
    assert "3 views" not in page_of(client_for("brb.administration.administrator"))


@pytest.mark.parametrize(
    ("query", "desks"),
    [
        ("?verb=hit.read", ["JRCC.watch", "BRB.border"]),
        ("?desk=BRB.border", ["BRB.border"]),
        ("?object_id=0199aaaa-2222", ["JRCC.watch"]),
        ("?person=brb.border.officer", ["BRB.border"]),
        ("?outcome=refused", []),
        ("?owner_party=JAM&outcome=read", ["JRCC.watch", "BRB.border"]),
        ("?owner_party=BRB", []),
        ("?since=1+Jan+2020&until=1/2/2020", []),
        ("?since=2020-01-01&verb=hit.read", ["JRCC.watch", "BRB.border"]),
    ],
)
def test_the_list_is_filtered_by_its_address(query, desks, client_for, cast):
    reads(cast["brb.border.officer"], Kept("JAM.border", "0199aaaa-1111"))
    reads(cast["jrcc.watch.officer"], Kept("JAM.border", "0199aaaa-2222"))
    assert entries(page_of(client_for(ADMIN), query)) == desks


def test_a_day_that_cannot_be_read_is_said_so(client_for):
    answer = client_for(ADMIN).get(RECORDS + "?since=tomorrow")
    assert answer.status_code == 422
    assert "Enter a date, for example 12 Feb 2008." in answer.content.decode()


def test_pages_of_the_list_show_every_row_once(client_for, cast, monkeypatch):
    monkeypatch.setattr("apps.audit.views.ON_A_PAGE", 2)
    reads(cast["brb.border.officer"], Kept("JAM.border"), times=5)
    browser, query, seen = client_for(ADMIN), "?verb=hit.read", []
    while query:
        page = page_of(browser, query)
        seen += re.findall(r"<code>JAM (\d+)</code>", page)
        found = re.search(r'href="(\?[^"]+)" rel="next"', page)
        query = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == 5
    assert seen == sorted(seen, key=int, reverse=True)


def test_the_history_of_a_record_is_not_there_for_another_state(client_for, cast):
    record = Kept("JAM.border")
    reads(cast["jrcc.watch.officer"], record)
    url = reverse("audit:object", args=["jrcc.hit", record.pk])
    assert entries(client_for("jam.border.head").get(url).content.decode()) == ["JRCC.watch"]
    assert client_for("brb.administration.administrator").get(url).status_code == 404
    assert client_for("jam.border.head").get(reverse("audit:object", args=["jrcc.hit", "0"])).status_code == 404


def test_the_file_is_the_list_and_is_itself_recorded(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border", "=cmd|calc"))
    answer = client_for("jam.border.head").get(RECORDS + "?outcome=read&format=csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["desk"], row["user_name"], row["object_id"]) for row in table] == [("JRCC.watch", "", "'=cmd|calc")]
    export = AuditRecord.objects.get(verb="audit.export")
    assert (export.desk, export.detail) == ("JAM.border", {"rows": 1})


def test_the_end_of_the_chain_is_shown_to_those_who_read_it_all(client_for, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"), times=7)
    assert "The audit trail of JAM has 7 entries" in page_of(client_for(ADMIN))
    assert "The audit trail of" not in page_of(client_for("jam.border.officer"))
    assert "The audit trail of" not in page_of(client_for("brb.administration.administrator"))


def test_pages_ask_the_database_as_often_for_twenty_rows_as_for_one(client_for, cast):
    browser, record = client_for(ADMIN), Kept("JAM.border")
    urls = [RECORDS, RECORDS + "?owner_party=JAM&outcome=read", reverse("audit:object", args=["jrcc.hit", record.pk])]

    def counted(url):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url).status_code == 200
        return len(seen)

    reads(cast["jrcc.watch.officer"], record)
    browser.get(RECORDS)  # the first page of a session writes when it was opened
    few = [counted(url) for url in urls]
    reads(cast["jrcc.watch.officer"], record, times=20)
    assert [counted(url) for url in urls] == few
    assert max(few) <= BUDGET


# --- API ---


def test_a_program_reads_the_rows_of_its_desk_and_no_others(api, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"))
    found = api("JAM.border", "read").get("/api/v1/audit/records/?verb=hit.read").json()
    assert found["next"] is None
    (row,) = found["results"]
    assert (row["desk"], row["person"], row["role"], row["state"]) == ("JRCC.watch", None, None, "read")
    assert api("BRB.border", "read").get("/api/v1/audit/records/?verb=hit.read").json()["results"] == []


def test_a_row_is_found_by_its_own_address_and_by_nobody_else(api, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"))
    jamaica, barbados = api("JAM.border", "read"), api("BRB.border", "read")
    (row,) = jamaica.get("/api/v1/audit/records/?verb=hit.read").json()["results"]
    assert jamaica.get(row["url"]).json() == row
    hidden, absent = barbados.get(row["url"]), barbados.get("/api/v1/audit/records/nothing/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert {**hidden.json(), "request_id": ""} == {**absent.json(), "request_id": ""}


def test_the_rows_come_in_pages_by_cursor(api, cast):
    reads(cast["jrcc.watch.officer"], Kept("JAM.border"), times=5)
    program, url, seen = api("JAM.border", "read"), "/api/v1/audit/records/?verb=hit.read&page_size=2", []
    while url:
        page = program.get(url).json()
        seen += [row["seq"] for row in page["results"]]
        url = page["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


@pytest.mark.parametrize(
    "query", ["?colour=red", "?page_size=0", "?page_size=201", "?since=x", "?before=x", "?outcome=y"]
)
def test_a_parameter_that_means_nothing_is_an_error(query, api):
    answer = api("JAM.border", "read").get("/api/v1/audit/records/" + query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == "/" + query[1:].partition("=")[0]


def test_the_audit_cannot_be_written_by_the_api(api):
    assert api("JAM.border").post("/api/v1/audit/records/", {}, format="json").status_code == 405


def test_an_ended_seat_is_in_the_history_of_that_seat(client_for, cast):
    seat = Seat.objects.get(user__username="jam.border.officer")
    actions.end_appointment(cast[ADMIN], seat, reason="left")
    page = client_for(ADMIN).get(reverse("audit:object", args=["people.seat", seat.pk])).content.decode()
    assert "Ended" in page
    assert "current → ended" in page
