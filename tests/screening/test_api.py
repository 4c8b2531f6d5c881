"""Lists and entries for programs (CONTRACT.md): one story, and the refusals."""

import pytest

from apps.access.grants import share
from apps.screening.models import Entry
from tests.screening.people import FOREIGNER, KEEPER, PERSAUD, a_list, an_entry

LISTS, ENTRIES = "/api/v1/screening/lists/", "/api/v1/screening/entries/"
BODY = {
    "list": "JAM-WATCH",
    "reference": "P-1",
    "subject": PERSAUD,
    "instruction": "question",
    "visibility": {"screen_for": ["BRB", "JAM"], "hit_visible_to": "owner"},
    "valid_until": None,
}


def test_a_program_creates_changes_and_withdraws_an_entry(cast, api):
    a_list(cast[KEEPER])
    program = api("JAM.border")
    assert [row["code"] for row in program.get(LISTS).json()["results"]] == ["JAM-WATCH"]

    made = program.post(ENTRIES, BODY, format="json")
    entry = made.json()
    assert (made.status_code, entry["state"], entry["etag"]) == (201, "active", '"1"')
    assert {key: entry[key] for key in BODY} == {
        **BODY,
        "visibility": {**BODY["visibility"], "screen_for": ["BRB", "JAM"]},
    }
    assert program.get(entry["url"]).json()["subject"] == PERSAUD
    assert program.get(LISTS).json()["results"][0]["entries"] == 1

    changed = program.post(f"{entry['url']}actions/change/", {"instruction": "arrest"}, format="json").json()
    assert {key: changed[key] for key in BODY} == {**BODY, "instruction": "arrest"}
    stale = program.post(
        f"{entry['url']}actions/withdraw/", {"reason": "x"}, format="json", headers={"If-Match": '"1"'}
    )
    assert stale.status_code == 412
    ended = program.post(f"{entry['url']}actions/withdraw/", {"reason": "Executed"}, format="json").json()
    assert ended["state"] == "withdrawn"
    assert program.get(f"{entry['url']}actions/").json() == []
    assert [row["id"] for row in program.get(ENTRIES, {"state": "withdrawn"}).json()["results"]] == [entry["id"]]
    assert program.get(ENTRIES, {"state": "active", "list": "JAM-WATCH"}).json()["results"] == []


@pytest.mark.parametrize(
    ("more", "status", "pointer"),
    [
        ({"list": "BRB-WATCH"}, 403, None),
        ({"list": "JAM-NONE"}, 400, "/list"),
        ({"subject": {"birth_date": "never", "surname": "X"}}, 400, "/subject"),
        ({"subject": "PERSAUD"}, 400, "/subject"),
        ({"visibility": {"screen_for": ["ATL"]}}, 400, "/visibility"),
        ({"instruction": "shoot"}, 400, "/instruction"),
        ({"valid_until": "tomorrow"}, 400, "/valid_until"),
        ({"valid_until": "2001-01-01"}, 400, "/valid_until"),
        ({"reference": ""}, 400, "/reference"),
        ({"colour": "red"}, 400, "/colour"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_refused_at_its_field(cast, api, more, status, pointer):
    a_list(cast[KEEPER])
    a_list(cast[FOREIGNER])
    answer = api("JAM.intelligence").post(ENTRIES, {**BODY, **more}, format="json")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")
    assert [error["pointer"] for error in answer.json()["errors"]] == ([pointer] if pointer else [])
    assert not Entry.objects.exists()


def test_another_states_program_cannot_tell_an_entry_from_none(cast, api):
    entry = an_entry(cast[KEEPER])
    program = api("BRB.intelligence")
    there, absent = (program.get(f"{ENTRIES}{pk}/") for pk in (entry.pk, "0190b5c0-0000-7000-8000-000000000000"))
    assert (there.status_code, absent.status_code) == (404, 404)
    assert {**there.json(), "request_id": ""} == {**absent.json(), "request_id": ""}
    assert program.get(ENTRIES).json()["results"] == []
    assert program.get(LISTS).json()["results"] == []


def test_a_reading_key_writes_nothing(cast, api):
    a_list(cast[KEEPER])
    answer = api("JAM.border", scope="read").post(ENTRIES, BODY, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "read-only")


def test_the_reason_is_null_where_the_owner_keeps_it(cast, api):
    entry = an_entry(cast[KEEPER], reason="Court order 12")
    share(cast[KEEPER], entry, [cast["brb.border.officer"].desk_id])
    assert api("BRB.border").get(f"{ENTRIES}{entry.pk}/").json()["reason"] is None
    assert api("JRCC.watch").get(f"{ENTRIES}{entry.pk}/").json()["reason"] == "Court order 12"


def test_the_same_key_sent_twice_makes_one_entry(cast, api):
    a_list(cast[KEEPER])
    program = api("JAM.border")
    twice = [program.post(ENTRIES, BODY, format="json", headers={"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert [answer.status_code for answer in twice] == [201, 201]
    assert twice[0].json() == twice[1].json()
    assert Entry.objects.count() == 1
