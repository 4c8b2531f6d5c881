"""The register over the API, as CONTRACT.md promises it."""

import datetime
from typing import Any

import pytest

from apps.region.actions import participation as acts
from tests.demonstrations import play_region

from . import people

pytestmark = pytest.mark.django_db
PARTICIPATIONS = "/api/v1/region/participations/"
DAY = {"system": "E_MANIFEST", "as_of": "2008-01-21"}


def test_participations_of_a_day_have_party_system_stage_since_until(api: Any):
    body = api("JAM.ministry", "read").get(PARTICIPATIONS, DAY).json()
    assert set(body) == {"next", "previous", "results"}
    rows = {row["party"]: row for row in body["results"]}
    assert len(rows) == 20
    jamaica = rows["JAM"]
    told = {name: jamaica[name] for name in ("party", "system", "stage", "since", "until")}
    assert told == {
        "party": "JAM", "system": "E_MANIFEST", "stage": "live", "since": "2008-01-21", "until": None,
    }  # fmt: skip
    assert {"id", "url", "state", "etag"} <= set(jamaica)
    assert {party for party, row in rows.items() if row["stage"] == "live"} == {"BRB", "JAM", "LCA", "TTO"}
    assert rows["GUY"]["stage"] == "none"
    assert rows["GUY"]["offered"] is True
    assert rows["BMU"]["stage"] is None


def test_the_summary_counts_member_states_of_the_day(api: Any):
    read = api("JAM.ministry", "read")
    body = read.get(PARTICIPATIONS, {**DAY, "format": "summary"}).json()
    assert {name: body[name] for name in ("system", "as_of", "members", "participating", "parties")} == {
        "system": "E_MANIFEST",
        "as_of": "2008-01-21",
        "members": 15,
        "participating": 4,
        "parties": ["BRB", "JAM", "LCA", "TTO"],
    }
    apis = read.get(PARTICIPATIONS, {"system": "APIS", "as_of": "2008-01-21", "format": "summary"}).json()
    assert (apis["participating"], apis["members"], apis["basis"], apis["parties"]) == (10, 15, "STATED", [])
    early = read.get(PARTICIPATIONS, {"system": "APIS", "as_of": "2001-01-01", "format": "summary"}).json()
    assert (early["participating"], early["members"], early["basis"]) == (None, 14, "GAP")


def test_the_list_and_the_summary_agree_in_the_demonstration(api: Any):
    play_region()
    read = api("JAM.ministry", "read")
    for day in ("2008-01-21", "2013-12-31", "2025-06-30"):
        rows = read.get(PARTICIPATIONS, {"system": "APIS", "as_of": day}).json()["results"]
        body = read.get(PARTICIPATIONS, {"system": "APIS", "as_of": day, "format": "summary"}).json()
        live = {row["party"] for row in rows if row["stage"] == "live"}
        assert live - {"CYM"} == set(body["parties"]), day
        assert body["participating"] == len(body["parties"])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"system": "APIS", "as_of": "21 Jan 2008"}, 400),
        ({"system": "APIS", "as_of": "2008-02-31"}, 400),
        ({"system": "APIS", "known_at": "soon"}, 400),
        ({"colour": "red"}, 400),
        ({"system": "NOTHING", "format": "summary"}, 404),
        ({"format": "summary"}, 404),
        ({"system": "APIS", "as_of": "never", "format": "summary"}, 400),
    ],
)
def test_what_cannot_be_asked_is_answered_with_a_problem(api: Any, query: dict[str, str], status: int):
    answer = api("JAM.ministry", "read").get(PARTICIPATIONS, query)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_known_at_gives_the_knowledge_of_that_day(cast: Any, api: Any):
    row = people.participation("JAM", "E_MANIFEST")
    acts.withdraw_participation(cast[people.JAMAICA], row, on=datetime.date(2008, 1, 22), notice="MNS/1")
    read = api("JAM.ministry", "read")
    asked = {"system": "E_MANIFEST", "as_of": "2008-06-01", "format": "summary"}
    assert read.get(PARTICIPATIONS, asked).json()["participating"] == 3
    assert read.get(PARTICIPATIONS, {**asked, "known_at": "2008-06-01"}).json()["participating"] == 4


