"""State actions and mandates for programs (CONTRACT.md, Council)."""

import pytest

from tests.impacs.people import ALL, DUE, a_decision, action_of

pytestmark = pytest.mark.django_db
ACTIONS, MANDATES = "/api/v1/impacs/state-actions/", "/api/v1/impacs/mandates/"


def test_a_ministrys_program_reads_acknowledges_and_reports(api):
    decision = a_decision(("All act.", ALL, DUE))
    program = api("BRB.ministry")
    (row,) = program.get(ACTIONS, {"party": "BRB"}).json()["results"]
    assert (row["party"], row["due"], row["state"], row["evidence"]) == ("BRB", "2026-09-30", "not_started", [])
    assert row["decision"].endswith(f"/api/v1/council/decisions/{decision.pk}/")
    assert row["clause"] == f"{row['decision']}#clause-1"
    assert row["status"]["colour"] in {"RED", "AMBER", "GREEN"}
    assert row["status"]["reason"]
    offered = program.get(f"{row['url']}actions/").json()
    allowed = {each["verb"] for each in offered if each["allowed"]}
    assert {"acknowledge", "report", "submit_evidence", "request_extension"} <= allowed
    assert not {"verify", "return"} & allowed
    assert program.post(f"{row['url']}actions/acknowledge/", {}, format="json").json()["state"] == "acknowledged"
    body = {"text": "Contact named.", "progress": 60}
    done = program.post(f"{row['url']}actions/report/", body, format="json").json()
    assert (done["state"], done["progress"]) == ("in_progress", 60)
    assert [(each["text"], each["progress"]) for each in done["reports"]] == [("Contact named.", 60)]


def test_another_states_program_reads_the_status_and_not_the_words(api):
    row = action_of(a_decision(), "BRB")
    body = {"text": "The bill waits in Cabinet.", "progress": 40}
    assert api("BRB.ministry").post(f"{ACTIONS}{row.pk}/actions/report/", body, format="json").status_code == 200
    for place in (f"{ACTIONS}{row.pk}/", ACTIONS):
        answer = api("TTO.ministry").get(place)
        assert answer.status_code == 200
        assert "The bill waits" not in answer.content.decode()
    told = api("TTO.ministry").get(f"{ACTIONS}{row.pk}/").json()
    assert (told["reports"], told["progress"], told["status"]["colour"] != "") == ([], 40, True)
    assert api("IMPACS.secretariat").get(f"{ACTIONS}{row.pk}/").json()["reports"][0]["text"] == body["text"]
    refused = api("TTO.ministry").post(f"{ACTIONS}{row.pk}/actions/report/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-addressed")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": "x", "progress": 101}, "/progress"),
        ({"text": "x", "progress": "half"}, "/progress"),
        ({"text": "x"}, "/progress"),
        ({"progress": 5}, "/text"),
        ({"text": "x", "progress": 5, "colour": "GREEN"}, "/colour"),
    ],
)
def test_a_wrong_report_is_refused_at_its_field(api, body, pointer):
    row = action_of(a_decision(), "BRB")
    answer = api("BRB.ministry").post(f"{ACTIONS}{row.pk}/actions/report/", body, format="json")
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_actions_are_filtered_by_decision_state_and_due_day(api):
    first, second = a_decision(("Hosts act.", ["TTO"], DUE)), a_decision(("Hosts act.", ["TTO", "BRB"], None))
    program = api("TTO.ministry")
    count = lambda **filters: len(program.get(ACTIONS, filters).json()["results"])  # noqa: E731
    assert [count(decision=str(each.pk)) for each in (first, second)] == [1, 2]
    assert (count(due_before="2026-10-01"), count(due_before="2026-09-30"), count(state="superseded")) == (1, 0, 0)
    assert program.get(ACTIONS, {"due_before": "soon"}).status_code == 400
    assert program.get(ACTIONS, {"colour": "RED"}).status_code == 400


def test_programs_of_other_desks_and_associates_see_what_is_theirs(api):
    a_decision(("Everybody acts.", ["BRB", "CYM", "IMPACS"], DUE))
    seen = {
        desk: len(api(desk).get(ACTIONS).json()["results"])
        for desk in ("BRB.ministry", "CYM.ministry", "BRB.border", "IMPACS.secretariat")
    }
    assert seen == {"BRB.ministry": 2, "CYM.ministry": 1, "BRB.border": 0, "IMPACS.secretariat": 2}


def test_mandates_name_their_body_and_clause(api):
    decision = a_decision(("IMPACS circulates the model.", ["IMPACS"], DUE))
    (row,) = api("IMPACS.secretariat").get(MANDATES, {"body": "IMPACS"}).json()["results"]
    assert (row["body"], row["due"], row["title"], row["state"]) == (
        "IMPACS",
        "2026-09-30",
        "IMPACS circulates the model.",
        "open",
    )
    assert row["clause"].endswith(f"{decision.pk}/#clause-1")
    assert api("BRB.border").get(MANDATES).json()["results"] == []
