"""Persons and things for programs, and input that does not fit."""

from typing import Any

import pytest

from apps.entities.models import Assertion, Entity, Link, Sighting
from tests.entities.people import BRB, JAM, TTO, a_person, a_report, a_thing, link, of, record
from tests.rifc.people import Person

pytestmark = pytest.mark.django_db
HERE = "/api/v1/rifc/entities/"


def body(of_report: Any, **more: Any) -> dict[str, Any]:
    where = {name: str(value) for name, value in of(of_report).items()}
    return {"type": "person", "field": "name", "value": "Marlon Testcase", **where} | more


def test_a_program_records_finds_and_reads_with_the_paragraph_of_each_fact(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = Person(client_for(BRB))
    made = person.post(HERE, body(report))
    assert made.status_code == 201, made.json()
    key = made.json()["id"]
    assert made.json()["title"] == "Marlon Testcase"
    added = person.post(f"{HERE}{key}/actions/record/", body(report, field="born", value="1984") | {"type": None})
    assert added.status_code == 400, "a field that the verb does not have"
    given = {name: value for name, value in body(report, field="born", value="1984").items() if name != "type"}
    assert person.post(f"{HERE}{key}/actions/record/", given).status_code == 200
    found = Person(client_for(JAM)).get(f"{HERE}{key}/").json()
    assert [(one["field"], one["value"]) for one in found["facts"]] == [("name", "Marlon Testcase"), ("born", "1984")]
    source = found["facts"][0]["source"]
    assert source["report"] == str(report.thread)
    assert source["grading"] == {"scheme": "nato6x6", "value": "C3"}
    assert source["portion"] == "R"
    assert source["number"] == report.number
    assert Person(client_for(TTO)).get(f"{HERE}{key}/").status_code == 404
    assert Person(client_for(TTO)).get(HERE).json()["results"] == []
    assert [one["id"] for one in Person(client_for(JAM)).get(HERE, q="testcase marlon").json()["results"]] == [key]
    by_report = Person(client_for(JAM)).get(HERE, report=str(report.thread)).json()["results"]
    assert [one["id"] for one in by_report] == [key]


def test_the_etag_and_the_id_tell_nothing_of_what_is_hidden(cast: Any, client_for: Any) -> None:
    report, hidden = a_report(cast, "JAM.contact"), a_report(cast, "TTO.contact")
    person = a_person(cast, report)
    assert person.pk.version == 4, "no time in it"
    jamaica = Person(client_for(JAM))
    before = jamaica.get(f"{HERE}{person.pk}/")
    record(cast, person, hidden, "alias", "Shorty")
    link(cast, person, a_thing(cast, hidden, "phone", "number", "+1 246 555 0101"), hidden)
    after = jamaica.get(f"{HERE}{person.pk}/")
    assert after.content == before.content
    assert after["ETag"] == before["ETag"]
    assert Person(client_for(TTO)).get(f"{HERE}{person.pk}/")["ETag"] != before["ETag"]


def test_a_program_of_a_recipient_gets_nothing_that_is_not_for_programs(cast: Any, api: Any) -> None:
    shut = a_report(cast, "JAM.contact", handling=["NOAUTO"])
    open_one = a_report(cast, "JAM.contact")
    person = a_person(cast, shut, "Closed Testcase")
    record(cast, person, open_one, "alias", "Shorty")
    program = api("JAM.contact", "read")
    assert [one["value"] for one in program.get(f"{HERE}{person.pk}/").json()["facts"]] == ["Shorty"]
    assert program.get(HERE, {"q": "Closed Testcase"}).json()["results"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"type": "ghost"},
        {"type": ""},
        {"field": "imo"},
        {"field": "nothing"},
        {"value": ""},
        {"value": "x" * 501},
        {"value": "a\x00b"},
        {"value": {"a": 1}},
        {"report": "not-an-id"},
        {"paragraph": "00000000-0000-4000-8000-000000000000"},
        {"from_on": "2009-13-01"},
        {"from_on": "2009-02-02", "to_on": "2009-02-01"},
        {"from_on": "0001-01-01"},
        {"extra": "1"},
        {"field": "passport", "value": "no"},
        {"field": "born", "value": "tomorrow"},
    ],
)
def test_input_that_does_not_fit_is_told_where_and_writes_nothing(cast: Any, client_for: Any, more: Any) -> None:
    report = a_report(cast, "JAM.contact")
    answer = Person(client_for(BRB)).post(HERE, body(report, **more))
    assert answer.status_code in {400, 422}, answer.content
    assert "errors" in answer.json() or "findings" in answer.json()
    assert not Entity.objects.exists()
    assert not Assertion.objects.exists()


