"""The API of people: what outside programs rely on (CONTRACT.md)."""

from uuid import UUID

import pytest

from apps.people.models import Seat, User

pytestmark = pytest.mark.django_db
P = "/api/v1/people/"


@pytest.mark.parametrize("collection", ["me", "parties", "desks", "seats", "accounts"])
def test_every_record_has_its_id_address_state_and_etag(collection, api):
    program = api("JAM.administration", "read")
    body = program.get(f"{P}{collection}/").json()
    assert set(body) == {"next", "previous", "results"}
    record = body["results"][0]
    UUID(record["id"])
    assert record["state"]
    assert record["etag"].strip('"')
    assert program.get(record["url"]).json() == record


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("", {"JAM", "JRCC", "CYM"}, set()),
        ("?kind=member_state", {"JAM", "HTI"}, {"JRCC", "CYM"}),
        ("?kind=associate_member", {"CYM"}, {"JAM"}),
        ("?kind=member_state&as_of=2000-01-01", {"JAM"}, {"HTI"}),
    ],
)
def test_parties_are_those_of_a_kind_on_a_day(query, present, absent, api):
    found = {row["code"] for row in api("JAM.border", "read").get(f"{P}parties/{query}").json()["results"]}
    assert present <= found
    assert not absent & found


@pytest.mark.parametrize("query", ["?kind=empire", "?as_of=yesterday", "?colour=red"])
def test_a_filter_that_means_nothing_is_an_error(query, api):
    answer = api("JAM.border", "read").get(f"{P}parties/{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/" + query[1:].partition("=")[0]


def test_the_caller_learns_who_he_is_and_where_he_sits(api, client_for):
    (program,) = api("JAM.border", "read").get(f"{P}me/").json()["results"]
    assert program["acting"]["desk"] == "JAM.border"
    assert program["acting"]["may_write"] is False
    (person,) = client_for("kna.border.officer").get(f"{P}me/").json()["results"]
    assert person["username"] == "kna.border.officer"
    assert {seat["desk"] for seat in person["seats"]} == {"KNA.border", "KNA.intelligence"}


def test_another_state_sees_no_seat_and_no_account(client_for):
    officer = User.objects.get(username="jam.border.officer")
    seat = Seat.objects.get(user=officer)
    barbados = client_for("brb.administration.administrator")
    for collection in ("seats", "accounts"):
        rows = barbados.get(f"{P}{collection}/?page_size=200").json()["results"]
        assert {row["party"] for row in rows} == {"BRB"}
    assert barbados.get(f"{P}accounts/{officer.uid}/").status_code == 404
    assert barbados.get(f"{P}seats/{seat.uid}/").status_code == 404
    assert barbados.post(f"{P}seats/{seat.uid}/actions/end/", {"reason": "x"}).status_code in {403, 404}
    assert Seat.objects.get(pk=seat.pk).state == "current"


def test_a_carrier_finds_no_other_carrier(api):
    program = api("7T.carrier", "read")
    assert {row["code"] for row in program.get(f"{P}desks/").json()["results"]} == {"7T.carrier"}
    parties = {row["code"] for row in program.get(f"{P}parties/").json()["results"]}
    assert "7T" in parties
    assert "8Z" not in parties


def test_an_administrator_appoints_and_ends_by_actions(client_for):
    browser = client_for("jam.administration.administrator")
    wanted = {"user": "jam.border.officer", "desk": "JAM.customs", "role": "officer"}
    made = browser.post(f"{P}seats/", wanted, content_type="application/json")
    assert made.status_code == 201, made.content
    url = made.json()["url"]
    verbs = {offer["verb"]: offer for offer in browser.get(f"{url}actions/").json()}
    assert verbs["end"]["allowed"]
    ended = browser.post(f"{url}actions/end/", {"reason": "moved"}, content_type="application/json")
    assert (ended.status_code, ended.json()["state"]) == (200, "ended")
    again = browser.post(f"{url}actions/end/", {"reason": "moved"}, content_type="application/json")
    assert again.status_code == 409


def test_a_program_that_may_only_read_changes_nothing(api):
    program = api("JAM.administration", "read")
    answer = program.post(f"{P}seats/", {"user": "x", "desk": "JAM.border", "role": "officer"}, format="json")
    assert answer.status_code == 403


def test_a_call_made_for_another_seat_is_refused_in_the_api_as_in_pages(client_for):
    client = client_for("kna.border.officer")
    answer = client.post("/api/v1/people/seats/", {}, content_type="application/json", headers={"X-Seat": "999999"})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-seat")
