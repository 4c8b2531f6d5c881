"""Names of foreign officers stay at home; every reading and refusal is remembered; a key ends with its account."""

import pytest

from apps.audit.models import AuditRecord
from apps.jrcc.actions import hits
from apps.people.models import Seat, User
from tests import world


def test_a_state_reads_that_the_jrcc_is_at_work_but_not_who(api, cast):
    hit = world.a_hit(cast)
    hits.claim_hit(cast["jrcc.watch.officer"], hit)
    address = f"/api/v1/jrcc/hits/{hit.pk}/"
    assert api("JRCC.watch", "read").get(address).json()["claimed_by"] == "jrcc.watch.officer"
    assert api("JAM.intelligence", "read").get(address).json()["claimed_by"] == ""


def test_the_watch_reads_which_desk_acknowledged_but_not_which_officer(client_for, cast):
    hit = world.a_world(cast).hit
    hits.acknowledge_hit(cast["brb.border.officer"], hit)
    page = client_for("jrcc.watch.officer").get(f"/jrcc/hits/{hit.pk}/").content.decode()
    assert "BRB.border" in page
    assert "brb.border.officer" not in page


@pytest.mark.parametrize(
    ("collection", "verb"),
    [("jrcc/hits", "hit.list"), ("jrcc/travellers", "traveller.list"), ("screening/entries", "entry.list")],
)
def test_a_page_of_persons_read_by_a_program_is_remembered_with_its_count(api, cast, collection, verb):
    world.a_world(cast)
    body = api("JRCC.watch", "read").get(f"/api/v1/{collection}/").json()
    row = AuditRecord.objects.get(verb=verb)
    assert (row.outcome, row.desk, row.detail["rows"]) == ("read", "JRCC.watch", len(body["results"]))
    assert row.detail["key"].startswith("ccp_")


def test_the_owner_sees_in_page_and_api_which_desk_read_its_entry(api, client_for, cast):
    entry = world.an_entry(cast, world.a_watchlist(cast))
    assert api("JRCC.watch", "read").get(f"/api/v1/screening/entries/{entry.pk}/").status_code == 200
    rows = api("JAM.intelligence", "read").get(f"/api/v1/audit/records/?object_id={entry.pk}&outcome=read")
    assert [(row["desk"], row["person"]) for row in rows.json()["results"]] == [("JRCC.watch", None)]
    page = client_for("jam.intelligence.officer").get(f"/audit/screening.entry/{entry.pk}/").content.decode()
    assert "JRCC.watch" in page


def test_an_act_for_another_seat_is_refused_and_remembered(client_for, cast):
    hit = world.a_hit(cast)
    answer = client_for("jrcc.watch.officer").post(f"/jrcc/hits/{hit.pk}/do/claim/", {"_seat": "1"})
    row = AuditRecord.objects.get(outcome="refused")
    assert (answer.status_code, row.reason, row.person) == (409, "wrong-seat", "jrcc.watch.officer")


@pytest.mark.parametrize("change", [{"is_active": False}, {"state": "suspended"}])
def test_a_key_ends_with_the_account_of_its_seat(api, change):
    program = api("GUY.border", "read")
    assert program.get("/api/v1/jrcc/journeys/").status_code == 200
    seat = Seat.objects.get(desk__code="GUY.border", kind="service")
    User.objects.filter(pk=seat.user_id).update(**change)
    assert program.get("/api/v1/jrcc/journeys/").status_code == 401


def test_the_same_request_again_gets_the_same_answer_with_its_headers(api, cast):
    world.a_watchlist(cast)
    keeper = api("JAM.intelligence")
    body = {"list": "JAM-WATCH", "reference": "A-1", "subject": {"surname": "Vane"}, "instruction": "inform"}
    first, again = (
        keeper.post("/api/v1/screening/entries/", body, format="json", headers={"Idempotency-Key": "k-1"}) for _ in "12"
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert [(r["ETag"], r["Location"]) for r in (first,)] == [(r["ETag"], r["Location"]) for r in (again,)]
