"""Requests as people work on them, page by page."""

from typing import Any

import pytest
from django.urls import reverse

from apps.exchange.actions import answers, requests
from apps.exchange.models import Answer, AnswerDraft, Request
from tests.exchange.people import (
    CAYMAN,
    HEAD,
    JAMAICA,
    OFFICER,
    TRINIDAD,
    a_draft,
    answered,
    fresh,
    part,
    sent,
)
from tests.rifc.people import shared

pytestmark = pytest.mark.django_db
FORM = {
    "subject": "Open boats",
    "questions": "Which boats?\nWere any sold?",
    "purpose": "To find them.",
    "legal_basis": "MoU",
    "priority": "routine",
    "classification": "1",
    "tlp": "AMBER",
    "negative_wanted": "on",
    "variants-1-to": ["JAM.contact", "TTO.customs"],
    "variants-1-text": "Blue over white.",
    "variants-2-to": "CYM",
    "variants-2-text": "Boats.",
    "variants-2-questions": "Which?\nSold?",
    "subjects-1-kind": "phone",
    "subjects-1-value": "246 555 0142",
    "subjects-2-kind": "phone",
    "subjects-2-value": "",
}


def page(client: Any, name: str, *args: Any, **params: Any) -> str:
    answer = client.get(reverse(f"exchange:{name}", args=args), params)
    assert answer.status_code == 200, (name, answer.status_code)
    text: str = answer.content.decode()
    return text


def test_a_request_is_written_with_a_text_for_each_circle_sent_and_read(client_for: Any) -> None:
    author = client_for(OFFICER)
    made = author.post(reverse("exchange:new"), FORM)
    assert made.status_code == 302, made.content.decode()
    row = Request.objects.get()
    assert row.questions == ["Which boats?", "Were any sold?"]
    text = page(author, "request", row.pk)
    assert "Who was asked" not in text, "nobody is, before it is sent"
    assert "JAM.contact, TTO.customs" in text
    texts = page(author, "texts", row.pk)
    assert "<del>" in texts
    assert "<ins>" in texts
    head = client_for(HEAD)
    assert head.post(reverse("exchange:do", args=[row.pk, "send"])).status_code == 302
    jamaica, cayman = page(client_for(JAMAICA), "request", row.pk), page(client_for(CAYMAN), "request", row.pk)
    assert "Blue over white." in jamaica
    assert "Were any sold?" in jamaica
    assert "Sold?" in cayman
    assert "Blue over white." not in cayman
    assert "TTO.customs" in page(head, "request", row.pk)


