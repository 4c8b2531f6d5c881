"""contract-rifc.md, section 4.1, line by line: terms, call, text, judgements, positions, signatures, release."""

import pytest
from django.utils import timezone

from apps.access import outbox
from apps.assessments.models import Assessment, Signature
from apps.exchange.models import Addressee
from apps.rifc.models import Report
from tests.assessments.people import (
    ALL,
    DIRECTOR,
    DRAFTER,
    JUDGEMENT,
    LEAD,
    OTHER_DRAFTER,
    POINTS,
    SIGNERS,
    STRANGER,
    TERMS,
    a_report_of_barbados,
    asked_for_positions,
    called,
    drafted,
    position,
    proposed,
    sha_of,
    sign,
    to_be_signed,
    written,
)

pytestmark = pytest.mark.django_db
BRB, JAM = SIGNERS["BRB"], SIGNERS["JAM"]


def rules(answer):
    assert answer.status_code == 422, answer.json()
    return [finding["rule"] for finding in answer.json()["findings"]]


def test_terms_are_proposed_by_an_analyst_and_agreed_by_the_director_once_a_state_stands_by_them(client_for):
    room = proposed(client_for)
    assert room.row.state == "proposed"
    assert room[DRAFTER].post(ALL, TERMS).status_code == 403
    assert room[LEAD].post(ALL, {k: v for k, v in TERMS.items() if k != "scope"}).status_code in {400, 422}
    assert rules(room.to("terms_agreed", DIRECTOR)) == ["J-sponsor"]
    assert room.get(STRANGER).status_code == 404
    assert room.act(DRAFTER, "respond", {"answer": "accept"}).status_code == 404
    assert room.act(POINTS["TTO"], "respond", {"answer": "accept"}).status_code == 404
    assert room.act(POINTS["BRB"], "respond", {"answer": "accept"}).status_code == 200
    assert room.to("terms_agreed", LEAD).status_code == 403
    room.went("terms_agreed", DIRECTOR)
    assert rules(room.to("call_open")) == ["J-accepted"]
    assert room.to("drafting").status_code == 409
    assert [room.to(where).status_code for where in ("nowhere", ["drafting"])] == [400, 400]
    answers = {one["party"]: one["answer"] for one in room.get(POINTS["JAM"]).json()["parties"]}
    assert answers == {"BRB": "accept", "JAM": ""}
    assert room.to("cancelled", DIRECTOR).status_code == 400
    assert room.to("cancelled", DIRECTOR, reason="No longer needed").json()["state"] == "cancelled"


def test_the_call_goes_out_as_a_request_and_a_contribution_answers_it(client_for):
    room = called(client_for)
    part = Addressee.objects.get(request=room.row.request, owner__code="BRB.contact")
    assert part.number.startswith("CALL-")
    assert part.state == "received"
    assert rules(room.to("drafting")) == ["J-contributions", "J-contributions"]
    assert room.post(POINTS["TTO"], "contributions/", {"nil": True}).status_code == 404
    assert room.post(POINTS["BRB"], "contributions/", {}).status_code == 400
    room.made(POINTS["BRB"], "contributions/", {"text": "Four landings.", "release": "lead"})
    part.refresh_from_db()
    assert part.state == "answered"
    report = (
        a_report_of_barbados(client_for, "JAM.contact", "RIFC.analysis", author="jam.intelligence.officer") if 0 else ""
    )
    room.made(POINTS["JAM"], "contributions/", {"nil": True, "text": "", "report": report})
    room.went("drafting")
    assert room.post(POINTS["BRB"], "contributions/", {"nil": True}).status_code == 409
    texts = {
        who: [one["text"] for one in room.get(who, "contributions/").json()["results"]] for who in (LEAD, POINTS["JAM"])
    }
    assert texts == {LEAD: ["Four landings.", ""], POINTS["JAM"]: [""]}


