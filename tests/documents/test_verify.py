"""The verification page: true for the exact bytes, for nothing else, and silent about what is not public."""

import hashlib
import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.access.references import check_character
from apps.documents import actions, storage
from apps.documents.forms import EXAMPLE
from apps.documents.models import IssuedDocument
from apps.documents.rendering import content_hash, to_pdf, watermarked
from apps.documents.rules import codes
from apps.documents.views.throttles import PerVerifier
from tests.documents.making import NUMBER, TITLE, WHEN, a_document, closed, issue
from tests.world import a_watchlist

pytestmark = pytest.mark.django_db
HEAD = "jam.intelligence.head"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILE_ROOT = tmp_path


@pytest.fixture
def issued(cast: Any) -> IssuedDocument:
    """A public decision."""
    return issue(cast[HEAD], record=a_watchlist(cast))


@pytest.fixture
def secret(cast: Any) -> IssuedDocument:
    """A document that may not be named."""
    return issue(cast[HEAD], record=a_watchlist(cast), public=False)


def said(answer: Any) -> str:
    """The answer of the page, or its fault, in words."""
    page = answer.content.decode()
    found = re.search(r'<div role="status">(.*?)</div></div>\s*</div>', page, re.DOTALL)
    assert found, page
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).replace(" .", ".").split())


def upload(client: Client, data: bytes) -> Any:
    return client.post("/verify/", {"file": SimpleUploadedFile("copy.pdf", data, "application/pdf")})


def typed(client: Client, text: str) -> Any:
    return client.post("/verify/", {"text": text})


def test_everybody_may_ask_without_signing_in(client):
    answer = client.get("/verify/")
    assert answer.status_code == 200
    assert 'type="file"' in answer.content.decode()


def test_the_true_file_is_true_by_date_number_and_title(client, issued):
    answer = said(upload(client, storage.kept(issued.sha256)))
    assert answer == f"Genuine: this is the exact file issued on 12 Feb 2008 as {NUMBER} {TITLE}"


