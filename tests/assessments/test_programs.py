"""What programs fetch of a released assessment: judgements as notes, positions as opinions, and what is taken back."""

import pytest

from apps.access import outbox
from tests.assessments.people import DIRECTOR, LEAD, SIGNERS, released
from tests.taxii.programs import a_client

pytestmark = pytest.mark.django_db


def out(desk):
    client = a_client(desk)
    return client.crawl(f"{client.root}collections/cisnet-{desk[:3].lower()}-out/")


def test_programs_of_who_has_the_report_get_judgements_as_notes_and_positions_as_opinions(client_for, drain):
    room = released(client_for, "GUY.contact")
    drain()
    found = out("GUY.contact")
    known = set()
    for one in found:
        assert set(one.get("object_marking_refs", [])) <= known, one["id"]
        assert one.get("created_by_ref", found[0]["id"]) in known | {one["id"]}
        known.add(one["id"])
    names = {one["id"]: one["name"] for one in found if one["type"] == "identity"}
    note = next(one for one in found if one.get("abstract") == "judgement 1")
    assert (note["confidence"], note["labels"]) == (50, ["cisnet:judgement"])
    assert "small craft carry handguns" in note["content"]
    opinions = {names[one["created_by_ref"]]: one for one in found if one["type"] == "opinion"}
    assert {name: one["opinion"] for name, one in opinions.items()} == {"Barbados": "agree", "Jamaica": "disagree"}
    assert opinions["Jamaica"]["explanation"] == "The route has moved north."
    assert "explanation" not in opinions["Barbados"]
    for one in opinions.values():
        assert one["object_refs"] == [note["id"]]
        assert one["object_marking_refs"] == note["object_marking_refs"]
    report = next(one for one in found if one["type"] == "report")
    assert {one["id"] for one in opinions.values()} < set(report["object_refs"])
    assert not {room.key, str(room.row.report), room.judgement} & set(str(found).replace("'", " ").split())
    assert not any(one["type"] in {"opinion", "report"} for one in out("TTO.contact"))


def test_what_was_recalled_is_revoked_without_a_word(client_for, drain):
    room = released(client_for)
    drain()
    assert any(one["type"] == "opinion" for one in out("JAM.contact"))
    assert room.act(DIRECTOR, "recall", {"reason_code": "inaccurate", "text": "Wrong."}).status_code == 200
    outbox.drain()
    found = [one for one in out("JAM.contact") if one["type"] in {"report", "note", "opinion"}]
    assert found
    assert all(one.get("revoked") for one in found)
    assert "moved north" not in str(found)


def test_what_a_newer_assessment_replaces_is_revoked_and_people_still_read_it(client_for, drain):
    old, new = released(client_for), released(client_for)
    drain()
    body = {"by": new.row.number}
    assert old.act(DIRECTOR, "supersede", body).json()["state"] == "superseded"
    outbox.drain()
    reports = [one for one in out("JAM.contact") if one["type"] == "report"]
    assert [bool(one.get("revoked")) for one in sorted(reports, key=lambda one: one["created"])] == [True, False]
    assert old[LEAD].get(f"/api/v1/rifc/reports/{old.row.report}/").status_code == 200
    assert old.get(SIGNERS["JAM"]).status_code == 200
