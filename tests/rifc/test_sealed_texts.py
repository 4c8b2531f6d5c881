"""A report whose text is under its State's own keys: written, approved, shared."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.people.models import Desk, User
from apps.rifc.actions import approvals, drafts, openings, shares
from apps.rifc.models import Opening, Paragraph, Report, SealedShare, SealedText
from apps.rifc.queries import sealed_texts, texts
from apps.sealing import actions as keys
from apps.sealing.holder import caricom_holder as program
from tests.rifc.people import GIVEN, REPORTS, a_draft, fresh, paragraph
from tests.rifc.sealed import AUTHOR, HEAD, READER, approved, opened
from tests.sealing.holders import (
    HIDDEN,
    TEXT,
    WORDS,
    a_sealed_draft,
    asked,
    combined,
    envelope,
    given,
)

pytestmark = pytest.mark.django_db
NONE: dict[str, None] = {"sealed": None}


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_sealed_draft_keeps_rows_and_marks_and_none_of_its_words(cast, ours):
    row, browser = a_sealed_draft(cast)
    assert (row.sealed, row.summary) == (True, HIDDEN)
    assert set(Paragraph.objects.filter(report=row).values_list("text", "portion", "grade")) == {(HIDDEN, 3, "C3")}
    text = SealedText.objects.get(report=row)
    kept = sealed_texts.envelope_for(cast[AUTHOR], text)
    assert program.open_text(kept, program.key_of_draft(browser, kept)) == TEXT
    assert sealed_texts.envelope_for(cast[HEAD], text)["author"] is None, "only for who wrote it"
    assert SealedShare.objects.filter(text=text, party="BRB").count() == 3


def test_a_text_of_the_highest_level_is_sealed_or_says_why_not(cast, ours):
    with pytest.raises(ValidationError) as wrong:
        a_draft(cast, classification=3)
    assert list(wrong.value.message_dict) == ["kept_open"]
    row = a_draft(cast, classification=3, kept_open="Trinidad has no keys yet")
    assert (row.sealed, row.kept_open) == (False, "Trinidad has no keys yet")
    assert a_draft(cast, classification=2).kept_open == ""


def test_without_keys_everything_is_kept_as_before(cast):
    assert not a_draft(cast, classification=2).sealed
    User.objects.filter(username=AUTHOR).update(clearance=3)
    cast.pop(AUTHOR, None)
    assert not a_draft(cast, classification=3).sealed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"summary": f"Operation {WORDS[0]}"}, "sealed"),
        ({"paragraphs": [paragraph("in clear", portion=3), paragraph(HIDDEN, portion=3)]}, "sealed"),
        ({"paragraphs": [paragraph(HIDDEN, source_ref="Winston"), paragraph(HIDDEN)]}, "sealed"),
        ({"paragraphs": [paragraph(HIDDEN)]}, "sealed"),
        ({"classification": 2}, "sealed"),
    ],
)
def test_nothing_in_clear_is_kept_beside_a_sealed_text(cast, ours, change, field):
    sealed = given(envelope("BRB", author=program.FileKey()))
    with pytest.raises(ValidationError) as wrong:
        drafts.draft_rifc_report(cast[AUTHOR], None, **sealed | change)
    assert list(wrong.value.message_dict) == [field]
    assert not Report.objects.filter(owner__code="BRB.intelligence", title=GIVEN["title"]).exists()


@pytest.mark.parametrize("level", [2, 3])
def test_the_words_that_stand_for_a_sealed_text_are_no_text_without_one(cast, ours, level):
    more = {"classification": level, "kept_open": "Trinidad has no keys yet"}
    with pytest.raises(ValidationError) as wrong:
        a_draft(cast, paragraphs=[paragraph("in clear"), paragraph(HIDDEN)], **more)
    assert list(wrong.value.message_dict) == ["paragraphs"]
    row, _browser = a_sealed_draft(cast)
    with pytest.raises(ValidationError, match="marked as sealed"):
        drafts.revise_rifc_report(cast[AUTHOR], row, **given(envelope("BRB", author=program.FileKey())) | more | NONE)
    assert fresh(row).sealed


def test_shares_are_for_all_keys_in_force_of_a_state_and_no_other(cast, ours, theirs):
    browser = program.FileKey()
    whole = envelope("BRB", "JAM", author=browser)
    fewer = {**whole, "shares": {**whole["shares"], "JAM": whole["shares"]["JAM"][:2]}}
    foreign = {**whole, "shares": {**whole["shares"], "TTO": whole["shares"]["JAM"]}}
    without = {**whole, "shares": {"JAM": whole["shares"]["JAM"]}}
    for wrong in (fewer, foreign, without):
        with pytest.raises(ValidationError, match=r"JAM|TTO|BRB"):
            drafts.draft_rifc_report(cast[AUTHOR], None, **given(wrong))
    keys.end_holder_key(cast["brb.administration.administrator"], ours[0].row, because="lost")
    with pytest.raises(ValidationError, match="not enough keys"):
        drafts.draft_rifc_report(cast[AUTHOR], None, **given(whole))


def test_the_same_envelope_is_kept_once(cast, ours):
    sealed = envelope("BRB", author=program.FileKey())
    drafts.draft_rifc_report(cast[AUTHOR], None, **given(sealed))
    with pytest.raises(ValidationError, match="already stored"):
        drafts.draft_rifc_report(cast[AUTHOR], None, **given(sealed))


def test_a_changed_text_takes_the_place_of_the_one_before_with_all_its_shares(cast, ours):
    row, _browser = a_sealed_draft(cast)
    before = SealedText.objects.get(report=row)
    opening, _key = asked(cast, HEAD, row)
    other = {"summary": "", "paragraphs": [{"text": "Other."}]}
    drafts.revise_rifc_report(cast[AUTHOR], row, **given(envelope("BRB", author=program.FileKey(), text=other)))
    assert not SealedText.objects.filter(pk=before.pk).exists()
    assert not Opening.objects.filter(pk=opening.pk).exists(), "what was asked of the old text is over with it"
    assert Paragraph.objects.filter(report=row).count() == 1


def test_a_draft_in_clear_that_is_sealed_leaves_no_word_and_no_source(cast, ours, as_owner):
    row = a_draft(cast, paragraphs=[paragraph(WORDS[0], source_ref=WORDS[1])], summary=WORDS[2])
    sealed = given(envelope("BRB", author=program.FileKey()))
    sealed["paragraphs"][0]["pid"] = Paragraph.objects.get(report=row).pid
    row = drafts.revise_rifc_report(cast[AUTHOR], row, **sealed)
    assert texts.source_references(cast[HEAD], row) == {}
    assert row.words == f"{HIDDEN}\n{HIDDEN}\n{HIDDEN}"


# --- approving and sharing --------------------------------------------------------------------------------------------


def test_who_approves_has_opened_the_text_as_it_is_now(cast, ours):
    row, _browser = a_sealed_draft(cast)
    row = approvals.submit_rifc_report(cast[AUTHOR], row)
    with pytest.raises(Refused, match="open-sealed-first"):
        approvals.approve_rifc_report(cast[HEAD], row)
    opening, browser = opened(cast, HEAD, row, ours[0], ours[2])
    assert combined(opening, browser) == TEXT
    openings.read_sealed_text(cast[HEAD], opening)
    row = approvals.approve_rifc_report(cast[HEAD], row)
    assert row.state == "approved"
    assert SealedText.objects.get(report=row).author is None, "from now on its author opens it like everybody"


def test_the_fingerprint_of_an_approval_covers_the_sealed_text(cast, ours):
    row = approved(cast, ours, "BRB")
    text = SealedText.objects.get(report=row)
    SealedText.objects.filter(pk=text.pk).update(body=text.body[:-1] + ("A" if text.body[-1] != "A" else "B"))
    with pytest.raises(Refused, match="not-what-was-approved"):
        shares.share_rifc_report(cast[AUTHOR], row, to=["BRB.contact"])


def test_a_state_without_shares_is_named_beside_the_field_and_gets_nothing(cast, ours, theirs):
    row = approved(cast, ours, "JAM")
    with pytest.raises(ValidationError) as wrong:
        shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.intelligence", "TTO.contact"])
    assert list(wrong.value.message_dict) == ["to"]
    assert "TTO" in wrong.value.message_dict["to"][0]
    assert fresh(row).state == "approved"
    row = shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.intelligence"], without_rifc="no keys")
    with pytest.raises(ValidationError, match="TTO"):
        shares.add_report_recipient(cast[HEAD], row, to=["TTO.contact"])


def test_no_way_past_the_field_gives_it_to_a_state_without_shares(cast, ours):
    """A release, or whatever else lets desks have a version."""
    row, trinidad = approved(cast, ours), Desk.objects.get(code="TTO.intelligence")
    with pytest.raises(Refused, match="not-sealed-for"):
        shares.send(cast[HEAD], row, [trinidad], "release:1", timezone.now(), None)


def test_a_report_kept_as_before_goes_to_a_state_without_keys_and_its_page_says_so(cast, ours, client_for):
    below = a_draft(cast, classification=2, kept_open="x", tlp="AMBER")
    assert below.kept_open == "", "below the highest level nothing is sealed, and there is nothing to say"
    was = a_draft(cast, classification=3, kept_open="Trinidad has no keys yet")
    lower = {**GIVEN, "classification": 2, "paragraphs": [paragraph("Known.")], "kept_open": was.kept_open}
    assert drafts.revise_rifc_report(cast[AUTHOR], was, **lower).kept_open == ""
    row = a_draft(cast, classification=3, kept_open="Trinidad has no keys yet")
    row = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], row))
    page = client_for(HEAD).get(reverse("rifc:report", args=[row.thread])).content.decode()
    assert "Not sealed: whoever runs the portal could read it." in page
    assert "Trinidad has no keys yet" in page


def test_why_a_text_is_not_sealed_is_told_to_the_own_party_alone(cast, ours, client_for):
    row = a_draft(cast, classification=3, kept_open="Trinidad has no keys yet")
    row = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], row))
    User.objects.filter(username=READER).update(clearance=3)
    shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.intelligence"], without_rifc="no keys")
    own = client_for(HEAD).get(f"{REPORTS}{row.thread}/").json()
    assert (own["sealed"], own["kept_open"]) == (False, "Trinidad has no keys yet")
    theirs = client_for(READER).get(f"{REPORTS}{row.thread}/").json()
    assert theirs["sealed"] is False
    assert "kept_open" not in theirs
