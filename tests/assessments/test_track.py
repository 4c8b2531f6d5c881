"""What became of judgements: who says it, who confirms it, and how it is scored."""

import pytest

from apps.assessments.models import Outcome
from apps.assessments.queries import track
from apps.assessments.rules import scores, yardsticks
from apps.people.queries import work
from tests.assessments.people import DIRECTOR, DRAFTER, JUDGEMENT, LEAD, POINTS, SIGNERS, STRANGER, YEAR, released
from tests.demonstrations import play_assessments

BRB, JAM = SIGNERS["BRB"], SIGNERS["JAM"]
PAST = JUDGEMENT | {
    "text": f"It is highly likely that small craft carry handguns until 31 October {YEAR - 1}.",
    "timeframe_from": f"{YEAR - 1}-01-01",
    "timeframe_to": f"{YEAR - 1}-10-31",
}
SAID = {"kind": "occurred", "text": "Four landings in September 2026."}


def a_scored(term, value, **more):
    of = {"row": None, "body": "RIFC", "states": (), "threat": "", "period": "2026-H1"} | more
    return scores.Scored(band=yardsticks.band_of("phia", term), value=value, **of)


def test_the_brier_score_is_the_mean_square_of_what_forecasts_were_off():
    rows = [a_scored("highly likely", 1.0), a_scored("highly likely", 0.0), a_scored("unlikely", 0.5)]
    slow = ((0.85 - 1) ** 2 + 0.85**2 + (0.30 - 0.5) ** 2) / 3
    assert scores.brier(rows) == pytest.approx(slow)
    assert scores.brier([]) is None
    assert pytest.approx((0.5 - 1) ** 2) == scores.COIN


def test_calibration_is_by_band_and_says_whether_what_came_lies_in_it():
    rows = [*(a_scored("likely", value) for value in (1.0, 1.0, 0.0)), a_scored("unlikely", 1.0)]
    bins = scores.calibration(rows)
    assert [(one.band.term, one.n, round(one.came, 2), one.within) for one in bins] == [
        ("unlikely", 1, 1.0, False),
        ("likely", 3, 0.67, True),
    ]


def test_a_judgement_counts_for_each_state_that_stood_by_it_and_once_for_its_body():
    rows = [a_scored("likely", 1.0, states=("BRB", "JAM")), a_scored("likely", 0.0, states=("JAM",))]
    by_state = scores.grouped(rows, lambda one: one.states)
    assert [(one.key, one.n) for one in by_state] == [("BRB", 1), ("JAM", 2)]
    assert [(one.key, one.n) for one in scores.grouped(rows, lambda one: [one.body])] == [("RIFC", 2)]


def titles(cast, username):
    return [f"{row.title.partition(':')[0]}: {row.code}" for row in work.panels(cast[username])["waiting"]]


def tell(room, username, **more):
    return room.post(username, f"judgements/{room.judgement}/actions/propose_outcome/", SAID | more)


