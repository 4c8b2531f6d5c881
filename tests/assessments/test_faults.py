"""What goes wrong in the work: contributions taken back before and after the release, and what is void then."""

import datetime
import uuid

import pytest
from django.utils import timezone

from apps.access import outbox
from apps.assessments.models import Position
from apps.assessments.tasks import run_assessments_clock
from apps.coedit.actions import documents as epochs
from apps.notices.models import Notice
from apps.people.queries import work
from tests.assessments.people import (
    DIRECTOR,
    DRAFTER,
    JUDGEMENT,
    LEAD,
    POINTS,
    SIGNERS,
    a_report_of_barbados,
    asked_for_positions,
    called,
    position,
    sign,
    to_be_signed,
    written,
)

pytestmark = pytest.mark.django_db
BRB, JAM = SIGNERS["BRB"], SIGNERS["JAM"]


def taken_back(room, party="BRB"):
    point = POINTS[party]
    given = [one for one in room.get(point, "contributions/").json()["results"] if one["party"] == party]
    body = {"contribution": given[0]["id"], "reason": "Our source lied."}
    return room.act(point, "withdraw_contribution", body)


def told(event):
    return set(Notice.objects.filter(code=event).values_list("owner__code", flat=True))


def titles(cast, username):
    return [f"{row.title.partition(':')[0]}: {row.code}" for row in work.panels(cast[username])["waiting"]]


def test_a_contribution_withdrawn_during_the_sign_off_voids_signatures_and_tells_who_signed(client_for, drain):
    room = to_be_signed(client_for)
    known = room.get(BRB).json()["content_sha256"]
    assert sign(room, JAM).status_code == 200
    assert taken_back(room).json()["state"] == "positions"
    drain()
    assert "JAM.intelligence" in told("jta.void")
    assert "RIFC.analysis" in told("jta.withdrawn")
    assert {one["party"]: one["state"] for one in room.get(LEAD).json()["signatures"]} == {
        "BRB": "requested",
        "JAM": "void",
    }
    assert Position.objects.filter(void_at=None).count() == 2, "no word of a judgement has changed"
    room.went("sign_off")
    assert room.get(BRB).json()["content_sha256"] != known
    assert sign(room, JAM, sha256=known).status_code == 409
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    room.went("released", DIRECTOR)


def test_a_contribution_withdrawn_while_positions_are_taken_is_told_to_all_who_take_one(client_for, drain):
    room = asked_for_positions(client_for)
    assert position(room, BRB).status_code == 200
    drain()
    before = Notice.objects.filter(code="jta.positions", owner__code="JAM.intelligence").count()
    assert taken_back(room).json()["state"] == "positions"
    drain()
    assert Notice.objects.filter(code="jta.positions", owner__code="JAM.intelligence").count() == before + 1


def test_no_judgement_rests_on_a_report_that_its_state_took_out_of_the_assessment(client_for):
    report = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    room = called(client_for)
    room.made(POINTS["BRB"], "contributions/", {"report": report})
    room.made(POINTS["JAM"], "contributions/", {"nil": True})
    room.went("drafting")
    section = room.made(LEAD, "sections/", {"title": "Threat picture"})
    said = {"plain": "It was used in 2026.", "if_seq": 0}
    assert room.post(LEAD, f"sections/{section}/actions/replace_text/", said).status_code == 200
    cited = {"confidence_basis": "one State reports it", "citations": [{"report": report, "para": 1}]}
    made = room.made(LEAD, "judgements/", JUDGEMENT | cited)
    assert taken_back(room).json()["state"] == "drafting"
    assert [one["rule"] for one in room.to("coordination").json()["findings"]] == ["J-withdrawn"]
    assert room.post(LEAD, f"judgements/{made}/actions/change/", JUDGEMENT).status_code == 200
    room.went("coordination")


def test_what_was_released_on_a_withdrawn_contribution_is_recalled_or_reaffirmed_within_two_weeks(
    client_for, cast, drain
):
    room = to_be_signed(client_for)
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    room.went("released", DIRECTOR)
    assert taken_back(room).json()["state"] == "under_review"
    drain()
    number = room.row.number
    assert {"JAM.contact", "RIFC.analysis"} <= told("jta.review")
    assert f"Review: {number}" in titles(cast, LEAD)
    assert f"Review: {number}" in titles(cast, DIRECTOR)
    states = {one["state"] for one in room.get(LEAD).json()["signatures"]}
    assert states == {"signed"}, "what was signed is what was released"
    shown = room[LEAD].get(f"/rifc/assessments/{room.key}/").content.decode()
    assert "BRB withdrew its contribution. The director recalls it" in shown
    now = timezone.now()
    assert run_assessments_clock(now + datetime.timedelta(days=13))["reminders"] == 0
    assert run_assessments_clock(now + datetime.timedelta(days=15))["reminders"] == 1
    day = {"reason": "Two other States report it.", "review_date": "2099-01-01"}
    assert room.act(LEAD, "reaffirm", day).status_code == 403
    assert room.act(DIRECTOR, "reaffirm", day).json()["state"] == "released"
    assert f"Review: {number}" not in titles(cast, LEAD)