def test_a_program_takes_a_step_once_with_its_version(api: Any):
    row = people.participation("JAM")
    program = api("JAM.ministry")
    place = f"{PARTICIPATIONS}{row.pk}/actions/express_interest/"
    offered = {each["verb"]: each["allowed"] for each in program.get(f"{PARTICIPATIONS}{row.pk}/actions/").json()}
    assert offered == {"express_interest": True, "correct": False}
    body = {"on": "2024-02-12", "letter": "MNS/7"}
    headers = {"If-Match": '"1"', "Idempotency-Key": "k-1"}
    answer = program.post(place, body, format="json", headers=headers)
    assert (answer.status_code, answer.json()["state"], answer.json()["stage"]) == (200, "interested", "interested")
    assert program.post(place, body, format="json", headers=headers).json() == answer.json()
    assert program.post(place, body, format="json", headers={"If-Match": '"1"'}).status_code == 412
    assert program.post(place, body, format="json").status_code == 409


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, {"/on", "/letter"}),
        ({"on": "12/02/2008", "letter": "x"}, {"/on"}),
        ({"on": "1850-01-01", "letter": "x"}, {"/on"}),
        ({"on": "2999-01-01", "letter": "x"}, {"/on"}),
        ({"on": "2024-02-12", "letter": "x" * 121}, {"/letter"}),
        ({"on": ["2024-02-12"], "letter": {"a": 1}}, {"/on", "/letter"}),
        ({"on": "2024-02-12", "letter": "x", "stage": "live"}, {"/stage"}),
        ({"on": "2024-02-12", "letter": "x", "file": "01990000-0000-7000-8000-000000000000"}, {"/file"}),
    ],
)
def test_bad_input_is_located(api: Any, body: dict[str, Any], at: set[str]):
    row = people.participation("JAM")
    answer = api("JAM.ministry").post(f"{PARTICIPATIONS}{row.pk}/actions/express_interest/", body, format="json")
    assert answer.status_code == 400
    assert {error["pointer"] for error in answer.json()["errors"]} == at


def test_instruments_measures_and_indicators_have_their_facts(api: Any):
    read = api("JAM.ministry", "read")
    (treaty,) = read.get("/api/v1/region/instruments/", {"code": "TSA-2006", "as_of": "2008-01-21"}).json()["results"]
    assert treaty["status"] == "in_force"
    assert treaty["in_force"] == {"on": "2006-10-16", "computed": None, "notified": "2006-10-16", "mismatch": True}
    assert {line["entity"] for line in treaty["parties"]} >= {"SUR", "ORG:RSS"}
    asked = {"party": "TTO", "topic": "SECURITY_ASSISTANCE", "as_of": "2008-01-21"}
    (law,) = read.get("/api/v1/region/measures/", asked).json()["results"]
    assert (law["stage"], law["since"], law["act_no"]) == ("in_force", "2007-03-23", "No. 7 of 2007")
    asked = {"code": "CISNET_STATES", "as_of": "2008-01-21"}
    (row,) = read.get("/api/v1/region/indicators/", asked).json()["results"]
    assert row["values"][-1]["value"] == "15.0000"


def test_the_register_is_empty_for_those_who_do_not_work_with_it(api: Any):
    for desk in ("JAM.border", "7T.carrier"):
        for collection in ("participations", "instruments", "measures", "indicators", "instrument-parties"):
            answer = api(desk, "read").get(f"/api/v1/region/{collection}/")
            assert answer.json()["results"] == [], (desk, collection)
        assert api(desk, "read").get(PARTICIPATIONS, {**DAY, "format": "summary"}).status_code == 404