@pytest.mark.django_db
def test_what_became_of_a_judgement_takes_two_persons_who_did_not_write_it(client_for, cast, drain):
    room = released(client_for, judgement=PAST)
    drain()
    number = room.row.number
    assert f"Record the outcomes of judgements: {number}" in titles(cast, DIRECTOR)
    assert f"Record the outcomes of judgements: {number}" not in titles(cast, LEAD)
    for who, code in ((LEAD, "jta-own-judgement"), (DRAFTER, "jta-own-judgement"), (POINTS["BRB"], "not-jta-outcome")):
        answer = tell(room, who)
        assert (answer.status_code, answer.json()["code"]) == (403, code), who
    assert tell(room, STRANGER).status_code == 404
    assert tell(room, DIRECTOR, text="").status_code == 400
    made = tell(room, DIRECTOR)
    assert made.status_code == 201, made.json()
    assert tell(room, BRB).json()["code"] == "jta-outcome-known"
    at = f"outcomes/{made.json()['id']}/actions"
    assert room.post(DIRECTOR, f"{at}/agree/").json()["code"] == "jta-own-outcome"
    assert room.post(LEAD, f"{at}/agree/").status_code == 403
    assert f"Confirm the outcomes of judgements: {number}" in titles(cast, BRB)
    assert track.list_judgement_track(cast[LEAD]).scored == [], "nothing is scored before the second person"
    assert room.post(BRB, f"{at}/disagree/", {"reason": "Only two."}).status_code == 200
    second = tell(room, BRB, text="Two landings.").json()["id"]
    assert room.post(JAM, f"outcomes/{second}/actions/agree/").status_code == 200
    assert room.post(JAM, f"outcomes/{second}/actions/agree/").status_code == 409
    states = [(one["state"], one["second"]) for one in room.get(LEAD, "outcomes/").json()["results"]]
    assert states == [("rejected", BRB), ("confirmed", JAM)]
    drain()
    found = track.list_judgement_track(cast[LEAD])
    assert found.brier == pytest.approx((0.85 - 1) ** 2)
    assert [(one.key, one.n) for one in found.groups("state")] == [("BRB", 1)], "Jamaica dissented"
    assert [one.key for one in found.groups("period")] == [f"{YEAR - 1}-H2"]
    assert track.list_judgement_track(cast[STRANGER]).scored == []
    assert room.post(BRB, f"outcomes/{second}/actions/reopen/", {"reason": "x"}).status_code == 403
    assert room.post(DIRECTOR, f"outcomes/{second}/actions/reopen/", {"reason": "A fifth boat."}).status_code == 200
    assert len(track.list_judgement_track(cast[LEAD]).due) == 1


@pytest.mark.django_db
def test_nothing_is_said_before_the_date_and_without_a_date_only_that_nobody_can_tell(client_for):
    room = released(client_for)
    assert tell(room, DIRECTOR).json()["code"] == "jta-not-due"
    other = released(client_for, judgement=JUDGEMENT | {"timeframe_to": None, "timeframe_from": None})
    assert tell(other, DIRECTOR).status_code == 400
    assert tell(other, DIRECTOR, kind="untestable", text="It names no date.").status_code == 201


@pytest.mark.django_db
def test_the_demonstration_shows_scores_what_waits_and_what_was_set_aside(client_for, cast, drain):
    play_assessments()
    client = client_for(DIRECTOR)
    shown = client.get("/rifc/assessments/track-record/", {"by": "state"})
    found = shown.context["record"]
    assert [len(rows) for rows in (found.scored, found.waiting, found.due, found.aside)] == [3, 1, 1, 1]
    text = shown.content.decode()
    assert "less often than stated" in text
    keys = {name: one.n for name, one in shown.context["groups"]}
    assert keys == {"BRB": 3, "JAM": 3, "TTO": 2}
    due = found.due[0].row
    form = f"/rifc/assessments/{due.assessment_id}/parts/{due.pk}/outcome/"
    assert form in text
    assert due.text in client.get(form).content.decode()
    body = {"_seat": cast[DIRECTOR].seat_id, "judgement": due.pk, "kind": "did_not", "text": "None was found."}
    assert client.post(form, body).status_code == 302
    waits = Outcome.objects.get(judgement=due)
    agree = f"/rifc/assessments/{due.assessment_id}/parts/{waits.pk}/outcome-agree/"
    head = client_for(JAM)
    assert agree in head.get("/rifc/assessments/track-record/").content.decode()
    assert "None was found." in head.get(agree).content.decode()
    assert head.post(agree, {"_seat": cast[JAM].seat_id, "outcome": waits.pk}).status_code == 302
    assert "None was found." in head.get(f"/rifc/assessments/{due.assessment_id}/").content.decode()
    answer = head.get("/api/v1/rifc/track-record/").json()
    assert (answer["scored"], answer["set_aside"]) == (4, 1)
