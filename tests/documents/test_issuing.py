"""Issuing, opening and revoking: who may, and what leaves the portal exactly."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.documents import actions, storage
from apps.documents.models import IssuedDocument
from apps.documents.queries import issued_documents
from apps.documents.rendering import content_hash, to_docx
from apps.people.queries import desk_ids
from tests.documents.making import NUMBER, TITLE, a_document, issue
from tests.world import a_watchlist

pytestmark = pytest.mark.django_db
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILE_ROOT = tmp_path


@pytest.fixture
def record(cast: Any) -> Any:
    """What the document is made from: any record of the issuing desk."""
    return a_watchlist(cast)


@pytest.fixture
def issued(cast: Any, record: Any) -> IssuedDocument:
    """Issued by Jamaica's head of intelligence, for Barbados' border desk too."""
    return issue(cast["jam.intelligence.head"], record=record, groups=desk_ids("BRB.border"))


def place(document: IssuedDocument) -> str:
    return reverse("documents:document", args=[document.pk])


def test_an_issued_document_says_what_it_is_and_keeps_its_exact_bytes(cast, issued, record):
    assert (issued.number, issued.title, issued.state) == (NUMBER, TITLE, "issued")
    assert (issued.object_type, issued.object_id) == ("screening.watchlist", str(record.pk))
    assert (issued.owner.code, issued.originator_id, issued.level) == ("JAM.intelligence", "JAM", record.level)
    assert issued.content_hash == content_hash(a_document())
    data = storage.kept(issued.sha256)
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (issued.sha256, issued.size)
    assert data.startswith(b"%PDF-")


def test_it_is_seen_by_the_desks_that_it_was_issued_to_and_by_no_other(cast, issued):
    seen = lambda who: IssuedDocument.objects.visible_to(cast[who]).exists()  # noqa: E731
    assert seen("jam.intelligence.officer")
    assert seen("brb.border.officer")
    assert not seen("guy.border.officer")


def test_a_record_tells_each_desk_its_documents_newest_first(cast, issued, record):
    second = issue(cast["jam.intelligence.head"], record=record, document=a_document(version="4"))
    of = lambda who: [each.pk for each in issued_documents.documents_of(cast[who], record)]  # noqa: E731
    assert of("jam.intelligence.officer") == [second.pk, issued.pk]
    assert of("brb.border.officer") == [issued.pk]
    assert of("guy.border.officer") == []


def test_a_download_asks_as_much_for_one_document_as_for_twenty(cast, client_for, issued, record):
    browser = client_for("brb.border.officer")
    browser.get(place(issued))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            browser.get(place(issued))
        counts.append(len([q for q in caught.captured_queries if "SAVEPOINT" not in q["sql"]]))
        for number in range(20):
            issue(
                cast["jam.intelligence.head"], record=record, data=f"{number}".encode(), groups=desk_ids("BRB.border")
            )
    assert counts[0] == counts[1] <= 12


def test_issuing_is_in_the_audit_of_the_document(issued):
    (line,) = AuditRecord.objects.filter(object_id=str(issued.pk), verb="document.issue")
    assert (line.outcome, line.after) == ("done", "issued")


def test_the_same_bytes_once_more_are_the_same_document_for_more_desks(cast, issued, record):
    again = issue(cast["jam.intelligence.head"], record=record, groups=desk_ids("GUY.border"))
    assert again.pk == issued.pk
    for who in ("brb.border.officer", "guy.border.officer"):
        assert IssuedDocument.objects.visible_to(cast[who]).filter(pk=issued.pk).exists()


def test_the_bytes_of_another_record_cannot_be_issued(cast, issued):
    other = a_watchlist(cast, code="JAM-SECOND")
    with pytest.raises(ValidationError, match="another record"):
        issue(cast["jam.intelligence.head"], record=other)


def test_bytes_that_were_revoked_cannot_be_issued_again(cast, issued, record):
    actions.revoke_document(cast["jam.intelligence.head"], issued, reason="Wrong annex.")
    with pytest.raises(ValidationError, match="was revoked"):
        issue(cast["jam.intelligence.head"], record=record)


def test_a_content_hash_that_is_none_is_refused_by_the_database(cast, record):
    with pytest.raises(IntegrityError):
        issue(cast["jam.intelligence.head"], record=record, content_hash="of the decision")


def test_a_download_is_exact_and_can_do_nothing_in_the_browser(client_for, issued):
    answer = client_for("brb.border.officer").get(place(issued))
    assert hashlib.sha256(answer.content).hexdigest() == issued.sha256
    assert answer["Content-Type"] == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="CONSLE-2008-5-DEC-02.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_only_a_pdf_may_be_shown_in_the_browser(cast, client_for, issued, record):
    shown = client_for("brb.border.officer").get(place(issued) + "?inline=1")
    assert shown["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    word = issue(
        cast["jam.intelligence.head"],
        record=record,
        groups=desk_ids("BRB.border"),
        fmt="docx",
        data=to_docx(a_document()),
    )
    asked = client_for("brb.border.officer").get(place(word) + "?inline=1")
    assert asked["Content-Disposition"] == 'attachment; filename="CONSLE-2008-5-DEC-02.docx"'
    assert asked["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_name_that_would_break_a_header_does_not(cast, client_for, record):
    odd = issue(cast["jam.intelligence.head"], record=record, document=a_document(reference='a"b\\../é'), data=b"x")
    answer = client_for("jam.intelligence.head").get(place(odd))
    assert answer["Content-Disposition"] == 'attachment; filename="a-b.pdf"'


def test_each_reading_is_recorded(client_for, issued):
    client_for("brb.border.officer").get(place(issued))
    (line,) = AuditRecord.objects.filter(object_id=str(issued.pk), verb="document.download")
    assert (line.outcome, line.party) == ("read", "BRB")


def test_for_other_desks_it_is_not_there(client_for, issued):
    browser = client_for("guy.border.officer")
    assert browser.get(place(issued)).status_code == 404
    assert browser.get(reverse("documents:document_revoke", args=[issued.pk])).status_code == 404


def test_bytes_that_were_changed_on_the_disk_are_not_given_out(client_for, issued, settings):
    file = next(Path(settings.FILE_ROOT).glob("issued/*/*"))
    file.write_bytes(file.read_bytes() + b" ")
    assert client_for("brb.border.officer").get(place(issued)).status_code == 500
    file.unlink()
    with pytest.raises(storage.Damaged):
        storage.kept(issued.sha256)


def test_who_decides_at_the_issuing_desk_revokes_and_says_why(cast, issued):
    row = actions.revoke_document(cast["jam.intelligence.head"], issued, reason="Wrong annex.")
    assert (row.state, row.revoke_reason) == ("revoked", "Wrong annex.")
    assert row.revoked_at is not None
    with pytest.raises(Refused) as twice:
        actions.revoke_document(cast["jam.intelligence.head"], row, reason="Again.")
    assert twice.value.reason == "wrong-state"


@pytest.mark.parametrize("who", ["jam.intelligence.officer", "brb.border.head"])
def test_nobody_else_revokes(cast, issued, who):
    with pytest.raises(Refused) as refusal:
        actions.revoke_document(cast[who], issued, reason="Not mine.")
    assert refusal.value.code == "not-issuer"


def test_the_page_of_revoking_keeps_what_was_typed_and_ends_with_the_reason(client_for, issued):
    url = reverse("documents:document_revoke", args=[issued.pk])
    browser = client_for("jam.intelligence.head")
    assert client_for("brb.border.head").get(url).status_code == 403
    wrong = browser.post(url, {"reason": "x" * 301, "version": issued.version})
    assert wrong.status_code == 422
    assert "x" * 301 in wrong.content.decode()
    done = browser.post(url, {"reason": "Wrong annex.", "version": issued.version}, follow=True)
    assert "Wrong annex." in done.content.decode()
    assert browser.post(url, {"reason": "Again.", "version": issued.version}).status_code == 412


def test_a_program_lists_reads_and_fetches_what_its_desk_was_given(api, issued):
    program = api("BRB.border")
    (row,) = program.get("/api/v1/documents/issued/", {"number": NUMBER}).json()["results"]
    assert (row["sha256"], row["desk"], row["issued_to"]) == (issued.sha256, "JAM.intelligence", None)
    answer = program.get(f"{row['url']}file/")
    assert hashlib.sha256(answer.content).hexdigest() == issued.sha256
    assert api("GUY.border").get(f"/api/v1/documents/issued/{issued.pk}/file/").status_code == 404
    refused = program.post(f"/api/v1/documents/issued/{issued.pk}/actions/revoke/", {"reason": "x"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-issuer")
