"""The record of a decision: what it says, that it is issued once, and that a stranger can check it."""

import hashlib
import html
import io
import json
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from docx import Document as Word

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.council.actions import confirmations, declarations, exports, seals
from apps.council.models import Clause, Decision, SealedEntry
from apps.council.queries import exports as queries
from apps.council.queries import membership
from apps.council.rules.documents import describe_decision
from apps.documents import storage
from apps.documents.models import IssuedDocument
from apps.documents.rendering import to_docx, to_pdf
from tests.council.exports.making import (
    HAITI,
    MANAGER,
    SURINAM,
    a_restricted_item,
    a_sealed,
    a_voted,
    squeezed,
    words_of,
)
from tests.council.people import a_proposal, a_session
from tests.days import in_days, written

pytestmark = pytest.mark.django_db


def the_record(decision, fmt="pdf", kind="council.decision"):
    rows = IssuedDocument.objects.filter(object_id=str(decision.pk), kind=kind, format=fmt)
    return rows.order_by("-pk")[0]


def address(decision, fmt="pdf"):
    return f"/council/decisions/{decision.pk}/record.{fmt}"


def verified(client, data):
    page = client.post("/verify/", {"file": SimpleUploadedFile("record.pdf", data)}).content.decode()
    return html.unescape(page)


def test_the_pdf_of_a_sealed_decision_holds_number_clauses_votes_and_hash_in_every_language_of_the_states(
    cast, api, drain
):
    decision = seals.seal_decision(cast[MANAGER], a_voted(cast, api))
    drain()
    text = words_of(storage.kept(the_record(decision).sha256))
    entry = SealedEntry.objects.get()
    for said in (decision.number, decision.title, decision.text_hash, entry.seal, entry.content["rule_set"][1]):
        assert squeezed(said) in text
    for clause in Clause.objects.filter(decision=decision):
        assert squeezed(clause.text) in text
    assert squeezed(f"Due: {written(in_days(120))}") in text
    for party in membership.roll(decision.adopted_on):
        vote = {"BRB": "Abstained", "TTO": "Didnotvote"}.get(party.code, "For")
        assert f"{squeezed(party.short_name)}PresentYes{vote}" in text
    assert squeezed(HAITI) in text
    assert squeezed(SURINAM) in text
    assert squeezed(decision.result["sentence"]) in text
    assert "3/4of15=11.25,roundedup12" in text
    assert "13≥12" in text
    assert "Rulesappliedbyanalogy(RS-CONSLE-2006)." in text
    assert "/verify/" in text


def test_a_vote_that_waited_for_a_cabinet_is_reckoned_once_more_with_its_answer(cast, api, drain):
    waiting = a_voted(cast, api, votes={"GUY": "abstain", "JAM": "for_ad_referendum"})
    decision = confirmations.confirm_decision(cast["jam.ministry.decider"], waiting, confirmed=True)
    decision = seals.seal_decision(cast[MANAGER], decision)
    drain()
    text = words_of(storage.kept(the_record(decision).sha256))
    assert "JamaicaPresentYesFor,subjecttoconfirmation;confirmed" in text
    first, _, after = text.partition("Aftertheconfirmations")
    assert "11<12" in first
    assert "12≥12" in after
    assert squeezed(decision.result["sentence"]) in after