def test_a_section_is_written_without_a_script_by_lead_and_drafters_only_while_it_may(client_for):
    room = drafted(client_for)
    key = room.made(LEAD, "sections/", {"title": "Threat picture", "order": 1})
    assert room.post(DRAFTER, "sections/", {"title": "Another"}).status_code == 403
    shown = room.get(DRAFTER, f"sections/{key}/").json()
    assert (shown["title"], shown["order"], shown["seq"], shown["mode"]) == ("Threat picture", 1, 0, "write")
    write = f"sections/{key}/actions/replace_text/"
    first = room.post(DRAFTER, write, {"plain": "One.\n\nTwo.", "if_seq": 0})
    assert first.status_code == 200
    stale = room.post(OTHER_DRAFTER, write, {"plain": "Mine.", "if_seq": 0})
    assert (stale.status_code, stale.json()["code"]) == (409, "jta-stale-text")
    assert room.post(OTHER_DRAFTER, write, {"plain": "Mine.", "if_seq": first.json()["seq"]}).status_code == 200
    text = room.get(POINTS["BRB"], f"sections/{key}/text/").json()
    assert (text["plain"], text["json"]["type"]) == ("Mine.", "doc")
    assert room.get(POINTS["BRB"], f"sections/{key}/").json()["mode"] == "read"
    assert room.post(POINTS["BRB"], write, {"plain": "x", "if_seq": text["seq"]}).status_code == 403
    assert room.get(STRANGER, f"sections/{key}/text/").status_code == 404
    assert room.act(LEAD, "remove_member", {"user": OTHER_DRAFTER}).status_code == 200
    assert room.get(OTHER_DRAFTER, f"sections/{key}/text/").status_code == 404


def test_what_is_missing_keeps_the_text_from_going_round(client_for):
    room = drafted(client_for)
    assert rules(room.to("coordination")) == ["J-empty-section"]
    key = room.made(LEAD, "sections/", {"title": "Threat picture"})
    assert rules(room.to("coordination")) == ["J-empty-section"]
    room.post(LEAD, f"sections/{key}/actions/replace_text/", {"plain": "States should increase patrols.", "if_seq": 0})
    made = room.made(DRAFTER, "judgements/", JUDGEMENT | {"confidence_basis": "Two States say so"})
    assert rules(room.to("coordination")) == ["J-citation", "L07"]
    change = f"judgements/{made}/actions/change/"
    assert room.post(DRAFTER, change, JUDGEMENT | {"text": "Guns may come soon."}).status_code == 200
    assert rules(room.to("coordination")) == ["L14", "L02", "L09", "L07"]
    assert room.post(DRAFTER, change, JUDGEMENT).status_code == 200
    seq = room.get(LEAD, f"sections/{key}/").json()["seq"]
    room.post(LEAD, f"sections/{key}/actions/replace_text/", {"plain": "It was used in 2026.", "if_seq": seq})
    room.went("coordination")
    assert room.to("coordination").status_code == 409


def test_a_judgement_may_not_rest_on_what_a_signatory_cannot_see_nor_be_marked_below_it(client_for):
    report = a_report_of_barbados(client_for, "RIFC.analysis")
    secret = a_report_of_barbados(
        client_for, "RIFC.analysis", "JAM.intelligence", "JAM.contact", classification="CONFIDENTIAL"
    )
    cited = JUDGEMENT | {"confidence_basis": "one State reports it", "citations": [{"report": report, "para": 1}]}
    room = written(client_for, judgement=cited)
    answer = room.to("coordination")
    assert rules(answer) == ["J-citation"]
    assert "JAM" in answer.json()["findings"][0]["message"]
    shown = {
        who: room.get(who, "judgements/").json()["results"][0]["citations"] for who in (LEAD, DRAFTER, OTHER_DRAFTER)
    }
    assert shown == {LEAD: [{"report": report, "para": 1}], DRAFTER: [{"report": report, "para": 1}], OTHER_DRAFTER: []}
    assert room.post(OTHER_DRAFTER, "judgements/", cited).status_code == 400
    change = f"judgements/{room.judgement}/actions/change/"
    room.post(LEAD, change, cited | {"citations": [{"report": secret}]})
    assert rules(room.to("coordination")) == ["J-marking"]
    shared = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    room.post(LEAD, change, cited | {"citations": [{"report": shared}]})
    room.went("coordination")


