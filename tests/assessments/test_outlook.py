"""The threat matrix: what counts on a day, who sees which judgement in it, its map, drill-down, file and API."""

import datetime

import pytest
from django.urls import reverse

from apps.assessments.models import Assessment
from apps.assessments.queries import outlook
from apps.assessments.rules import outlook as rules
from apps.audit.models import AuditRecord
from demo import assessments as demo
from tests.assessments.people import (
    DIRECTOR,
    JUDGEMENT,
    LEAD,
    POINTS,
    SIGNERS,
    STRANGER,
    released,
    sign,
    to_be_signed,
    written,
)
from tests.demonstrations import play_assessments
from tests.jrcc.test_budgets import MOST, asked

D = datetime.date
JANUARY, AUGUST = D(2026, 1, 1), D(2026, 8, 1)
PAGE = "/rifc/assessments/outlook/"


def a_judgement(term, since, *, ended=None, until=None, states=("BRB",), threat="drugs", yardstick="phia"):
    band, place = rules.place_of(yardstick, term)
    return rules.Said(None, threat, states, band, place, since, ended, until)


def test_half_years_end_with_the_present_one_and_are_not_more_than_asked_for():
    codes = [one.code for one in rules.periods(D(2025, 9, 1), D(2026, 11, 26), 8)]
    assert codes == ["2025-H2", "2026-H1", "2026-H2"]
    assert [one.code for one in rules.periods(D(2001, 1, 1), D(2026, 1, 1), 2)] == ["2025-H2", "2026-H1"]
    assert [one.code for one in rules.periods(D(2026, 11, 1), D(2026, 11, 26), 8)] == ["2026-H2"]


@pytest.mark.parametrize(
    ("said", "judgements", "place", "trend"),
    [
        ([a_judgement("likely", D(2026, 7, 1))], 1, 5, rules.NEW),
        ([a_judgement("likely", D(2026, 1, 1))], 1, 5, rules.SAME),
        ([a_judgement("likely", D(2026, 1, 1)), a_judgement("almost certain", D(2026, 8, 1))], 2, 7, rules.UP),
        ([a_judgement("likely", JANUARY, ended=AUGUST), a_judgement("unlikely", AUGUST)], 1, 3, rules.DOWN),
        ([a_judgement("likely", D(2026, 1, 1), until=D(2026, 7, 31))], 0, 0, rules.GONE),
        ([a_judgement("n/a", D(2026, 7, 1))], 1, 0, rules.NEW),
    ],
)  # fmt: skip
def test_a_cell_is_the_most_likely_judgement_that_holds_on_the_day(said, judgements, place, trend):
    found = rules.cells(said, D(2026, 12, 31), D(2026, 6, 30))
    for state in ("BRB", rules.REGION):
        cell = found["drugs", state]
        assert (cell.judgements, cell.place, cell.trend) == (judgements, place, trend)
    assert ("drugs", "JAM") not in found


def test_a_judgement_holds_from_its_release_until_its_date_or_its_successor():
    one = a_judgement("likely", D(2026, 1, 10), ended=D(2026, 6, 1), until=D(2026, 5, 1))
    days = [D(2026, 1, 9), D(2026, 1, 10), D(2026, 5, 1), D(2026, 5, 2)]
    assert [one.holds(day) for day in days] == [False, True, True, False]


def cell(shown, threat, state):
    row = outlook.threat_of(shown, threat)
    return next(one.cell for one in row.cells if one.state.code == state)


@pytest.mark.django_db
def test_nothing_is_in_the_matrix_before_its_release_and_nobody_sees_what_he_does_not_have(client_for, cast, drain):
    room = to_be_signed(client_for)
    assert outlook.outlook(cast[LEAD]).said == []
    assert "No judgements shared with you yet" in client_for(LEAD).get(PAGE).content.decode()
    assert [sign(room, who).status_code for who in SIGNERS.values()] == [200, 200]
    assert room.act(DIRECTOR, "release", {"to": ["GUY.contact"]}).status_code == 200
    drain()
    for who in (LEAD, POINTS["JAM"], "guy.contact.officer"):
        shown = outlook.outlook(cast[who])
        assert cell(shown, "firearms", "BRB").place == 6, who
        assert cell(shown, "firearms", "TTO").judgements == 0
        assert cell(shown, "drugs", "BRB").judgements == 0
    for who in (STRANGER, "tto.contact.officer"):
        assert outlook.outlook(cast[who]).said == [], who
    threat = f"{PAGE}firearms/?state=BRB"
    assert f"/rifc/assessments/{room.key}/#" in client_for(POINTS["JAM"]).get(threat).content.decode()
    guyana = client_for("guy.contact.officer").get(threat).content.decode()
    assert f"/rifc/reports/{room.row.report}/" in guyana
    assert room.key not in guyana, "he has the report, and not the assessment"
    assert room.act(DIRECTOR, "recall", {"reason_code": "inaccurate", "text": "Wrong."}).status_code == 200
    assert outlook.outlook(cast[LEAD]).said == []


