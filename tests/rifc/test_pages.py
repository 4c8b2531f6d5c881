"""The pages of reports: what each seat finds there, and what it may do."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access import outbox
from apps.rifc.actions import drafts, recalls
from apps.rifc.models import ReadLog, Receipt, Report
from tests.rifc.people import (
    AUTHOR,
    GIVEN,
    GUYANA,
    HEAD,
    JAMAICA,
    SECRET_NAME,
    TRINIDAD,
    a_draft,
    approved,
    fresh,
    paragraph,
    receipt,
    shared,
)

pytestmark = pytest.mark.django_db
BOXES = reverse("rifc:reports")


def page(row: Report, name: str = "rifc:report", *more: Any) -> str:
    return reverse(name, args=[row.thread, *more])


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


WRITTEN = {
    "kind": "information_report", "title": "Boats at night", "title_portion": "U", "classification": "RESTRICTED",
    "tlp": "AMBER", "paragraphs-1-text": "Two open boats met it.", "paragraphs-1-portion": "R",
    "paragraphs-1-scheme": "nato6x6", "paragraphs-1-value": "c3", "paragraphs-1-source_type": "human",
    "paragraphs-1-source_ref": SECRET_NAME, "paragraphs-2-text": "", "paragraphs-2-portion": "R",
}  # fmt: skip


def test_a_report_is_written_checked_and_shared_without_a_script(cast, client_for):
    author, head = client_for(AUTHOR), client_for(HEAD)
    made = author.post(reverse("rifc:report_new"), WRITTEN)
    assert made.status_code == 302
    row = Report.objects.get()
    assert (row.title, row.level, row.state) == ("Boats at night", 1, "draft")
    assert "C3" in words(author.get(made["Location"]))
    assert author.post(page(row, "rifc:do", "submit"), {"version": 1}).status_code == 302
    assert head.get(page(row, "rifc:do", "approve")).status_code == 200
    assert head.post(page(row, "rifc:do", "approve")).status_code == 302
    form = author.get(page(row, "rifc:do", "share"))
    assert "RIFC" in words(form)
    assert author.post(page(row, "rifc:do", "share"), {"to": ["JAM.contact"], "ack_required": "1"}).status_code == 302
    assert fresh(row).state == "shared"
    assert "Boats at night" in words(client_for(JAMAICA).get(BOXES))


def test_a_wrong_form_comes_back_with_its_faults_and_what_was_typed(cast, client_for):
    author = client_for(AUTHOR)
    wrong = {**WRITTEN, "tlp": "CLEAR", "paragraphs-1-value": "Z9", "title": ""}
    answer = author.post(reverse("rifc:report_new"), wrong)
    assert answer.status_code == 422
    said = words(answer)
    assert "Enter, for example, B2 in 6×6 or 1AP in 3×5×2" in said
    assert "Two open boats met it." in said
    assert Report.objects.count() == 0
    answer = author.post(reverse("rifc:report_new"), {**WRITTEN, "tlp": "CLEAR"})
    assert (answer.status_code, "goes with UNCLASSIFIED only" in words(answer)) == (422, True)


def test_more_paragraphs_are_added_and_nothing_is_saved(cast, client_for):
    answer = client_for(AUTHOR).post(reverse("rifc:report_new"), {**WRITTEN, "more": "1"})
    assert answer.status_code == 200
    assert "paragraphs-3-text" in answer.content.decode()
    assert "Two open boats met it." in answer.content.decode()
    assert Report.objects.count() == 0


def test_who_would_see_it_is_shown_before_anything_is_shared(cast, client_for):
    author = client_for(AUTHOR)
    plan = {**WRITTEN, "look": "1", "plan": "JAM.contact, CYM", "handling": ["NOASSOC"]}
    for place in (reverse("rifc:report_new"), reverse("rifc:look")):
        said = words(author.post(place, plan))
        assert "While in draft" in said
        assert "After a recall" in said
        assert re.search(r"JAM\s+Jamaica", said)
        assert "CYM.contact: NOASSOC excludes Associate Members" in said
        assert "Guyana" not in said.partition("While in draft")[2].partition("Cannot receive it")[0]
    row = approved(cast)
    said = words(author.post(page(row, "rifc:look_share"), {"to": ["TTO.customs"]}))
    assert re.search(r"TTO\s+Trinidad and Tobago", said)
    assert "JAM" not in said.partition("While in draft")[2]
    assert client_for(JAMAICA).post(page(row, "rifc:look_share"), {"to": ["TTO.customs"]}).status_code == 404


def test_looking_at_who_would_get_it_keeps_the_boxes_and_shares_nothing(cast, client_for):
    row = approved(cast)
    answer = client_for(AUTHOR).post(page(row, "rifc:do", "share"), {"to": ["TTO.customs"], "look": "1"})
    assert answer.status_code == 200
    assert re.search(r"TTO\s+Trinidad and Tobago", words(answer).partition("Who would see it")[2])
    [box] = re.findall(r'<input[^>]*value="TTO.customs"[^>]*>', answer.content.decode())
    assert "checked" in box
    assert fresh(row).state == "approved"


def test_a_verb_that_comes_too_late_keeps_what_was_typed(cast, client_for):
    row, head = approved(cast), client_for(HEAD)
    assert head.get(page(row, "rifc:do", "return")).status_code == 409
    answer = head.post(page(row, "rifc:do", "return"), {"text": "Who saw it?"})
    assert (answer.status_code, "Who saw it?" in answer.content.decode()) == (409, True)


def test_each_page_of_a_verb_leads_to_its_record_and_place(cast, client_for):
    row = shared(cast, "JAM.contact")
    for client, name, more in (
        (client_for(HEAD), "rifc:do", ["recall"]),
        (client_for(JAMAICA), "rifc:forward", []),
        (client_for(JAMAICA), "rifc:ask_release", []),
        (client_for(JAMAICA), "rifc:use", []),
    ):
        text = client.get(page(row, name, *more)).content.decode()
        crumbs = text.partition('class="crumbs"')[2].partition("</ol>")[0]
        assert f'href="{page(row)}">{row.number}</a>' in crumbs, name
        assert f'href="{BOXES}?box=inbox"' in crumbs, name


def test_a_recipient_reads_and_gives_the_receipt(cast, client_for):
    row = shared(cast, "JAM.contact", paragraphs=[paragraph(source_ref=SECRET_NAME)])
    jamaica = client_for(JAMAICA)
    jamaica.get(BOXES)
    assert receipt(row, "JAM.contact").state == "delivered"
    answer = jamaica.get(page(row))
    assert answer.status_code == 200
    said = words(answer)
    assert "RESTRICTED" in said
    assert said.count("TLP:AMBER") >= 3  # head, foot, and the label
    assert "Who has read it" not in said
    assert SECRET_NAME not in said
    assert receipt(row, "JAM.contact").state == "opened"
    assert jamaica.post(page(row, "rifc:acknowledge"), {"edition": "1", "note": "Thank you."}).status_code == 302
    assert receipt(row, "JAM.contact").state == "acknowledged"
    own = words(client_for(HEAD).get(page(row)))
    assert "JAM.contact" in own
    assert "Thank you." in own
    assert SECRET_NAME in own
    assert [log.channel for log in ReadLog.objects.order_by("pk")] == ["web", "web"]


def test_others_find_nothing_at_any_address_of_the_report(cast, client_for):
    row = shared(cast, "JAM.contact")
    guyana = client_for(GUYANA)
    for name in (
        "report",
        "report_revise",
        "report_next",
        "report_sanitise",
        "report_compare",
        "forward",
        "ask_release",
    ):
        assert guyana.get(page(row, f"rifc:{name}")).status_code == 404, name
    for name in ("acknowledge", "answer_recall", "look_share"):
        assert guyana.post(page(row, f"rifc:{name}"), {}).status_code == 404, name
    assert guyana.post(page(row, "rifc:do", "recall"), {"reason_code": "other", "text": "x"}).status_code == 404
    assert "Vessel movements" not in words(guyana.get(BOXES))
    assert "Vessel movements" not in words(guyana.get(reverse("search"), {"q": "Vessel"}))


def test_a_recall_leaves_a_page_with_the_reason_and_the_question_after_the_copies(cast, client_for):
    row = shared(cast, "JAM.contact")
    jamaica, head = client_for(JAMAICA), client_for(HEAD)
    jamaica.get(page(row))
    form = head.get(page(row, "rifc:do", "recall"))
    assert form.status_code == 200
    body = {"reason_code": "wrong_recipient", "text": "Sent to the wrong desk."}
    assert head.post(page(row, "rifc:do", "recall"), body).status_code == 302
    gone = jamaica.get(page(row))
    assert gone.status_code == 410
    assert "Sent to the wrong desk." in words(gone)
    assert "Vessel movements" not in words(gone)
    wrong = jamaica.post(page(row, "rifc:answer_recall"), {"result": "cannot"})
    assert (wrong.status_code, "Enter why the copies cannot be removed" in words(wrong)) == (422, True)
    done = jamaica.post(page(row, "rifc:answer_recall"), {"result": "confirmed_removed", "text": "One print."})
    assert done.status_code == 302
    assert "Copies removed" in words(jamaica.get(page(row)))
    own = head.get(page(row))
    assert "One print." in words(own)
    [close] = re.findall(r'action="(/rifc/answers/[^"]+)"', own.content.decode())
    assert head.post(close).status_code == 302
    assert "Closed" in words(head.get(page(row)))


def test_versions_are_compared_paragraph_by_paragraph(cast, client_for):
    row = shared(cast, "JAM.contact")
    given = {**GIVEN, "title": "Vessel movements, corrected", "paragraphs": [paragraph("It lay there from 21:00.")]}
    again = drafts.supersede_rifc_report(cast[AUTHOR], None, of=row, **given)
    author = client_for(AUTHOR)
    answer = author.get(page(row, "rifc:report_compare"))
    assert answer.status_code == 200
    assert "<ins>" in answer.content.decode()
    assert client_for(JAMAICA).get(page(row, "rifc:report_compare")).status_code == 404
    assert author.get(page(row), {"v": 1}).status_code == author.get(page(row), {"v": 2}).status_code == 200
    assert author.get(page(row), {"v": 3}).status_code == 404
    assert again.thread == row.thread


def test_a_release_is_asked_for_and_decided_on_pages(cast, client_for):
    row = shared(cast, "JAM.contact")
    jamaica, head, trinidad = client_for(JAMAICA), client_for(HEAD), client_for(TRINIDAD)
    assert jamaica.get(page(row, "rifc:ask_release")).status_code == 200
    refused = jamaica.post(page(row, "rifc:ask_release"), {"to": ["JAM.customs"], "purpose": "policy"})
    assert (refused.status_code, "point of contact" in words(refused) or "without asking" in words(refused)) == (
        422,
        True,
    )
    asked = jamaica.post(page(row, "rifc:ask_release"), {"to": ["TTO.contact"], "purpose": "policy", "note": "Talks."})
    assert asked.status_code == 302
    assert "Talks." in words(head.get(asked["Location"]))
    assert "Decide on the release" in words(head.get(reverse("people:desk")))
    assert trinidad.get(asked["Location"]).status_code == 404
    place = asked["Location"] + "decide/"
    assert head.get(place).status_code == 200
    assert head.post(place, {"decision": "approve", "conditions": "For the talks alone."}).status_code == 302
    assert "For the talks alone." in words(trinidad.get(page(row)))
    for who in (jamaica, head):
        assert who.get(reverse("rifc:requests")).status_code == 200


def test_the_point_of_contact_passes_on_inside_its_state(cast, client_for):
    row = shared(cast, "JAM.contact")
    customs = client_for("jam.customs.officer")
    assert customs.get(page(row)).status_code == 404
    jamaica = client_for(JAMAICA)
    abroad = jamaica.post(page(row, "rifc:forward"), {"to": ["TTO.contact"]})
    assert (abroad.status_code, "Request release" in words(abroad)) == (422, True)
    assert jamaica.post(page(row, "rifc:forward"), {"to": ["JAM.customs"]}).status_code == 302
    assert customs.get(page(row)).status_code == 200
    assert customs.post(page(row, "rifc:forward"), {"to": ["JAM.border"]}).status_code == 403  # AMBER: not by a reader
    assert Receipt.objects.get(report=row, desk__code="JAM.customs").basis == "internal-forward"


def test_my_desk_says_what_waits_and_the_bell_its_number_alone(cast, client_for):
    row = shared(cast, "JAM.contact")
    outbox.drain()
    jamaica = client_for(JAMAICA)
    said = words(jamaica.get(reverse("people:desk")))
    assert "Read a new report" in said
    assert row.title in said
    assert row.number in said
    inbox = words(jamaica.get(reverse("notices:inbox")))
    assert row.number in inbox
    assert row.title not in inbox
    recalls.recall_rifc_report(cast[HEAD], fresh(row), reason_code="other", text="Withdrawn.")
    outbox.drain()
    assert "Confirm the recall" in words(jamaica.get(reverse("people:desk")))
    assert "Vessel" not in words(client_for(GUYANA).get(reverse("notices:inbox")))


def test_drafts_are_seen_by_their_own_desk_alone(cast, client_for):
    row = a_draft(cast)
    assert client_for("brb.contact.head").get(page(row)).status_code == 404
    assert client_for(AUTHOR).get(page(row, "rifc:report_revise")).status_code == 200
    author = client_for(AUTHOR)
    changed = {**WRITTEN, "title": "Boats by day", "version": row.version}
    assert author.post(page(row, "rifc:report_revise"), changed).status_code == 302
    assert fresh(row).title == "Boats by day"
    assert "Boats by day" in words(author.get(BOXES, {"box": "drafts"}))


def test_a_variant_needs_its_checklist_and_a_second_person(cast, client_for):
    row = shared(cast, "JAM.contact")
    author = client_for(AUTHOR)
    short = author.post(page(row, "rifc:report_sanitise"), WRITTEN)
    assert (short.status_code, "Check each of these first" in words(short)) == (422, True)
    ticks = ["source", "times_places", "method", "access", "third_persons"]
    made = author.post(page(row, "rifc:report_sanitise"), {**WRITTEN, "checklist": ticks, "tlp": "GREEN"})
    assert made.status_code == 302
    variant = Report.objects.get(variant_of=row)
    assert author.post(page(variant, "rifc:do", "self_approve")).status_code == 403