def test_the_docx_says_the_same(cast, api, drain):
    decision = seals.seal_decision(cast[MANAGER], a_voted(cast, api))
    drain()
    word = Word(io.BytesIO(storage.kept(the_record(decision, "docx").sha256)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {HAITI, SURINAM, "Abstained", "Suriname"} <= set(cells)
    assert the_record(decision, "docx").content_hash == the_record(decision).content_hash


def test_the_same_decision_gives_the_same_bytes(cast, drain):
    decision = a_sealed(cast)
    drawn = []
    for _ in range(2):
        facts = queries.facts_of(cast[MANAGER], queries.decisions(cast[MANAGER]).get(pk=decision.pk))
        drawn.append((to_pdf(describe_decision(facts)), to_docx(describe_decision(facts))))
        drain()  # in the meantime it comes into force
    assert drawn[0] == drawn[1]


def test_it_is_issued_by_itself_to_all_who_see_the_decision_and_again_it_is_the_same(cast, drain):
    decision = a_sealed(cast)
    drain()
    rows = list(IssuedDocument.objects.values_list("format", "sha256", "owner__code"))
    assert sorted(fmt for fmt, _, _ in rows) == ["docx", "json", "pdf"]
    assert {desk for _, _, desk in rows} == {"IMPACS.secretariat"}
    for who in ("jam.ministry.decider", "cym.ministry.decider", MANAGER):
        assert IssuedDocument.objects.visible_to(cast[who]).count() == 3
    assert not IssuedDocument.objects.visible_to(cast["jam.border.officer"]).exists()
    exports.issue_decision_record(cast[MANAGER], Decision.objects.get(pk=decision.pk))
    assert list(IssuedDocument.objects.values_list("format", "sha256", "owner__code")) == rows


def test_the_verification_page_knows_the_true_pdf_and_refuses_it_with_one_byte_changed(cast, client, client_for, drain):
    decision = a_sealed(cast)
    drain()
    data = client_for("jam.ministry.decider").get(address(decision)).content
    assert data == storage.kept(the_record(decision).sha256)
    assert "Genuine:" in verified(client, data)
    changed = bytearray(data)
    changed[len(changed) // 2] ^= 1
    assert "Not recognised:" in verified(client, bytes(changed))


def test_the_seal_typed_into_the_verification_page_is_known(cast, client, drain):
    decision = a_sealed(cast)
    drain()
    assert "Known content:" in client.get("/verify/", {"text": decision.seal}).content.decode()


def test_only_a_decision_of_the_public_register_is_named_to_the_public(cast, client, drain):
    decision = a_sealed(cast)
    drain()
    data = storage.kept(the_record(decision).sha256)
    assert decision.number not in verified(client, data)
    decision = seals.publish_decision(cast[MANAGER], Decision.objects.get(pk=decision.pk))
    assert decision.number in verified(client, data)
    seals.unpublish_decision(cast[MANAGER], decision)
    assert decision.number not in verified(client, data)


def test_a_stranger_recomputes_the_seal_from_the_json_alone(cast, api, drain):
    a_sealed(cast)
    decision = seals.seal_decision(cast[MANAGER], a_voted(cast, api))
    decision = seals.correct_decision(
        cast[MANAGER], decision, clause="1", wrong="a contact", right="one contact", reason="Slip of the pen."
    )
    drain()
    data = json.loads(storage.kept(the_record(decision, "json").sha256))
    links = [data, *data["corrections"]]
    assert len(links) == 2
    assert data["chain"]["prev_seal"] == SealedEntry.objects.get(position=1).seal
    for link in links:
        content = link["content"] | {"prev_seal": link["chain"]["prev_seal"]}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        made = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
        assert made == link["chain"]["seal"]
    assert data["chain"]["seal"] == decision.seal
    assert any("prev_seal" in line for line in data["how_to_recompute"])


def test_a_correction_is_issued_beside_the_record_which_stays_true(cast, client, drain):
    decision = a_sealed(cast)
    drain()
    first = the_record(decision)
    decision = seals.correct_decision(
        cast[MANAGER],
        Decision.objects.get(pk=decision.pk),
        clause="1",
        wrong="a contact",
        right="one contact",
        reason="Slip of the pen.",
    )
    drain()
    second = the_record(decision)
    assert second.pk != first.pk
    text = words_of(storage.kept(second.sha256))
    assert "Version2" in text
    assert "onecontact" in text
    for row in (first, second):
        assert "Genuine:" in verified(client, storage.kept(row.sha256))


def test_a_reservation_after_the_seal_is_issued_once_in_a_further_record(cast, drain):
    decision = a_sealed(cast)
    drain()
    first = the_record(decision)
    decision = declarations.enter_reservation(
        cast["sur.ministry.decider"],
        Decision.objects.get(pk=decision.pk),
        text="Geen verplichting vóór goedkeuring door het parlement.",
        clauses=["1"],
    )
    drain()
    assert drain() == 0
    issued = IssuedDocument.objects.filter(object_id=str(decision.pk), kind="council.decision", format="pdf")
    assert issued.count() == 2
    assert the_record(decision).pk != first.pk
    text = words_of(storage.kept(the_record(decision).sha256))
    assert "Geenverplichtingvóórgoedkeuringdoorhetparlement." in text
    assert "Reservation" in text


def test_a_translation_follows_the_authentic_text_and_says_that_it_is_one(cast, client_for, drain):
    decision = a_sealed(cast)
    drain()
    assert client_for("jam.ministry.decider").get(address(decision) + "?lang=fr").status_code == 404
    decision = declarations.translate_decision(
        cast[MANAGER],
        Decision.objects.get(pk=decision.pk),
        language="fr",
        title="Points de contact jour et nuit",
        clauses={"1": "Chaque État membre désigne un point de contact.", "2": "IMPACS diffuse les dispositions."},
    )
    exports.issue_decision_record(cast[MANAGER], decision)
    answer = client_for("jam.ministry.decider").get(address(decision) + "?lang=fr")
    assert answer.content == storage.kept(the_record(decision, kind="council.decision.fr").sha256)
    text = words_of(answer.content)
    authentic, translated = text.index("EachMemberStatenamesacontact."), text.index("ChaqueÉtatmembredésigneunpoint")
    assert authentic < text.index("TheEnglishtextistheauthenticone.") < translated


def test_before_the_seal_there_is_a_marked_draft_with_the_mark_of_the_seat_and_nothing_is_issued(cast, client_for):
    decision = a_proposal(cast, meeting=a_session().pk)
    answer = client_for("jam.ministry.decider").get(address(decision))
    text = words_of(answer.content)
    assert "DRAFT–notsealed" in text
    assert "CopyJAM-" in text
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("attachment")
    assert not IssuedDocument.objects.exists()
    (line,) = AuditRecord.objects.filter(verb="decision.export", object_id=str(decision.pk))
    assert (line.party, line.detail["format"]) == ("JAM", "pdf")
    assert squeezed(line.detail["copy"]) in text
    with pytest.raises(Refused, match=r"only-sealed: .*sealed decision"):
        exports.issue_decision_record(cast[MANAGER], decision)


def test_an_open_ballot_is_not_printed_for_others(cast, client_for):
    from apps.council.actions import votes

    decision = votes.open_vote(cast[MANAGER], a_proposal(cast, meeting=a_session().pk))
    votes.cast_vote(cast["brb.ministry.decider"], decision, vote="against", explanation="Too dear for us.")
    for who, seen in (("brb.ministry.decider", True), ("jam.ministry.decider", False)):
        text = words_of(client_for(who).get(address(decision)).content)
        assert ("Toodearforus." in text) is seen
        assert ("BarbadosPresentYesAgainst" in text) is seen


def test_the_record_of_a_restricted_decision_is_not_there_for_who_does_not_see_it(cast, client_for, drain):
    meeting = a_session()
    item = a_restricted_item(cast, meeting)
    decision = a_sealed(cast, meeting=meeting, item=item.pk)
    drain()
    row = the_record(decision)
    assert "MemberStatesandSecretariatsonly" in words_of(storage.kept(row.sha256))
    for who, status in (("jam.ministry.decider", 200), ("cym.ministry.decider", 404), ("jam.border.officer", 404)):
        browser = client_for(who)
        assert browser.get(address(decision)).status_code == status
        assert browser.get(f"/documents/{row.pk}/").status_code == status


def test_other_formats_are_not_there(cast, client_for):
    decision = a_sealed(cast)
    assert client_for("jam.ministry.decider").get(address(decision, "xlsx")).status_code == 404


def test_nothing_is_issued_from_a_text_that_is_not_what_was_sealed(cast, monkeypatch):
    decision = a_sealed(cast)
    monkeypatch.setattr("apps.council.queries.seals.holds", lambda row: False)
    with pytest.raises(Refused, match="differs from the sealed text"):
        exports.issue_decision_record(cast[MANAGER], decision)
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize("who", ["jam.ministry.decider", "brb.ministry.reader"])
def test_only_the_secretariat_issues(cast, who):
    decision = a_sealed(cast)
    with pytest.raises(Refused):
        exports.issue_decision_record(cast[who], decision)


def test_an_archivist_takes_the_record_from_the_command_line(cast, tmp_path, capsys):
    decision = a_sealed(cast)
    call_command("decision_record", decision.number, "--to", str(tmp_path))
    name = f"{decision.number.replace('/', '-')}.pdf"
    digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert capsys.readouterr().out.startswith(digest)
    assert the_record(decision).sha256 == digest