@pytest.mark.django_db
def test_who_has_the_lower_version_finds_no_judgement_above_it(client_for, cast, drain):
    high = JUDGEMENT | {"classification": "CONFIDENTIAL", "threat_category": "drugs"}
    room = written(client_for, judgement=high, classification="CONFIDENTIAL")
    low = JUDGEMENT | {"classification": "RESTRICTED", "area": ["JAM"]}
    room.made(LEAD, "judgements/", low)
    room.went("coordination")
    room.went("positions")
    for who in SIGNERS.values():
        for one in room.get(who, "judgements/").json()["results"]:
            body = {"position": "agree", "judgement_sha256": one["judgement_sha256"]}
            assert room.post(who, f"judgements/{one['id']}/actions/take_position/", body).status_code == 200
    room.went("sign_off")
    assert [sign(room, who).status_code for who in SIGNERS.values()] == [200, 200]
    room.went("released", DIRECTOR)
    cut = {"title": "Small craft", "classification": "RESTRICTED", "tlp": "AMBER", "to": ["GUY.contact"]}
    assert room.act(DIRECTOR, "cut", cut).status_code == 200
    drain()
    shown = outlook.outlook(cast["guy.contact.officer"])
    assert [one.threat for one in shown.said] == ["firearms"]
    assert (cell(shown, "firearms", "JAM").judgements, cell(shown, "firearms", "BRB").judgements) == (1, 0)
    assert {one.threat for one in outlook.outlook(cast[POINTS["JAM"]]).said} == {"firearms", "drugs"}


@pytest.mark.django_db
def test_the_demonstration_shows_tiers_trends_the_map_and_the_file(client_for, cast, drain):
    assert (play_assessments(), demo.load()) == (4, 4)
    lead = client_for(LEAD)
    shown = lead.get(PAGE, {"threat": "firearms"})
    text = shown.content.decode()
    assert "Tier 1: Immediate significant threats" in text
    assert "Other threats" in text
    places = {place["at"]["code"]: place["shown"].cell.place for place in shown.context["places"]}
    assert (places["TTO"], places["BHS"]) == (6, 0)
    assert text.count("<select") == 1
    then = outlook.outlook(cast[LEAD], "2026-H1")
    assert cell(then, "firearms", "TTO").trend == rules.UP
    assert cell(then, "cyber", "").trend == rules.GONE
    assert cell(then, "tip", "GUY").trend == rules.NEW
    file = lead.get(f"{PAGE}matrix.csv", {"period": "2026-H1"})
    lines = file.content.decode("utf-8-sig").splitlines()
    assert any(
        line.startswith("2026-06-30,1,firearms,") and line.endswith(",TTO,3,almost certain,95,100,up") for line in lines
    ), lines
    assert AuditRecord.objects.filter(verb="outlook.export").count() == 1
    assert lead.get(f"{PAGE}nothing/").status_code == 404
    assert lead.get(f"{PAGE}drugs/", {"state": "XXX"}).status_code == 404
    page = lead.get(f"{PAGE}drugs/", {"state": "TTO"})
    assert [(one.period.code, one.judgements) for one in page.context["points"]] == [
        ("2025-H2", 1),
        ("2026-H1", 1),
        ("2026-H2", 1),
    ]
    for place in (PAGE, f"{PAGE}drugs/", reverse("assessments:track_record")):
        assert len(asked(lead, place)) <= MOST, place


@pytest.mark.django_db
def test_programs_get_the_same_cells(client_for, cast, drain):
    released(client_for)
    drain()
    answer = client_for(LEAD).get("/api/v1/rifc/outlook/").json()
    firearms = next(one for one in answer["threats"] if one["code"] == "firearms")
    assert firearms["tier"] == 1
    assert [one["state"] for one in firearms["cells"]] == ["", "BRB", "JAM"]
    assert firearms["cells"][1] == {
        "state": "BRB", "judgements": 1, "likelihood": "highly likely", "low": 80, "high": 90, "trend": "new",
    }  # fmt: skip
    assert client_for(STRANGER).get("/api/v1/rifc/outlook/").json()["threats"][0]["cells"] == []
    assert client_for("7t.carrier.agent").get("/api/v1/rifc/outlook/").status_code == 404
    assert client_for("7t.carrier.agent").get(PAGE).status_code == 404
    assert Assessment.objects.get().state == "released"
