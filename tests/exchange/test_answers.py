"""Answers with files and grades, and what was answered with ORCON: it goes no further without who answered."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.access.violations import BrokenRules
from apps.audit.models import AuditRecord
from apps.exchange.actions import answers, requests
from apps.exchange.models import Answer
from apps.exchange.rules.quotes import Written
from apps.files.models import Attachment
from apps.files.rules.intake import store_upload
from apps.people.models import User
from apps.rifc.actions import release_requests, shares
from apps.rifc.models import ReleaseRequest
from tests.exchange.people import GUYANA, HEAD, JAMAICA, OFFICER, REQUESTS, TRINIDAD, a_draft, fresh, part, sent
from tests.rifc.people import approved, paragraph

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WORDS = "Two blue boats with three engines lay at the mangrove inlet behind the old sugar mill."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILE_ROOT = tmp_path / "files"
    return tmp_path


def a_file() -> Any:
    return store_upload(ContentFile(PDF, name="engines.pdf"))


def answer(cast: Any, row: Any, **more: Any) -> Answer:
    given = {"n": 1, "kind": "partial", "text": WORDS} | {name: more.pop(name) for name in ("grade",) if name in more}
    answers.answer_rfi(cast[JAMAICA], part(row, "JAM.contact"), answers=[given], **more)
    found: Answer = Answer.objects.get(addressee__request=row, addressee__owner__code="JAM.contact")
    return found


def test_an_answer_is_written_with_a_file_and_a_grade_and_read_by_the_desk_that_asked_alone(
    cast: Any, client_for: Any
) -> None:
    row = sent(cast)
    form = {
        "version": part(row, "JAM.contact").version, "classification": "1", "tlp": "AMBER",
        "answers-1-n": "1", "answers-1-kind": "partial", "answers-1-text": WORDS,
        "answers-1-scheme": "nato6x6", "answers-1-grade": "b2",
        "file": SimpleUploadedFile("engines.pdf", PDF, "application/pdf"),
    }  # fmt: skip
    place = reverse("exchange:answer", args=[row.pk])
    wrong = client_for(JAMAICA).post(place, form | {"answers-1-grade": "Z9", "file": ""})
    assert (wrong.status_code, Answer.objects.count()) == (422, 0)
    assert 'value="Z9"' in wrong.content.decode()
    assert client_for(JAMAICA).post(place, form).status_code == 302
    said = client_for(OFFICER).get(reverse("exchange:request", args=[row.pk])).content.decode()
    assert "B2: usually reliable; " in said
    file = Attachment.objects.get()
    bytes_at = reverse("files:attachment", args=[file.pk])
    assert bytes_at in said
    for who, status in {OFFICER: 200, JAMAICA: 200, TRINIDAD: 404, GUYANA: 404, "rifc.watch.officer": 404}.items():
        assert client_for(who).get(bytes_at).status_code == status, who
    (shown,) = client_for(OFFICER).get(f"{REQUESTS}{row.pk}/").json()["answers"]
    assert shown["grading"] == {"scheme": "nato6x6", "value": "B2"}
    assert [one["name"] for one in shown["files"]] == ["engines.pdf"]
    done = AuditRecord.objects.filter(object_id=str(file.pk), outcome__in=["done", "read"])
    assert set(done.values_list("owner_party", flat=True)) == {"JAM"}


def test_an_answer_above_a_readers_clearance_keeps_its_file(cast: Any, client_for: Any) -> None:
    row = sent(cast)
    answer(cast, row, file=a_file(), classification=2)
    User.objects.filter(username=OFFICER).update(clearance=1)
    assert client_for(OFFICER).get(reverse("files:attachment", args=[Attachment.objects.get().pk])).status_code == 404


def test_what_holds_no_words_has_neither_file_nor_grade(cast: Any) -> None:
    row = sent(cast)
    silent = [{"n": 1, "kind": "neither_confirm_nor_deny"}]
    with pytest.raises(ValidationError, match="written answer"):
        answers.answer_rfi(cast[JAMAICA], part(row, "JAM.contact"), answers=silent, file=a_file())
    with pytest.raises(ValidationError, match="nothing to grade"):
        answers.answer_rfi(cast[JAMAICA], part(row, "JAM.contact"), answers=[silent[0] | {"grade": "B2"}])
    assert not Answer.objects.exists()
    assert not Attachment.objects.exists()


def test_what_was_answered_with_orcon_is_passed_on_to_nobody_by_request_reply_or_answer(cast: Any) -> None:
    row = sent(cast)
    answer(cast, row, orcon=True)
    copied = f"We know this: {WORDS.upper()}"
    onward = a_draft(cast, variants=[{"to": ["TTO.contact"], "text": copied}])
    with pytest.raises(BrokenRules, match="ORCON"):
        requests.send_rfi(cast[HEAD], onward)
    with pytest.raises(BrokenRules, match="ORCON"):
        requests.reply_to_rfi_question(cast[OFFICER], fresh(row), desk="TTO.contact", text=copied)
    theirs = sent(cast, TRINIDAD, TRINIDAD, variants=[{"to": ["BRB.intelligence"], "text": "Which?"}])
    with pytest.raises(BrokenRules, match="JAM"):
        answers.answer_rfi(
            cast[OFFICER], part(theirs, "BRB.intelligence"), answers=[{"n": 1, "kind": "full", "text": copied}]
        )
    requests.reply_to_rfi_question(cast[OFFICER], fresh(row), desk="JAM.contact", text=copied)
    requests.send_rfi(cast[HEAD], a_draft(cast, variants=[{"to": ["JAM.contact"], "text": copied}]))


def test_without_orcon_it_may_be_passed_on(cast: Any) -> None:
    row = sent(cast)
    answer(cast, row)
    requests.reply_to_rfi_question(cast[OFFICER], fresh(row), desk="TTO.contact", text=WORDS)


def test_a_report_that_quotes_it_is_orcon_and_goes_out_only_by_the_release_of_who_answered(cast: Any) -> None:
    answer(cast, sent(cast), orcon=True)
    report = approved(cast, paragraphs=[paragraph(f"A partner tells us: {WORDS}")])
    assert (report.orcon, report.third_parties) == (True, ["JAM"])
    with pytest.raises(BrokenRules):
        shares.share_rifc_report(cast[OFFICER], report, to=["TTO.contact"])
    asked = release_requests.submit_release_request(
        cast[OFFICER], None, of=report, to=["TTO.contact"], purpose="operation"
    )
    assert ReleaseRequest.objects.get(pk=asked.pk).originators == ["JAM"]
    plain = approved(cast, paragraphs=[paragraph("Two boats of which we know ourselves.")])
    assert (plain.orcon, plain.third_parties) == (False, [])


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("He said: TWO blue boats -- with three engines lay, at the old mill.", WORDS, True),
        ("Two blue boats with three", WORDS, False),
        ("They are at Bay Street 12 now.", "At Bay Street 12", True),
        ("Yes, three boats.", "Three boats.", False),
        ("", WORDS, False),
    ],
)
def test_a_quotation_is_a_run_of_words(text: str, source: str, found: bool) -> None:
    assert Written([text]).quotes(source) is found