def test_comments_block_until_the_party_confirms_or_the_director_decides(client_for):
    room = written(client_for)
    comment = {"section": room.section, "kind": "blocking", "text": "We did not say this."}
    assert room.post(POINTS["JAM"], "comments/", comment).status_code == 409
    room.went("coordination")
    assert (
        room.post(DRAFTER, f"sections/{room.section}/actions/replace_text/", {"plain": "x", "if_seq": 1}).status_code
        == 403
    )
    first, second = (room.made(POINTS["JAM"], "comments/", comment) for _again in range(2))
    wording = room.made(BRB, "comments/", comment | {"kind": "wording"})
    assert rules(room.to("positions")) == ["J-blocking"]
    at = f"comments/{first}/actions"
    assert room.post(POINTS["JAM"], f"{at}/resolve/", {"outcome": "accepted", "text": "Yes"}).status_code == 403
    assert room.post(LEAD, f"{at}/resolve/", {"outcome": "rejected"}).status_code == 400
    assert room.post(LEAD, f"{at}/resolve/", {"outcome": "accepted", "text": "Mended"}).status_code == 200
    theirs = room.post(POINTS["BRB"], f"{at}/confirm/")
    assert (theirs.status_code, theirs.json()["code"]) == (403, "jta-not-your-comment")
    assert room.post(POINTS["JAM"], f"{at}/confirm/").status_code == 200
    at = f"comments/{wording}/actions"
    room.post(LEAD, f"{at}/resolve/", {"outcome": "rejected", "text": "It is the usual word."})
    assert room.post(BRB, f"{at}/escalate/").json()["code"] == "jta-not-blocking"
    at = f"comments/{second}/actions"
    room.post(LEAD, f"{at}/resolve/", {"outcome": "rejected", "text": "You did, on 3 May."})
    assert room.post(POINTS["JAM"], f"{at}/escalate/").status_code == 200
    assert room.post(POINTS["JAM"], f"{at}/confirm/").status_code == 409
    assert rules(room.to("positions")) == ["J-blocking"]
    assert room.post(DIRECTOR, f"{at}/decide/", {"text": "It stays; dissent is open to you."}).status_code == 200
    room.went("positions")
    frozen = room.post(LEAD, f"judgements/{room.judgement}/actions/change/", JUDGEMENT)
    assert (frozen.status_code, frozen.json()["code"]) == (409, "jta-frozen")


def test_each_party_takes_its_own_position_on_the_words_that_were_shown(client_for):
    room = asked_for_positions(client_for)
    assert rules(room.to("sign_off")) == ["J-positions", "J-positions"]
    older = position(room, BRB, sha256="0" * 64)
    assert (older.status_code, older.json()["code"]) == (409, "jta-older-text")
    assert rules(position(room, BRB, "dissent")) == ["J-text"]
    assert position(room, DRAFTER).status_code == 403
    assert position(room, LEAD).status_code == 403
    assert position(room, BRB, "agree_reservation", "Not in the north.").status_code == 200
    assert position(room, BRB, "agree").status_code == 200
    assert position(room, JAM, "dissent", "The route has moved.").status_code == 200
    said = room.get(POINTS["BRB"], "judgements/").json()["results"][0]["positions"]
    assert [(one["party"], one["position"], one["text"]) for one in said] == [
        ("BRB", "agree", ""),
        ("JAM", "dissent", "The route has moved."),
    ]
    before = sha_of(room, BRB)
    room.went("coordination", reason="A wrong date")
    assert room.get(BRB, "judgements/").json()["results"][0]["positions"] == []
    change = f"judgements/{room.judgement}/actions/change/"
    room.post(LEAD, change, JUDGEMENT | {"confidence": "low"})
    room.went("positions")
    assert position(room, BRB, sha256=before).status_code == 409


def test_signatures_are_bound_to_the_text_and_void_when_positions_open_again(client_for, drain):
    room = to_be_signed(client_for)
    known = room.get(BRB).json()["content_sha256"]
    assert rules(room.to("released", DIRECTOR)) == ["J-signatures", "J-signatures"]
    assert sign(room, BRB, sha256="0" * 64).status_code == 409
    wrong = sign(room, BRB, password="wrong")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "jta-wrong-password")
    assert sign(room, DRAFTER).status_code == 403
    assert sign(room, BRB).status_code == 200
    assert sign(room, BRB).status_code == 409
    states = {one["party"]: one["state"] for one in room.get(LEAD).json()["signatures"]}
    assert states == {"BRB": "signed", "JAM": "requested"}
    assert room.to("positions", LEAD, reason="x").status_code == 403
    room.went("positions", DIRECTOR, reason="Jamaica asks for it")
    drain()
    assert {one["party"]: one["state"] for one in room.get(LEAD).json()["signatures"]}["BRB"] == "void"
    assert position(room, JAM, "agree").status_code == 200
    room.went("sign_off")
    assert room.get(BRB).json()["content_sha256"] != known
    assert sign(room, BRB, sha256=known).status_code == 409
    assert sign(room, BRB).status_code == 200
    assert room.act(JAM, "refuse_sign", {"text": "Our cabinet has not met."}).status_code == 200
    assert room.to("released", LEAD).status_code == 403
    room.went("released", DIRECTOR)


def test_five_wrong_passwords_and_the_right_one_waits(client_for):
    room = to_be_signed(client_for)
    assert [sign(room, BRB, password="wrong").status_code for _time in range(5)] == [403] * 5
    answer = sign(room, BRB)
    assert (answer.status_code, answer.json()["code"]) == (403, "jta-too-many-tries")
    assert not Signature.objects.exists()