def resting_on_a_report(client_for):
    """An assessment in drafting with a judgement that cites a report of Barbados; the report."""
    report = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    cited = {"confidence_basis": "one State reports it", "citations": [{"report": report, "para": 1}]}
    return written(client_for, judgement=JUDGEMENT | cited), report


def recall_it(room, report):
    body = {"reason_code": "inaccurate", "text": "It was another boat."}
    answer = room[BRB].post(f"/api/v1/rifc/reports/{report}/actions/recall/", body)
    assert answer.status_code == 200, answer.json()
    outbox.drain()


def positions_asked(room):
    room.went("coordination")
    room.went("positions")
    assert [position(room, who).status_code for who in (BRB, JAM)] == [200, 200]


def page(room, username):
    return room[username].get(f"/rifc/assessments/{room.key}/").content.decode()


def test_who_writes_is_told_that_a_source_was_recalled_and_it_goes_round_only_without_it(client_for, drain):
    room, report = resting_on_a_report(client_for)
    room.went("coordination")
    room.went("drafting")
    drain()
    assert "source recalled" not in page(room, DRAFTER)
    recall_it(room, report)
    assert room.row.state == "drafting"
    assert {"RIFC.analysis", "BRB.intelligence", "JAM.intelligence"} == told("jta.source")
    shown = page(room, DRAFTER)
    assert "released, change this: Judgement 1." in shown
    assert "not cleared" not in shown, "nobody can be asked to release it"
    assert [one["rule"] for one in room.to("coordination").json()["findings"]] == ["J-recalled"]
    assert room.post(LEAD, f"judgements/{room.judgement}/actions/change/", JUDGEMENT).status_code == 200
    assert "source recalled" not in page(room, DRAFTER)
    room.went("coordination")


def test_a_paragraph_that_cites_a_recalled_report_keeps_the_text_from_going_round(client_for, drain):
    report = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    room = written(client_for)
    cite = {"type": "citation", "attrs": {"report": report, "para": 1}}
    words = {"type": "text", "text": "It was used in 2026."}
    content = {"type": "doc", "content": [{"type": "paragraph", "content": [words, cite]}]}
    epochs.new_epoch(epochs.locked(uuid.UUID(room.section)), content, 1, 1)
    recall_it(room, report)
    assert "RIFC.analysis" in told("jta.source")
    assert [one["rule"] for one in room.to("coordination").json()["findings"]] == ["J-recalled"]


def test_a_source_recalled_during_the_sign_off_voids_signatures_and_cannot_be_released(client_for, drain):
    room, report = resting_on_a_report(client_for)
    positions_asked(room)
    room.went("sign_off")
    known = room.get(BRB).json()["content_sha256"]
    assert sign(room, JAM).status_code == 200
    drain()
    recall_it(room, report)
    assert room.row.state == "positions"
    assert "JAM.intelligence" in told("jta.void")
    assert {one["party"]: one["state"] for one in room.get(LEAD).json()["signatures"]} == {
        "BRB": "requested",
        "JAM": "void",
    }
    recall_again = Notice.objects.filter(code="jta.source").count()
    outbox.drain()
    assert Notice.objects.filter(code="jta.source").count() == recall_again
    room.went("sign_off")
    assert sign(room, JAM, sha256=known).status_code == 409
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    assert "J-recalled" in [one["rule"] for one in room.to("released", DIRECTOR).json()["findings"]]


def test_readers_of_what_was_released_see_that_it_is_under_review_and_not_why(client_for, drain):
    room, report = resting_on_a_report(client_for)
    positions_asked(room)
    room.went("sign_off")
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    room.went("released", DIRECTOR)
    drain()
    product = room.get(LEAD).json()["report"]
    reader = client_for("jam.contact.officer")
    assert "Under review." not in reader.get(f"/rifc/reports/{product}/").content.decode()
    recall_it(room, report)
    assert room.row.state == "under_review"
    shown = reader.get(f"/rifc/reports/{product}/").content.decode()
    assert "Under review." in shown
    assert "It stays in force until the review is decided" in shown
    assert "was recalled" not in shown
    assert {"JAM.contact", "RIFC.analysis"} <= told("jta.review")
    states = {one["state"] for one in room.get(LEAD).json()["signatures"]}
    assert states == {"signed"}, "what was signed is what was released"
    day = {"reason": "Two other States report it.", "review_date": "2099-01-01"}
    assert room.act(DIRECTOR, "reaffirm", day).json()["state"] == "released"
    passed_on = {"result": "passed_on", "to": ["TTO.contact"], "text": "Sent in March."}
    answer = room[POINTS["JAM"]].post(f"/api/v1/rifc/reports/{report}/actions/recall_ack/", passed_on)
    assert answer.status_code == 200, answer.json()
    outbox.drain()
    assert room.row.state == "released", "the same recall again, as it follows the copies"