def test_one_changed_byte_anywhere_makes_it_not_ours(client, issued, monkeypatch):
    monkeypatch.setattr(PerVerifier, "rate", "10000/min")
    data = storage.kept(issued.sha256)
    places = {*range(0, len(data), max(1, len(data) // 60)), 1, len(data) - 1}
    for place in sorted(places):
        changed = bytearray(data)
        changed[place] ^= 1
        assert said(upload(client, bytes(changed))).startswith("Not recognised: this exact file was not issued"), place
    for other in (data[:-1], data + b"\n", b""):
        assert said(upload(client, other)).startswith("Not recognised:")


def test_what_is_uploaded_is_not_kept(client, issued, settings):
    before = sorted(Path(settings.FILE_ROOT).rglob("*"))
    upload(client, b"%PDF- something else" * 300_000)
    assert sorted(Path(settings.FILE_ROOT).rglob("*")) == before


def test_the_hash_of_the_file_is_as_good_as_the_file(client, issued):
    assert said(typed(client, issued.sha256)).startswith("Genuine: this is the exact file")
    assert said(typed(client, f" {issued.sha256.upper()} ")).startswith("Genuine:")


def test_code_and_content_hash_prove_the_content_and_say_that_they_prove_no_bytes(client, issued):
    code = codes.printed_code(issued.content_hash)
    for text in (code, code.lower().replace("-", " "), code.replace("-", ""), issued.content_hash):
        answer = said(typed(client, text))
        assert answer.startswith(
            f"Known content: a document with this content hash was issued on 12 Feb 2008 as {NUMBER}"
        )
        assert answer.endswith("Only uploading the file proves every byte.")
    assert said(client.get("/verify/", {"text": code})).startswith("Known content:")


def test_the_example_on_the_page_is_a_code_that_could_be():
    assert codes.read_code(EXAMPLE) == codes.Wanted("3f2a91c077de0b12a4c9")


def test_the_printed_code_is_that_of_the_printed_hash():
    document = closed(a_document())
    assert document.closing is not None
    plain = document.closing.code.replace("-", "")
    assert plain[:20].lower() == document.closing.content_hash[:20]
    assert plain[20] == check_character(plain[:20])


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(client, issued):
    code = codes.printed_code(issued.content_hash)
    for place in (0, 7, len(code) - 1):
        wrong = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        answer = typed(client, wrong)
        assert answer.status_code == 422
        assert "one character is wrong" in answer.content.decode()
        assert wrong in answer.content.decode()
    unknown = codes.printed_code("0123456789abcdef" * 4)
    assert said(typed(client, unknown)).startswith("Not recognised: no document with this hash or code")


@pytest.mark.parametrize("text", ["CONSLE/2008/5/DEC/02", "%", "_" * 64, "a" * 63, "0x" + "a" * 62, "é" * 21, "'; --"])
def test_a_number_or_a_pattern_is_no_question(client, issued, text):
    assert typed(client, text).status_code == 422


def test_a_shorter_beginning_of_the_hash_is_no_question(client, issued):
    digits = issued.content_hash[:16].upper()
    assert typed(client, digits + check_character(digits)).status_code == 422


def test_nothing_or_both_is_asked_once_more(client, issued):
    assert "Choose the file, or enter the code printed at its end" in client.post("/verify/", {}).content.decode()
    both = client.post("/verify/", {"text": issued.sha256, "file": SimpleUploadedFile("a.pdf", b"x")})
    assert both.status_code == 422
    assert issued.sha256 in both.content.decode()


def test_a_file_of_more_than_25_megabytes_is_refused_in_words(client, monkeypatch):
    monkeypatch.setattr("apps.documents.forms.LARGEST", 100)
    answer = upload(client, b"x" * 101)
    assert answer.status_code == 422
    assert "larger than 25 MB" in html.unescape(answer.content.decode())


def test_what_is_not_public_is_true_without_name(client, cast, secret):
    data = storage.kept(secret.sha256)
    pages = {"file": upload(client, data), "code": typed(client, codes.printed_code(secret.content_hash))}
    assert said(pages["file"]) == "Genuine: issued by the portal on 12 Feb 2008."
    assert said(pages["code"]).startswith("Known content: a document with this content hash was issued on 12 Feb 2008.")
    actions.revoke_document(cast[HEAD], secret, reason="The source is known.")
    pages["revoked"] = upload(client, data)
    assert said(pages["revoked"]).startswith("Revoked on")
    for page in pages.values():
        for word in (NUMBER, TITLE, "The source is known.", "JAM", "Jamaica", "council", str(secret.pk)):
            assert word not in page.content.decode(), word


def test_revoked_says_so_and_why_by_file_and_by_code(client, cast, issued):
    data = storage.kept(issued.sha256)
    row = actions.revoke_document(cast[HEAD], issued, reason="Annex B was missing.")
    day = f"{row.revoked_at:%-d %b %Y}"
    for answer in (upload(client, data), typed(client, codes.printed_code(issued.content_hash))):
        assert said(answer).startswith(f"Revoked on {day} : Annex B was missing.")
        assert "Genuine" not in said(answer)


def test_a_copy_that_still_holds_answers_for_the_content_of_a_revoked_one(client, cast):
    record = a_watchlist(cast)
    first = issue(cast[HEAD], record=record)
    copy = closed(watermarked(a_document(), "BRB-3-0117-2", WHEN))
    second = issue(cast[HEAD], record=record, data=to_pdf(copy), copy_mark=copy.copy_mark)
    assert (first.content_hash, first.pk) != (second.content_hash, second.pk)
    assert first.content_hash == second.content_hash == content_hash(a_document())
    actions.revoke_document(cast[HEAD], first, reason="Lost.")
    assert said(typed(client, first.content_hash)).startswith("Known content:")
    assert said(typed(client, first.sha256)).startswith("Revoked on")
    assert said(typed(client, second.sha256)).startswith("Genuine:")


def test_the_file_of_another_with_the_hash_of_ours_in_it_is_not_ours(client, issued):
    assert said(upload(client, issued.content_hash.encode())).startswith("Not recognised")
    assert hashlib.sha256(issued.content_hash.encode()).hexdigest() != issued.sha256


def test_an_answer_costs_one_question_to_the_database_whatever_it_is(client, issued):
    unknown = "0" * 64
    counts = {}
    for text in (issued.sha256, issued.content_hash, unknown, codes.printed_code(unknown)):
        with CaptureQueriesContext(connection) as caught:
            typed(client, text)
        counts[text] = len(caught.captured_queries)
    assert set(counts.values()) == {1}


def test_one_address_may_not_ask_without_end(client, monkeypatch):
    monkeypatch.setattr(PerVerifier, "rate", "3/min")
    answers = [typed(client, "0" * 64).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert client.get("/verify/").status_code == 200


def test_somebody_who_is_signed_in_gets_the_same_answer(client_for, issued):
    answer = upload(client_for("guy.border.officer"), storage.kept(issued.sha256))
    assert said(answer).startswith("Genuine:")