def test_links_and_sightings_that_do_not_fit_are_refused(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report)
    where = {name: str(value) for name, value in of(report).items()}
    caller = Person(client_for(BRB))
    for verb, given in (
        ("link", {"type": "uses", "to": str(person.pk)}),
        ("link", {"type": "haunts", "to": str(person.pk)}),
        ("link", {"type": "uses", "to": "00000000-0000-4000-8000-000000000000"}),
        ("sight", {"precision": "exact"}),
        ("sight", {"precision": "unknown"}),
        ("sight", {"precision": "week", "at": "2009-02-01T10:00:00Z"}),
        ("sight", {"precision": "unknown", "at": "2009-02-01T10:00:00Z", "place": "X"}),
        ("sight", {"precision": "day", "at": "0003-02-01T10:00:00Z"}),
        ("sight", {"precision": "unknown", "position": "91, 200"}),
        ("sight", {"precision": "unknown", "place": "X", "count": 0}),
    ):
        answer = caller.post(f"{HERE}{person.pk}/actions/{verb}/", where | given)
        assert answer.status_code in {400, 422}, (verb, given, answer.content)
    assert not Link.objects.exists()
    assert not Sighting.objects.exists()


def test_two_persons_with_one_passport_and_forty_names_stay_two(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    one, other = a_person(cast, report), a_person(cast, report, "Somebody Else")
    for person in (one, other):
        record(cast, person, report, "passport", "JAM A1234567")
    for number in range(40):
        record(cast, one, report, "alias", f"Alias{chr(97 + number % 26)}{chr(97 + number // 26)} Testcase")
    caller = Person(client_for(JAM))
    found = {row["id"] for row in caller.get(HERE, q="jam a 1234567").json()["results"]}
    assert found == {str(one.pk), str(other.pk)}
    assert [row["id"] for row in caller.get(HERE, q="Aliasbb Testcase").json()["results"]] == [str(one.pk)]


def test_a_twin_and_a_withdrawal_by_program(cast: Any, client_for: Any) -> None:
    report = a_report(cast, "JAM.contact")
    one, other = a_person(cast, report), a_person(cast, report, "Marlon Testcase Junior")
    caller = Person(client_for(JAM))
    twin = caller.post("/api/v1/rifc/twins/", {"one": str(one.pk), "other": str(other.pk), "reason": "Same."})
    assert twin.status_code == 201, twin.json()
    place = f"/api/v1/rifc/twins/{twin.json()['id']}/"
    assert caller.post(f"{place}actions/agree/").status_code == 403
    assert Person(client_for(BRB)).post(f"{place}actions/agree/").json()["state"] == "confirmed"
    assert Person(client_for(TTO)).get(place).status_code == 404
    fact = Assertion.objects.get(entity=other)
    facts = f"/api/v1/rifc/entity-facts/{fact.pk}/"
    assert caller.post(f"{facts}actions/withdraw/", {"reason": "x"}).status_code == 403
    assert Person(client_for(BRB)).post(f"{facts}actions/withdraw/", {"reason": "x"}).json()["state"] == "withdrawn"
    assert caller.get(f"{HERE}{other.pk}/").status_code == 404
