"""A report from its request to its transmission, through the acts of its people."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.documents.models import IssuedDocument
from apps.documents.queries.issued_documents import of_file
from apps.notices.models import Notice
from apps.reports import actions
from apps.reports.models import Clearance, Fact, HandEdit, RenderedSentence, Report, Transmission
from tests.reports import people
from tests.reports.people import BARBADOS, JAMAICA, MANAGER, OFFICER, clearance, fresh, sentence

pytestmark = pytest.mark.django_db


def test_a_compiled_report_keeps_each_sentence_with_the_records_it_comes_from(cast):
    report = people.compiled(cast)
    assert (report.reference, report.draft, report.state) == ("OAS/2008/01", 1, "compiled")
    assert report.request == Fact.objects.get(code="request.OAS")
    row = sentence(report, "A2")
    assert row.text == "Ten of the fifteen Member States currently use it."
    assert row.stretches[0] == ["Ten of the fifteen", True]
    assert row.rows
    assert len(row.sha256) == 64
    assert RenderedSentence.objects.filter(report=report, draft=1).count() == 33


def test_the_same_days_give_the_same_sentences_again(cast):
    first, second = people.compiled(cast), people.compiled(cast)
    assert second.reference == "OAS/2008/02"
    hashes = [
        list(RenderedSentence.objects.filter(report=one).order_by("position").values_list("sha256", flat=True))
        for one in (first, second)
    ]
    assert hashes[0] == hashes[1]


def test_a_hand_writes_between_the_figures_and_the_track_of_it_stays(cast):
    report = people.compiled(cast)
    report = actions.edit_report_sentence(
        cast[OFFICER], report, key="A2", text="Today Ten of the fifteen Member States  use it daily."
    )
    row = sentence(report, "A2")
    assert row.hand == row.said == "Today Ten of the fifteen Member States use it daily."
    assert row.text.startswith("Ten of the fifteen Member States currently")
    edit = HandEdit.objects.get(report=report)
    assert (edit.before, edit.after, edit.desk.code) == (row.text, row.hand, "IMPACS.secretariat")
    report = actions.edit_report_sentence(cast[OFFICER], report, key="A2", text="")
    assert sentence(report, "A2").said == row.text
    assert HandEdit.objects.filter(report=report).count() == 2


@pytest.mark.parametrize(
    ("key", "text", "field", "said"),
    [
        ("A2", "Eleven of the fifteen Member States use it.", "text", "Keep “Ten of the fifteen”"),
        ("C2", "Barbados and Jamaica can receive them.", "text", "correct the fact"),
        ("A2", "Ten of the fifteen Member States currently use it.", "text", "Change the text, or cancel"),
        ("ZZ", "Words.", "key", "No sentence of the report has this code"),
    ],
)
def test_a_figure_is_never_typed(cast, key, text, field, said):
    report = people.compiled(cast)
    with pytest.raises(ValidationError) as wrong:
        actions.edit_report_sentence(cast[OFFICER], report, key=key, text=text)
    assert said in wrong.value.message_dict[field][0]
    assert not HandEdit.objects.exists()


def test_a_gap_is_not_filled_by_hand_and_keeps_the_report_from_clearance(cast):
    report = people.compiled(cast, as_of=datetime.date(2007, 3, 15))
    assert sentence(report, "L1").gap_reason
    with pytest.raises(ValidationError, match="has a gap"):
        actions.edit_report_sentence(cast[OFFICER], report, key="L1", text="In reply to your letter.")
    with pytest.raises(ValidationError, match="Sentences with a gap: L1"):
        actions.send_report_to_clearance(cast[OFFICER], report)


def test_a_figure_that_moved_takes_the_hands_words_with_it_and_waits_to_be_accepted(cast):
    report = people.compiled(cast)
    report = actions.edit_report_sentence(
        cast[OFFICER], report, key="P1", text="The pillar comes before the fifth meeting of Ministers in February 2008."
    )
    people.corrected(cast, "meeting.CONSLE.5", month={"month": "2008-03"})
    report = actions.refresh_report(cast[OFFICER], report)
    row = sentence(report, "P1")
    assert (report.draft, row.moved) == (2, True)
    assert row.was.endswith("in February 2008.")
    assert row.hand == "The pillar comes before the fifth meeting of Ministers in March 2008."
    with pytest.raises(ValidationError, match="not yet accepted: P1, D3"):
        actions.send_report_to_clearance(cast[OFFICER], report)
    report = actions.accept_moved_figures(cast[OFFICER], report, key="P1")
    report = actions.accept_moved_figures(cast[OFFICER], report)
    assert not RenderedSentence.objects.filter(report=report, draft=2, moved=True).exists()
    with pytest.raises(ValidationError, match="No figure here has changed since the last draft"):
        actions.accept_moved_figures(cast[OFFICER], report)


def test_a_figure_that_moved_and_was_not_accepted_still_shows_in_the_next_draft(cast):
    report = people.compiled(cast)
    people.corrected(cast, "meeting.CONSLE.5", n=6)
    report = actions.refresh_report(cast[OFFICER], report)
    report = actions.refresh_report(cast[OFFICER], report)
    row = sentence(report, "P1")
    assert (report.draft, row.moved) == (3, True)
    assert "fifth" in row.was
    people.corrected(cast, "meeting.CONSLE.5", n=5)
    report = actions.refresh_report(cast[OFFICER], report)
    assert not sentence(report, "P1").moved


def test_states_named_in_sensitive_sentences_are_asked_about_these_alone(cast):
    report = people.in_clearance(cast)
    asked = {row.party_id: row.keys for row in Clearance.objects.filter(report=report)}
    assert asked == {
        "ATG": ["D1"], "BRB": ["C2", "C3"], "GUY": ["D1"], "JAM": ["C2", "D1"], "LCA": ["C2", "C3"],
        "TTO": ["C2", "C3", "D1"],
    }  # fmt: skip
    outbox.drain()
    told = Notice.objects.filter(code="report.sentence_clearance")
    assert set(told.values_list("owner__code", flat=True)) == {f"{code}.ministry" for code in asked}
    with pytest.raises(ValidationError, match="Not yet approved by ATG, BRB"):
        actions.approve_report(cast[MANAGER], report)


def test_an_objection_takes_the_list_and_leaves_the_count(cast):
    report = people.in_clearance(cast)
    actions.object_to_sentences(cast[JAMAICA], clearance(report, "JAM"), comment="Our studies are not public.")
    assert sentence(report, "D1").said == "Studies of the effects of deportees in four Member States are complete."
    assert sentence(report, "C2").said == "Four of the fifteen Member States can already receive electronic manifests."
    assert "Barbados" in sentence(report, "C3").said
    actions.return_report(cast[OFFICER], fresh(report), key="C3", comment="Shorter.")
    report = actions.compile_report(cast[OFFICER], fresh(report))
    assert sentence(report, "D1").unnamed
    report = actions.send_report_to_clearance(cast[OFFICER], accepted(cast, report))
    asked = Clearance.objects.filter(report=report, state="asked")
    assert set(asked.values_list("party_id", flat=True)) == {"BRB", "LCA", "TTO"}


def accepted(cast, report):
    rows = RenderedSentence.objects.filter(report=report, draft=report.draft, moved=True)
    return actions.accept_moved_figures(cast[OFFICER], report) if rows.exists() else report


def test_a_state_returns_the_report_with_a_comment_and_the_other_questions_end(cast):
    report = people.in_clearance(cast)
    with pytest.raises(ValidationError, match="You are asked about C2, D1"):
        actions.return_sentence_clearance(cast[JAMAICA], clearance(report, "JAM"), key="P1", comment="No.")
    actions.return_sentence_clearance(cast[JAMAICA], clearance(report, "JAM"), key="C2", comment="Only sea manifests.")
    report = fresh(report)
    assert (report.state, report.reason) == ("returned", "C2: Only sea manifests.")
    assert set(Clearance.objects.filter(report=report).values_list("state", flat=True)) == {"returned", "ended"}
    with pytest.raises(Refused) as refusal:
        actions.agree_sentences(cast[BARBADOS], clearance(report, "BRB"))
    assert refusal.value.code == "clearance-over"


def test_no_answer_by_the_day_leaves_the_names_out(cast):
    from apps.reports.tasks import new_day

    report = people.in_clearance(cast)
    due = clearance(report, "JAM").due_on
    assert new_day(due) == 0
    assert new_day(due + datetime.timedelta(days=1)) == 6
    assert sentence(report, "D1").unnamed
    assert new_day(due + datetime.timedelta(days=2)) == 0
    assert actions.approve_report(cast[MANAGER], fresh(report)).state == "approved"


def test_who_compiled_a_report_does_not_approve_it(cast):
    report = actions.create_report(cast[MANAGER], None, kind="council", as_of=timezone.now().date())
    report = actions.compile_report(cast[MANAGER], report)
    report = actions.send_report_to_clearance(cast[MANAGER], report)
    for who, code in ((MANAGER, "own-report"), (OFFICER, "needs-secretary")):
        with pytest.raises(Refused) as refusal:
            actions.approve_report(cast[who], report)
        assert refusal.value.code == code
    standing_in = replace(cast[MANAGER], seat_id=cast[OFFICER].seat_id, seat_kind="acting")
    with pytest.raises(Refused, match="own-report"):
        actions.approve_report(standing_in, report)


def test_an_issued_report_is_a_document_that_anybody_can_verify_and_its_sending_is_recorded(cast):
    report = people.issued(cast)
    documents = IssuedDocument.objects.filter(object_id=str(report.pk))
    assert set(documents.values_list("format", flat=True)) == {"pdf", "docx", "json"}
    answer = of_file(documents.get(format="pdf").sha256)
    assert (answer.said, answer.number) == ("bytes", "OAS/2008/01")
    sent = Transmission.objects.get(report=report)
    assert (sent.channel, sent.to) == ("note", report.addressee)
    assert sent.copies == ["Minister of National Security, TTO"]
    assert sent.documents["pdf"] == documents.get(format="pdf").sha256
    assert Report.objects.visible_to(cast[JAMAICA]).filter(pk=report.pk).exists()


def test_what_is_approved_cannot_change_before_it_is_issued(cast):
    report = people.approved(cast)
    RenderedSentence.objects.filter(report=report, key="A2").update(text="Twelve of the fifteen.")
    with pytest.raises(Refused) as refusal:
        actions.issue_report(cast[OFFICER], report, channel="mail")
    assert refusal.value.code == "seal-broken"
    assert not IssuedDocument.objects.filter(object_id=str(report.pk)).exists()


def test_a_correction_begins_a_new_report_and_the_old_documents_say_so(cast):
    report = people.issued(cast)
    actions.correct_report(cast[OFFICER], report, reason="A State was left out.")
    report = fresh(report)
    later = Report.objects.get(corrects=report)
    assert (report.state, later.state, later.reference) == ("corrected", "draft", "OAS/2008/02")
    answer = of_file(IssuedDocument.objects.get(object_id=str(report.pk), format="pdf").sha256)
    assert (answer.said, answer.reason) == ("revoked", "A State was left out.")
    assert actions.compile_report(cast[OFFICER], later).draft == 1


def test_what_a_hand_changed_is_never_edited(cast):
    from django.db import DatabaseError, transaction

    report = people.compiled(cast)
    actions.edit_report_sentence(cast[OFFICER], report, key="A2", text="Ten of the fifteen Member States use it.")
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        HandEdit.objects.update(after="Something else.")
