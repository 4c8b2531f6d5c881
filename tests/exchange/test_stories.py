"""Requests from the first word to the last, played by those who ask and those who are asked."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.exchange.actions import answers, drafts, requests
from apps.exchange.models import Addressee, Answer, AnswerDraft, Message, Question
from apps.exchange.queries import requests as queries
from tests.exchange.people import (
    CAYMAN,
    HEAD,
    JAMAICA,
    OFFICER,
    TO_JAMAICA,
    TRINIDAD,
    a_draft,
    answered,
    fresh,
    part,
    sent,
)
from tests.rifc.people import shared

pytestmark = pytest.mark.django_db


def test_each_desk_is_asked_with_its_own_text_and_the_request_is_answered_when_the_last_one_has(cast: Any) -> None:
    row = sent(cast)
    assert (row.state, part(row, "JAM.contact").variant.text) == ("sent", TO_JAMAICA["text"])
    answers.accept_rfi(cast[JAMAICA], part(row, "JAM.contact"))
    assert fresh(row).state == "in_progress"
    answered(cast, row, JAMAICA)
    assert fresh(row).state == "in_progress"
    answered(cast, row, TRINIDAD, "nothing_held", "")
    assert fresh(row).state == "answered"
    closed = requests.close_rfi(cast[OFFICER], fresh(row), feedback="useful")
    assert (closed.state, closed.feedback) == ("closed", "useful")


def test_a_releasing_officer_sends_and_no_other(cast: Any) -> None:
    row = a_draft(cast)
    with pytest.raises(Refused) as refusal:
        requests.send_rfi(cast[OFFICER], row)
    assert refusal.value.code == "needs-releasing-officer"
    assert requests.send_rfi(cast[HEAD], row).state == "sent"


def test_the_number_counts_nothing(cast: Any) -> None:
    one, two = sent(cast), sent(cast)
    assert one.number.startswith(f"RFI-{timezone.now().year}-BRB-")
    assert one.number != two.number
    assert not one.number.rstrip("-").endswith("0001")


def test_a_part_of_an_answer_leaves_its_question_open(cast: Any) -> None:
    row = sent(cast)
    mine = part(row, "JAM.contact")
    done = answers.answer_rfi(cast[JAMAICA], mine, answers=[{"n": 1, "kind": "partial", "text": "One boat."}])
    assert (done.state, done.accepted_at is not None) == ("partial", True)
    more = [{"n": 1, "kind": "nothing_held"}, {"n": 2, "kind": "neither_confirm_nor_deny"}]
    assert answers.answer_rfi(cast[JAMAICA], fresh(mine), answers=more).state == "answered"
    assert Answer.objects.filter(addressee=mine).count() == 3


def test_a_refusal_gives_a_code_of_the_list_and_takes_no_words(cast: Any) -> None:
    row = sent(cast)
    refused = answers.refuse_rfi(cast[JAMAICA], part(row, "JAM.contact"), reason="not_further_specified")
    assert (refused.state, refused.reason) == ("refused", "not_further_specified")
    assert set(answers.refuse_rfi.spec.takes) == {"reason"}
    with pytest.raises(ValidationError, match="has no text"):
        answers.answer_rfi(
            cast[TRINIDAD],
            part(row, "TTO.contact"),
            answers=[{"n": 1, "kind": "refused", "text": "We hold it but may not say."}],
        )


def test_at_another_desk_an_officer_cannot_refuse_alone(cast: Any) -> None:
    row = sent(cast, variants=[{"to": ["JAM.customs"], "text": "Engines."}])
    with pytest.raises(Refused) as refusal:
        answers.refuse_rfi(cast["jam.customs.officer"], part(row, "JAM.customs"), reason="national_law")
    assert refusal.value.code == "needs-releasing-officer"


def test_a_question_back_and_its_reply_stay_between_two_desks(cast: Any) -> None:
    row = sent(cast)
    answers.ask_rfi_question(cast[JAMAICA], part(row, "JAM.contact"), text="Which harbour?", n=1)
    requests.reply_to_rfi_question(cast[OFFICER], fresh(row), desk="JAM.contact", text="Demo Harbour East.")
    assert [one.text for one in Message.objects.visible_to(cast[JAMAICA]).order_by("pk")] == [
        "Which harbour?",
        "Demo Harbour East.",
    ]
    assert not Message.objects.visible_to(cast[TRINIDAD]).exists()


def test_the_point_of_contact_passes_a_request_on_inside_its_state_alone(cast: Any) -> None:
    row = sent(cast)
    offered = [code for code, _label in _choices(cast[JAMAICA], part(row, "JAM.contact"))]
    assert "JAM.customs" in offered
    assert all(code.startswith("JAM.") for code in offered)
    answers.transfer_rfi(cast[JAMAICA], part(row, "JAM.contact"), to="JAM.customs")
    new = part(row, "JAM.customs")
    assert (part(row, "JAM.contact").state, new.state, fresh(row).state) == ("transferred", "received", "sent")
    assert new.due_at == part(row, "JAM.contact").due_at
    assert [one.text for one in Question.objects.filter(addressee=new).order_by("n")] == row.questions


def _choices(actor: Any, row: Any) -> Any:
    from apps.access.forms import form_for_verb

    return form_for_verb("rfi_addressee.transfer")(actor=actor, row=row).fields["to"].choices


def test_passing_to_a_desk_that_was_asked_itself_tells_nothing_and_doubles_nothing(cast: Any) -> None:
    row = sent(cast, variants=[{"to": ["JAM.contact", "JAM.customs"], "text": "Engines."}])
    done = answers.transfer_rfi(cast[JAMAICA], part(row, "JAM.contact"), to="JAM.customs")
    assert done.state == "transferred"
    assert Addressee.objects.filter(request=row, owner__code="JAM.customs").count() == 1


def test_more_time_is_asked_for_and_given(cast: Any) -> None:
    row = sent(cast)
    mine = answers.accept_rfi(cast[JAMAICA], part(row, "JAM.contact"))
    later = mine.due_at + datetime.timedelta(days=5)
    answers.ask_rfi_extension(cast[JAMAICA], mine, due=later, reason="The harbour master is away.")
    done = requests.extend_rfi(cast[OFFICER], fresh(row), desk="JAM.contact")
    assert (part(row, "JAM.contact").due_at, done.due_at) == (later, later)
    assert part(row, "TTO.contact").due_at < later
    with pytest.raises(ValidationError, match="later"):
        requests.extend_rfi(cast[OFFICER], fresh(row), desk="JAM.contact", due=later)


def test_who_has_answered_can_be_asked_further_and_its_questions_count_on(cast: Any) -> None:
    row = sent(cast)
    answered(cast, row, JAMAICA)
    answers.refuse_rfi(cast[TRINIDAD], part(row, "TTO.contact"), reason="out_of_remit")
    again = requests.follow_up_rfi(cast[OFFICER], fresh(row), questions=["Who bought them?"])
    mine = part(row, "JAM.contact")
    assert (again.state, mine.state, part(row, "TTO.contact").state) == ("in_progress", "accepted", "refused")
    assert [one.n for one in Question.objects.filter(addressee=mine).order_by("n")] == [1, 2, 3]
    answers.answer_rfi(cast[JAMAICA], mine, answers=[{"n": 3, "kind": "full", "text": "One buyer."}])
    assert fresh(row).state == "answered"


def test_a_desk_that_is_no_longer_asked_does_not_keep_the_request_open(cast: Any) -> None:
    row = sent(cast)
    answered(cast, row, JAMAICA)
    assert requests.withdraw_rfi(cast[OFFICER], fresh(row), desk="TTO.contact").state == "answered"
    assert part(row, "TTO.contact").state == "withdrawn"


def test_what_is_typed_is_kept_when_the_request_is_cancelled_and_cannot_be_sent(cast: Any) -> None:
    row = sent(cast)
    mine = part(row, "JAM.contact")
    typed = [{"n": "1", "kind": "full", "text": "Two boats, half a sentence"}]
    answers.save_rfi_answer_draft(cast[JAMAICA], None, of=mine, answers=typed, internal="Our harbour book.")
    requests.cancel_rfi(cast[OFFICER], fresh(row), reason="Found them.")
    with pytest.raises(Refused) as refusal:
        answers.answer_rfi(cast[JAMAICA], fresh(mine), answers=[{"n": 1, "kind": "full", "text": "Two boats."}])
    assert (refusal.value.reason, refusal.value.code) == ("wrong-state", "not-asked-any-more")
    answers.save_rfi_answer_draft(cast[JAMAICA], None, of=mine, answers=typed, internal="Our harbour book, more of it.")
    draft = queries.draft_of(cast[JAMAICA], fresh(mine))
    assert draft is not None
    assert draft.internal.endswith("more of it.")
    assert not AnswerDraft.objects.visible_to(cast[OFFICER]).exists()


def test_an_answer_names_a_report_that_the_asking_desk_has(cast: Any) -> None:
    row = sent(cast, variants=[{"to": ["JAM.contact"], "text": "Boats."}])
    mine = part(row, "JAM.contact")
    of_jamaica = {"author": "jam.intelligence.officer", "head": "jam.intelligence.head"}
    theirs = shared(cast, "TTO.contact", **of_jamaica)
    ours = shared(cast, "BRB.intelligence", orcon=True, **of_jamaica)
    foreign = shared(cast, "JAM.contact")
    for wrong in (theirs.thread, foreign.thread, "not-an-id"):
        with pytest.raises(ValidationError, match="Name a report of your own State that the requesting desk has"):
            answers.answer_rfi(cast[JAMAICA], mine, answers=[{"n": 1, "kind": "full", "report": str(wrong)}])
    answers.answer_rfi(cast[JAMAICA], mine, answers=[{"n": 1, "kind": "full", "report": str(ours.thread)}])
    [said] = Answer.objects.filter(addressee=mine)
    assert (said.report, said.orcon) == (ours.thread, True)


def test_nothing_goes_out_if_one_desk_may_not_have_it(cast: Any) -> None:
    secret = a_draft(cast, author=HEAD, classification=2, variants=[{"to": ["JAM.contact", "TTO.customs"]}])
    assert requests.send_rfi(cast[HEAD], secret).state == "sent"
    row = a_draft(cast, variants=[{"to": ["community"], "text": "To all."}])
    assert requests.send_rfi(cast[HEAD], row).state == "sent"
    assert not Addressee.objects.filter(request=row, owner__party="BRB").exists()


def test_a_request_without_purpose_basis_or_addressee_stays_a_draft(cast: Any) -> None:
    row = a_draft(cast, purpose="", legal_basis="", variants=[])
    with pytest.raises(BrokenRules) as broken:
        requests.send_rfi(cast[HEAD], row)
    assert [one["rule"] for one in broken.value.findings] == ["R1", "R3", "R4"]
    assert fresh(row).state == "draft"


def test_one_state_in_two_texts_is_refused_whatever_its_desks(cast: Any) -> None:
    many = [{"to": ["community"], "text": "To all."}, {"to": ["JAM.customs"], "text": "To one more."}]
    for wrong in (many, [TO_JAMAICA, TO_JAMAICA], [{"to": ["JAM"]}, {"to": ["JAM.customs"]}]):
        with pytest.raises(BrokenRules) as broken:
            a_draft(cast, variants=wrong)
        assert [one["rule"] for one in broken.value.findings] == ["R2"]


def test_a_variant_is_not_marked_above_its_request_and_asks_as_many_questions(cast: Any) -> None:
    for wrong in ({"classification": "CONFIDENTIAL"}, {"questions": ["Only one?"]}, {"tlp": "RED"}):
        with pytest.raises(ValidationError):
            a_draft(cast, variants=[{"to": ["JAM"], **wrong}])


def test_a_draft_is_changed_with_its_texts(cast: Any) -> None:
    row = a_draft(cast)
    done = drafts.change_rfi(
        cast[OFFICER], row, subject="Boats", questions=["One?"], variants=[{"to": ["CYM"], "text": "Boats."}]
    )
    assert (done.subject, done.questions) == ("Boats", ["One?"])
    requests.send_rfi(cast[HEAD], done)
    assert [one.owner.code for one in Addressee.objects.filter(request=row)] == ["CYM.contact"]
    assert part(row, "CYM.contact").state == "received"
    answers.accept_rfi(cast[CAYMAN], part(row, "CYM.contact"))