def test_the_release_is_a_report_for_those_cleared_and_a_lower_version_leaves_out_what_is_above(client_for, drain):
    report = a_report_of_barbados(
        client_for, "RIFC.analysis", "JAM.contact", "JAM.intelligence", classification="CONFIDENTIAL"
    )
    high = JUDGEMENT | {"confidence_basis": "Two States report it", "citations": [{"report": report}]}
    room = written(client_for, judgement=high, classification="CONFIDENTIAL")
    low = JUDGEMENT | {"classification": "RESTRICTED", "text": "It is likely that crews carry people until May 2027."}
    room.made(LEAD, "judgements/", low | {"likelihood": "likely"})
    room.went("coordination")
    room.went("positions")
    for who in (BRB, JAM):
        for one in room.get(who, "judgements/").json()["results"]:
            body = {"position": "agree", "judgement_sha256": one["judgement_sha256"]}
            assert room.post(who, f"judgements/{one['id']}/actions/take_position/", body).status_code == 200
    room.went("sign_off")
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    assert room.act(DIRECTOR, "release", {"to": ["GUY.contact"]}).json()["state"] == "released"
    drain()
    shown = room.get(POINTS["JAM"]).json()
    assert shown["review_date"] > timezone.now().date().isoformat()
    full = room[POINTS["JAM"]].get(f"/api/v1/rifc/reports/{shown['report']}/").json()
    assert (full["kind"], full["classification"], full["number"][:8]) == ("jta", "CONFIDENTIAL", "RIFC/TA/")
    assert "Judgement 1" in full["paragraphs"][0]["text"]
    assert "BRB" in full["paragraphs"][-1]["text"]
    assert room[STRANGER].get(f"/api/v1/rifc/reports/{shown['report']}/").status_code == 404
    assert room[SIGNERS["BRB"]].get(f"/api/v1/rifc/reports/{shown['report']}/").status_code == 200
    cut = {"title": "Small craft", "classification": "RESTRICTED", "tlp": "AMBER", "to": ["GUY.contact"]}
    assert room.act(DIRECTOR, "cut", cut).status_code == 200
    lower = Report.objects.get(title="Small craft")
    text = room["guy.contact.officer"].get(f"/api/v1/rifc/reports/{lower.thread}/").json()["paragraphs"]
    assert "carry people" in text[0]["text"]
    assert not any("handguns" in one["text"] for one in text)
    assert room["guy.contact.officer"].get(f"{ALL}{room.key}/").status_code == 404
    recall = {"reason_code": "inaccurate", "text": "It was wrong."}
    assert room.act(DIRECTOR, "recall", recall).json()["state"] == "recalled"
    assert room["guy.contact.officer"].get(f"/api/v1/rifc/reports/{lower.thread}/").status_code == 410


def test_a_recalled_source_or_a_withdrawn_contribution_brings_it_under_review(client_for, drain):
    report = a_report_of_barbados(client_for, "RIFC.analysis", "JAM.contact")
    cited = JUDGEMENT | {"confidence_basis": "one State reports it", "citations": [{"report": report, "para": 1}]}
    room = written(client_for, judgement=cited)
    room.went("coordination")
    room.went("positions")
    assert [position(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    room.went("sign_off")
    assert [sign(room, who).status_code for who in (BRB, JAM)] == [200, 200]
    room.went("released", DIRECTOR)
    drain()
    recall = {"reason_code": "inaccurate", "text": "It was another boat."}
    assert room[BRB].post(f"/api/v1/rifc/reports/{report}/actions/recall/", recall).status_code == 200
    outbox.drain()
    row = room.row
    assert row.state == "under_review"
    assert "1" in row.reason
    day = {"reason": "Two other States report it.", "review_date": "2099-01-01"}
    assert room.act(DIRECTOR, "reaffirm", day).json()["state"] == "released"
    given = room.get(POINTS["BRB"], "contributions/").json()["results"][0]["id"]
    body = {"contribution": given, "reason": "Our source lied."}
    assert room.act(POINTS["JAM"], "withdraw_contribution", body).status_code == 404
    assert room.act(POINTS["BRB"], "withdraw_contribution", body).json()["state"] == "under_review"
    assert Assessment.objects.get().reason == "BRB withdrew its contribution."


@pytest.mark.parametrize(("fmt", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_file_is_marked_and_holds_dissent_and_signatures(client_for, fmt, begins):
    room = to_be_signed(client_for)
    sign(room, BRB)
    answer = room.get(POINTS["JAM"], f"export.{fmt}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]
    assert room.get(STRANGER, f"export.{fmt}").status_code == 404
    assert room.get(LEAD, "export.exe").status_code == 404
