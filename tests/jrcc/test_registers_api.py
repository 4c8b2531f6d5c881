"""Scorecards, cases, expected journeys, rules, holds and erasures by the API: the same as on the pages."""

import datetime
import json

import pytest
from django.utils import timezone

from apps.carriers.actions import cases, expected_rounds, schedules
from apps.carriers.models import ComplianceCase, ExpectedJourney
from apps.journeys.models import Journey
from apps.travellers.actions import retention_rounds
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db
AGENT, WATCH, CAYMAN = "7t.carrier.agent", "jrcc.watch.officer", "cym.border.officer"


def read(client, place, **params):
    answer = client.get(f"/api/v1/jrcc/{place}/", params)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def post(client, place, **body):
    return client.post(f"/api/v1/jrcc/{place}/", json.dumps(body), content_type="application/json")


def a_missing_list(cast, drain) -> ExpectedJourney:
    day = timezone.now().date() + datetime.timedelta(days=1)
    schedules.add_schedule(
        cast[AGENT], None, mode="air", number="88", days=list("1234567"), origin="KIN", destination="GCM",
        departs=datetime.time(14), arrives=datetime.time(15), valid_from=day, valid_until=day,
    )  # fmt: skip
    drain()
    row = ExpectedJourney.objects.get()
    expected_rounds.check_expected_journeys(row.deadline_at)
    return row


def test_alarms_and_deadlines_of_expected_journeys(cast, drain, client_for):
    planned = a_missing_list(cast, drain)
    client = client_for(WATCH)
    [row] = read(client, "expected-journeys", alarm="standing", carrier="7T")
    assert (row["state"], row["number"], row["missed_at"] is not None) == ("missing", "88", True)
    assert {one["party"] for one in row["deadlines"]} == {"JAM", "CYM"}
    assert read(client, "expected-journeys", alarm="raised")
    assert client.get("/api/v1/jrcc/expected-journeys/?alarm=loud").status_code == 400
    assert read(client_for("8z.carrier.agent"), "expected-journeys") == []
    done = post(client, f"expected-journeys/{planned.pk}/actions/not_operate", said="The aircraft is broken")
    assert (done.status_code, done.json()["state"]) == (200, "not_operated")


def test_scorecards_are_each_readers_own(cast, drain, client_for):
    planned = a_missing_list(cast, drain)
    month = f"{planned.date:%Y-%m}"
    [card] = read(client_for(AGENT), "scorecards", month=month)
    assert (card["carrier"], card["missing"], card["in_time_percent"], card["grade"]) == ("7T", 2, 0.0, "E")
    of_jamaica = {one["carrier"]: one for one in read(client_for("jam.ministry.decider"), "scorecards", month=month)}
    assert of_jamaica["7T"]["missing"] == 1
    [of_one] = read(client_for(WATCH), "scorecards", month=month, party="CYM", carrier="7T")
    assert of_one["missing"] == 1
    assert read(client_for("jam.intelligence.officer"), "scorecards") == []
    assert client_for(WATCH).get("/api/v1/jrcc/scorecards/?month=May").status_code == 400


def test_the_carrier_reads_a_case_after_notice_and_its_decision_after_the_second_person(cast, drain, client_for):
    a_missing_list(cast, drain)
    day = str(timezone.now().date() + datetime.timedelta(days=1))
    made = post(client_for(CAYMAN), "cases", carrier="7T", first=day, last=day, facts="No list came")
    assert made.status_code == 201, made.content
    place = f"cases/{made.json()['id']}"
    assert read(client_for(AGENT), "cases") == []
    assert post(client_for(CAYMAN), f"{place}/actions/notify").status_code == 200
    proposed = post(client_for(CAYMAN), f"{place}/actions/decide", proposed="penalty", amount=500, grounds="Again")
    assert (proposed.json()["decision"], proposed.json()["amount_minor"]) == ("penalty", 50000)
    [seen] = read(client_for(AGENT), "cases")
    assert (seen["decision"], seen["amount_minor"], seen["grounds"]) == ("", None, "")
    cases.confirm_carrier_case(cast["cym.ministry.decider"], ComplianceCase.objects.get())
    [seen] = read(client_for(AGENT), "cases")
    assert (seen["decision"], seen["amount_minor"], seen["decided"]) == ("penalty", 50000, True)


def test_rules_changes_holds_and_what_was_erased(cast, drain, client_for):
    sent(cast, drain, message(2))
    head = client_for("jam.border.head")
    assert {one["party"] for one in read(head, "retention-rules")} == {None}
    assert [one["currency"] for one in read(head, "penalty-rules", party="CYM")] == ["KYD"]
    day = str(timezone.now().date() + datetime.timedelta(days=3))
    made = post(head, "retention-changes", kind="raw_message", keep_days=60, valid_from=day, source="Act 3/2026")
    assert made.status_code == 201, made.content
    place = f"retention-changes/{made.json()['id']}/actions/confirm"
    assert post(head, place).status_code == 403
    assert post(client_for("jam.ministry.decider"), place).json()["state"] == "confirmed"
    assert [one["state"] for one in read(head, "retention-rules", party="JAM")] == ["coming"]

    journey = Journey.objects.get()
    body = {"journey": str(journey.pk), "ground": "court", "reference": "SC 1", "reason": "Evidence", "until": day}
    assert post(head, "holds", **body).status_code == 201
    assert [one["reference"] for one in read(client_for(WATCH), "holds")] == ["SC 1"]
    assert read(client_for("tto.border.head"), "holds") == []
    assert post(client_for("tto.border.head"), "holds", **body | {"journey": str(made.json()["id"])}).status_code == 400
    retention_rounds.forget(timezone.now() + datetime.timedelta(days=92))
    erased = read(client_for(WATCH), "erasures", step="masked")
    assert [one["counts"] for one in erased] == [{"traveller": 2, "document": 2}]
    assert read(head, "erasures") == []


def test_deadlines_and_laws_on_bookings_are_changed_by_two_persons(client_for):
    officer, decider = client_for("jam.border.officer"), client_for("jam.ministry.decider")
    day = str(timezone.now().date() + datetime.timedelta(days=3))
    deadline = {"mode": "air", "direction": "departure", "craft": "commercial", "space": "any", "minutes": -60,
                "event": "departure", "valid_from": day, "status": "verified", "source": "Order 7/2026"}  # fmt: skip
    law = {"elements": ["documents", "seats"], "keep_days": 90, "valid_from": day, "source": "Act 5/2026"}
    for place, rules, body in (
        ("regime-changes", "regimes", deadline),
        ("booking-law-changes", "booking-laws", law),
    ):
        assert post(officer, place, **body | {"valid_from": "soon"}).status_code == 400
        made = post(officer, place, **body)
        assert (made.status_code, made.json()["state"]) == (201, "proposed"), made.content
        one = f"{place}/{made.json()['id']}"
        assert post(officer, f"{one}/actions/confirm").status_code == 403
        assert client_for("brb.border.head").get(f"/api/v1/jrcc/{one}/").status_code == 404
        assert [row["id"] for row in read(decider, place, state="proposed")] == [made.json()["id"]]
        assert post(decider, f"{one}/actions/confirm").json()["state"] == "confirmed"
        coming = [row for row in read(client_for(AGENT), rules, party="JAM") if row["state"] == "coming"]
        assert [row["source"] for row in coming] == [body["source"]], place
        assert post(officer, place, **body | {"valid_from": str(timezone.now().date())}).status_code == 400
