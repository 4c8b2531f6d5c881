"""Reports over the API: the whole life by a program, and what each reader gets."""

import json

import pytest

from tests.reports import people

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports/reports/"


def test_a_program_of_the_secretariat_takes_a_report_to_clearance_and_a_state_answers(api, cast):
    ours, state, other = api("IMPACS.secretariat"), api("JAM.ministry"), api("BRB.ministry")
    made = ours.post(REPORTS, {"kind": "oas", "as_of": "2008-01-21"}, format="json")
    assert made.status_code == 201, made.content
    url = f"{REPORTS}{made.json()['id']}/"
    done = ours.post(f"{url}actions/compile/", {}, format="json").json()
    assert (done["state"], done["draft"], len(done["sentences"])) == ("compiled", 1, 33)
    said = {one["key"]: one["text"] for one in done["sentences"]}
    assert said["A2"] == "Ten of the fifteen Member States currently use it."
    wrong = ours.post(f"{url}actions/edit/", {"key": "A2", "text": "Twelve."}, format="json")
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["pointer"] == "/text"
    assert ours.post(f"{url}actions/clear/", {}, format="json").status_code == 200
    assert state.get(url).status_code == 404
    (asked,) = state.get("/api/v1/reports/clearances/").json()["results"]
    assert [key for key, _text in asked["texts"]] == ["C2", "D1"]
    assert other.get(asked["url"]).status_code == 404
    answer = state.post(f"{asked['url']}actions/object/", {"comment": "Not yet."}, format="json")
    assert answer.json()["state"] == "objected"
    again = state.post(f"{asked['url']}actions/agree/", {}, format="json")
    assert again.status_code == 409


def test_the_same_key_compiles_once(api):
    ours = api("IMPACS.secretariat")
    made = ours.post(REPORTS, {"kind": "oas", "as_of": "2008-01-21"}, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    twice = ours.post(REPORTS, {"kind": "oas", "as_of": "2008-01-21"}, format="json", HTTP_IDEMPOTENCY_KEY="k1")
    assert made.json()["id"] == twice.json()["id"]


def test_readers_get_what_was_issued_without_its_making(api, cast):
    report = people.issued(cast)
    people.compiled(cast)
    (found,) = api("BRB.ministry", "read").get(REPORTS).json()["results"]
    assert found["reference"] == str(report)
    assert {(one["computed"], one["gap"]) for one in found["sentences"]} == {("", "")}
    assert api("CYM.ministry", "read").get(REPORTS).json()["results"] == []
    assert api("JRCC.watch", "read").get(REPORTS).json()["results"] == []


def test_an_objection_leaves_no_name_for_readers(api, cast):
    from apps.reports import actions

    report = people.in_clearance(cast)
    for party, who in people.CLEARERS.items():
        act = actions.object_to_sentences if party == "ATG" else actions.agree_sentences
        act(cast[f"{who}.ministry.decider"], people.clearance(report, party))
    report = actions.approve_report(cast[people.MANAGER], people.fresh(report))
    actions.issue_report(cast[people.OFFICER], report, channel="note")
    body = api("BRB.ministry", "read").get(f"{REPORTS}{report.pk}/").json()
    (said,) = [one["text"] for one in body["sentences"] if one["key"] == "D1"]
    assert "Antigua" not in json.dumps(body)
    assert "four Member States" in said


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"code": "x", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01", "source": "s"}, "/code"),
        ({"code": "study.X", "title": "t", "content": {"n": 1.5}, "valid_from": "2008-01-01", "source": "s"},
         "/content"),
        ({"code": "study.X", "title": "t", "content": [1], "valid_from": "2008-01-01", "source": "s"}, "/content"),
        ({"code": "study.X", "title": "t", "content": {"n": 1}, "valid_from": "soon", "source": "s"}, "/valid_from"),
        ({"code": "study.X", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01"}, "/source"),
        ({"code": "study.X", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01", "source": "s",
          "valid_to": "2008-01-01"}, "/valid_to"),
        ({"code": "request.OAS", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01", "source": "s"},
         "/valid_from"),
        ({"code": "study.X", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01", "source": "s",
          "recorded_at": "2008-01-01"}, "/recorded_at"),
    ],
)  # fmt: skip
def test_a_wrong_fact_is_refused_at_its_field(api, data, pointer):
    given = {"provenance": "document", "level": 0} | data
    answer = api("IMPACS.secretariat").post("/api/v1/reports/facts/", given, format="json")
    assert answer.status_code == 400, answer.content
    assert pointer in {one["pointer"] for one in answer.json()["errors"]}


@pytest.mark.parametrize("desk", ["JAM.ministry", "CYM.ministry", "JRCC.watch", "JAM.border"])
def test_nobody_else_records_facts_or_begins_reports(api, desk):
    fact = {
        "code": "study.X", "title": "t", "content": {"n": 1}, "valid_from": "2008-01-01", "source": "s",
        "provenance": "document", "level": 0,
    }  # fmt: skip
    assert api(desk).post("/api/v1/reports/facts/", fact, format="json").status_code == 403
    assert api(desk).post(REPORTS, {"kind": "oas", "as_of": "2008-01-21"}, format="json").status_code in {400, 403}