def test_another_text_is_added_without_losing_what_was_typed(client_for: Any) -> None:
    answer = client_for(OFFICER).post(reverse("exchange:new"), {**FORM, "more": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "variants-3-text" in text
    assert "Blue over white." in text
    assert 'value="TTO.customs' in text
    assert not Request.objects.exists()


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_lost(client_for: Any) -> None:
    answer = client_for(OFFICER).post(
        reverse("exchange:new"), {**FORM, "variants-2-to": "JAM", "subjects-1-value": "call me"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "JAM would get two texts" in text
    assert "Blue over white." in text


def test_a_draft_is_changed_on_its_page_until_it_is_sent(cast: Any, client_for: Any) -> None:
    row = a_draft(cast)
    author = client_for(OFFICER)
    assert "Blue over white" in page(author, "change", row.pk)
    done = author.post(reverse("exchange:change", args=[row.pk]), {**FORM, "version": "1"})
    assert done.status_code == 302, done.content.decode()
    assert fresh(row).subject == "Open boats"
    requests.send_rfi(cast[HEAD], fresh(row))
    assert author.get(reverse("exchange:change", args=[row.pk])).status_code == 409


def test_an_answer_is_written_beside_what_is_held_kept_and_sent(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    jamaica = client_for(JAMAICA)
    assert jamaica.post(reverse("exchange:do", args=[row.pk, "accept"])).status_code == 302
    place = reverse("exchange:answer", args=[row.pk])
    typed = {
        "internal": "Heron saw DB-4417 at Demo Bay.",
        "classification": "1",
        "tlp": "AMBER",
        "answers-1-n": "1",
        "answers-1-kind": "full",
        "answers-1-text": "The boat DB-4417 was seen.",
        "answers-2-n": "2",
        "answers-2-kind": "nothing_held",
        "answers-2-text": "",
    }
    looked = jamaica.post(place, {**typed, "look": "1"})
    assert looked.status_code == 200
    assert "number: <b>DB-4417</b>" in looked.content.decode()
    assert not Answer.objects.exists()
    assert AnswerDraft.objects.get().internal.startswith("Heron")
    assert jamaica.post(place, typed).status_code == 302
    assert part(row, "JAM.contact").state == "answered"
    assert not AnswerDraft.objects.exists()
    text = page(client_for(OFFICER), "request", row.pk)
    assert "The boat DB-4417 was seen." in text
    assert "Heron" not in text


def test_the_form_of_an_answer_offers_the_reports_that_the_asking_desk_has(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    of_jamaica = {"author": "jam.intelligence.officer", "head": "jam.intelligence.head"}
    had = shared(cast, "BRB.intelligence", "JAM.contact", title="Boats sold", **of_jamaica)
    shared(cast, "TTO.contact", "JAM.contact", title="Not for Barbados", **of_jamaica)
    shared(cast, "JAM.contact", title="Of Barbados itself")
    text = page(client_for(JAMAICA), "answer", row.pk)
    assert f"{had.number}: Boats sold" in text
    assert "Not for Barbados" not in text
    assert "Of Barbados itself" not in text


def test_an_answer_that_comes_too_late_is_kept_and_the_page_says_so(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    requests.cancel_rfi(cast[OFFICER], row, reason="Found.")
    typed = {"answers-1-n": "1", "answers-1-kind": "full", "answers-1-text": "Two boats.", "classification": "1"}
    answer = client_for(JAMAICA).post(reverse("exchange:answer", args=[row.pk]), typed)
    assert answer.status_code == 409
    assert "Your desk keeps what you have typed" in answer.content.decode()
    assert "Two boats." in page(client_for(JAMAICA), "answer", row.pk)
    assert "Withdrawn." in page(client_for(JAMAICA), "request", row.pk)


def test_the_asker_finds_its_buttons_at_each_desk(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    answers.ask_rfi_question(cast[JAMAICA], part(row, "JAM.contact"), text="Which harbour?")
    officer = client_for(OFFICER)
    text = page(officer, "request", row.pk)
    assert "Which harbour?" in text
    reply = f"{reverse('exchange:do', args=[row.pk, 'reply'])}?desk=JAM.contact"
    assert reply in text
    assert 'value="JAM.contact"' in officer.get(reply).content.decode()
    done = officer.post(reply, {"desk": "JAM.contact", "text": "Demo Harbour."})
    assert done.status_code == 302
    assert "Demo Harbour." in page(client_for(JAMAICA), "request", row.pk)
    assert "Demo Harbour." not in page(client_for(TRINIDAD), "request", row.pk)


def test_a_verb_of_the_other_side_is_refused_and_one_that_comes_too_late_keeps_what_was_typed(
    cast: Any, client_for: Any
) -> None:
    row = sent(cast)
    of = lambda verb: reverse("exchange:do", args=[row.pk, verb])  # noqa: E731
    for who, verb in ((OFFICER, "accept"), (JAMAICA, "cancel")):
        for answer in (client_for(who).get(of(verb)), client_for(who).post(of(verb), {"reason": "x"})):
            assert answer.status_code == 403, (who, verb)
    requests.cancel_rfi(cast[OFFICER], row, reason="Found.")
    late = client_for(OFFICER).post(of("cancel"), {"reason": "The boats were found."})
    assert (late.status_code, "The boats were found." in late.content.decode()) == (409, True)


def test_boxes_filters_and_the_empty_board(cast: Any, client_for: Any) -> None:
    assert "No requests" in page(client_for(JAMAICA), "requests")
    row = sent(cast)
    a_draft(cast, subject="A draft")
    board = page(client_for(OFFICER), "requests", box="asked")
    assert "0 of 2 done" in board
    assert "A draft" in board
    assert row.number in page(client_for(JAMAICA), "requests", q=row.number[:12])
    assert "No matching requests" in page(client_for(JAMAICA), "requests", q="nothing like it")
    assert "No matching requests" in page(client_for(JAMAICA), "requests", show="late")
    answered(cast, row, JAMAICA)
    assert "No requests" in page(client_for(JAMAICA), "requests")
    assert row.number in page(client_for(JAMAICA), "requests", show="all")
    assert client_for(JAMAICA).get(reverse("exchange:requests"), {"before": "nonsense"}).status_code == 404


def test_a_search_finds_only_the_subject_that_the_desk_reads(cast: Any, client_for: Any) -> None:
    sent(
        cast,
        subject="Lighthouse boats",
        variants=[{"to": ["JAM.contact"], "subject": "Boats at sea"}, {"to": ["TTO.contact"]}],
    )
    assert "No matching requests" in page(client_for(JAMAICA), "requests", q="lighthouse")
    assert "Boats at sea" in page(client_for(JAMAICA), "requests", q="at sea")
    assert "Lighthouse boats" in page(client_for(TRINIDAD), "requests", q="lighthouse")
    assert "Lighthouse" not in page(client_for(JAMAICA), "requests")


def test_my_desk_says_what_waits_and_what_was_asked(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    mine = client_for(JAMAICA).get(reverse("people:desk")).content.decode()
    assert f"Barbados asks: {row.subject}" in mine
    assert row.number in mine
    asked = client_for(OFFICER).get(reverse("people:desk"), {"show": "waiting"}).content.decode()
    assert f"Answer from Jamaica: {row.subject}" in asked
    assert row.number in asked
    answered(cast, row, JAMAICA)
    answered(cast, row, TRINIDAD)
    assert "all desks have answered" in client_for(OFFICER).get(reverse("people:desk")).content.decode()


def test_a_notice_opens_the_request_and_the_watchs_opens_the_overview(cast: Any, client_for: Any, drain: Any) -> None:
    row = sent(cast)
    drain()
    mine = part(row, "JAM.contact")
    opened = client_for(JAMAICA).get(reverse("exchange:part", args=[mine.pk]))
    assert opened["Location"] == reverse("exchange:request", args=[row.pk])
    watch = client_for("rifc.watch.officer").get(reverse("exchange:route", args=[mine.pk]))
    assert watch["Location"].startswith(reverse("exchange:overview"))
    assert client_for(CAYMAN).get(reverse("exchange:route", args=[mine.pk])).status_code == 404
