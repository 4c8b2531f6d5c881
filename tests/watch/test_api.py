"""Bulletins and logs for programs (contract-rifc.md): the same rules, the same faults at the same fields."""

from typing import Any

import pytest

from tests.rifc.people import Person
from tests.watch.people import GIVEN, GUYANA, JAMAICA, JRCC, LEAD, OFFICER, a_watch, entry, in_days, issued

pytestmark = pytest.mark.django_db
BULLETINS, LOGS = "/api/v1/rifc/bulletins/", "/api/v1/watch/logs/"


def body(**more: Any) -> dict[str, Any]:
    until = in_days(5).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**GIVEN, "classification": "RESTRICTED", "valid_to": until, **more}


def test_a_bulletin_is_written_issued_read_and_known_of(cast: Any, client_for: Any) -> None:
    officer, lead, reader = (Person(client_for(who)) for who in (OFFICER, LEAD, JAMAICA))
    made = officer.post(BULLETINS, body())
    assert made.status_code == 201, made.json()
    key = made.json()["id"]
    assert reader.get(f"{BULLETINS}{key}/").status_code == 404
    assert officer.post(f"{BULLETINS}{key}/actions/issue/").status_code == 403
    answer = lead.post(f"{BULLETINS}{key}/actions/issue/")
    assert (answer.status_code, answer.json()["state"]) == (200, "issued")
    [listed] = reader.get(BULLETINS).json()["results"]
    assert (listed["id"], listed["ack"]["state"]) == (key, "sent")
    assert reader.post(f"{BULLETINS}{key}/actions/ack/").status_code == 409
    assert reader.get(f"{BULLETINS}{key}/").json()["ack"]["state"] == "opened"
    first = reader.post(f"{BULLETINS}{key}/actions/ack/")
    assert (first.status_code, first.json()["state"]) == (200, "acknowledged")
    assert reader.post(f"{BULLETINS}{key}/actions/ack/").json()["ack_at"] == first.json()["ack_at"]
    assert {row["target"] for row in lead.get(f"{BULLETINS}{key}/receipts/").json()["results"]} == set(GIVEN["to"])
    assert reader.get(f"{BULLETINS}{key}/receipts/").status_code == 404
    assert lead.post(f"{BULLETINS}{key}/actions/ack/").status_code == 403
    assert Person(client_for("brb.contact.head")).get(f"{BULLETINS}{key}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field", "status"),
    [
        ({"short_text": "Call +1 246 555 0142"}, "short_text", 422),
        ({"short_text": "x" * 481}, "short_text", 400),
        ({"kind": "rumour"}, "kind", 400),
        ({"classification": "COSMIC"}, "classification", 400),
        ({"valid_to": "2099-01-01T00:00:00Z"}, "valid_to", 400),
        ({"valid_to": "never"}, "valid_to", 400),
        ({"to": []}, "to", 400),
        ({"to": {"desk": "JAM.contact"}}, "to", 400),
        ({"to": ["\x00"]}, "to", 400),
        ({"extra": "x"}, "extra", 400),
        ({"tlp": "CLEAR"}, "tlp", 422),
        ({"text": ["a"]}, "text", 400),
    ],
)
def test_bad_input_is_said_at_its_field(
    cast: Any, client_for: Any, given: dict[str, Any], field: str, status: int
) -> None:
    answer = client_for(OFFICER).post(BULLETINS, body(**given), content_type="application/json")
    assert (answer.status_code, field in answer.content.decode()) == (status, True)


def test_an_etag_tells_recipients_of_the_text_alone(cast: Any, client_for: Any) -> None:
    row = issued(cast)
    reader = client_for(JAMAICA)
    place = f"{BULLETINS}{row.pk}/"
    tag = reader.get(place)["ETag"]
    client_for(GUYANA).get(place)
    assert reader.get(place, headers={"If-None-Match": tag}).status_code == 304
    changed = {"valid_to": in_days(9).isoformat(), "reason": "New paint", "text": "Now red."}
    answer = Person(client_for(LEAD)).post(f"{place}actions/renew/", changed)
    assert answer.status_code == 200, answer.json()
    assert reader.get(place)["ETag"] != tag


def test_the_issuers_etag_is_the_version_that_a_change_is_compared_with(cast: Any, client_for: Any) -> None:
    officer = client_for(OFFICER)
    made = officer.post(BULLETINS, body(), content_type="application/json")
    place, tag = f"{BULLETINS}{made.json()['id']}/actions/revise/", made["ETag"]
    for status in (200, 412):
        answer = officer.post(place, body(title="Red"), content_type="application/json", headers={"If-Match": tag})
        assert answer.status_code == status


def test_a_key_that_may_only_read_reads_and_notes_it(cast: Any, api: Any) -> None:
    row = issued(cast)
    program = api("JAM.contact", "read")
    answer = program.get(f"{BULLETINS}{row.pk}/")
    assert (answer.status_code, answer.json()["ack"]["state"]) == (200, "opened")
    assert program.post(f"{BULLETINS}{row.pk}/actions/ack/").status_code == 403


def test_a_log_is_written_and_checked_by_programs_of_its_desk(cast: Any, client_for: Any) -> None:
    officer = Person(client_for(OFFICER))
    made = officer.post(LOGS)
    assert made.status_code == 201
    place = f"{LOGS}{made.json()['id']}/"
    for text in ("First", "Second"):
        said = officer.post(f"{place}actions/log/", {"text": text, "category": "liaison"})
        assert said.status_code == 200, said.json()
    assert said.json()["last_serial"] == 2
    chain = officer.get(f"{place}entries/").json()
    assert (chain["verified"], [one["text"] for one in chain["results"]]) == (True, ["First", "Second"])
    assert officer.post(LOGS).status_code == 409
    assert officer.post(f"{place}actions/log/", {"text": "", "category": "x"}).status_code == 400
    for who in (JRCC, JAMAICA):
        other = Person(client_for(who))
        assert [other.get(f"{place}{part}").status_code for part in ("", "entries/")] == [404, 404]
        assert other.get(LOGS).json()["results"] == []
        assert other.post(f"{place}actions/log/", {"text": "x", "category": "liaison"}).status_code == 404


def test_a_hand_over_by_programs_needs_two(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch)
    officer, lead, place = Person(client_for(OFFICER)), Person(client_for(LEAD)), f"{LOGS}{watch.pk}/actions/"
    assert officer.post(f"{place}start_handover/", {}).status_code == 400
    assert officer.post(f"{place}start_handover/", {"signed": True}).json()["state"] == "handover"
    assert officer.post(f"{place}accept/", {"signed": True}).status_code == 403
    assert lead.post(f"{place}accept/", {"signed": True}).json()["state"] == "closed"
    assert lead.get(LOGS, state="open").json()["results"][0]["officer"] == LEAD
