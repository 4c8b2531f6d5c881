"""A file is seen by whoever sees its record, in versions, and leaves the portal only to be saved."""

import os
import re
import time
import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.access.manifest import registry
from apps.audit.models import AuditRecord
from apps.files import actions, storage
from apps.files.models import Attachment, StoredBlob
from apps.files.queries import attachments
from apps.files.refusals import Refusals
from apps.files.rules.intake import store_upload
from tests import world
from tests.files import room
from tests.files.room import PDF, attach, attached, detach, sent

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, FOREIGNER = "jam.intelligence.officer", "jam.border.officer", "tto.intelligence.head"


def url(attachment):
    return f"/files/{attachment.pk}/"


def body(response):
    return b"".join(response.streaming_content)


def without_tokens(page, asked):
    """What a page says, without what differs at every request and what the asker had typed themselves."""
    text = page.content.decode().replace(page["X-Request-Id"], "").replace(str(asked), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"', "", text)


def test_whoever_sees_the_record_gets_the_file_to_save_it(cast, client_for, watchlist):
    row = attached(cast[OWNER], watchlist, "Procès “verbal”.pdf")
    answer = client_for(OWNER).get(url(row))
    assert answer.status_code == 200
    assert body(answer) == PDF
    said = {name: answer[name] for name in (
        "Content-Type", "Content-Length", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy",
        "Cache-Control", "ETag",
    )}  # fmt: skip
    assert said == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(PDF)),
        "Content-Disposition": "attachment; filename*=utf-8''Proc%C3%A8s%20%E2%80%9Cverbal%E2%80%9D.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "ETag": f'"{row.blob.sha256}"',
    }


def test_who_does_not_see_the_record_gets_the_same_404_as_for_no_file_at_all(cast, client_for, watchlist):
    row = attached(cast[OWNER], watchlist)
    browser, nothing = client_for(FOREIGNER), uuid.uuid4()
    hidden, absent = browser.get(url(row)), browser.get(f"/files/{nothing}/")
    assert hidden.status_code == absent.status_code == 404
    pages = [without_tokens(hidden, row.pk), without_tokens(absent, nothing)]
    assert pages[0] == pages[1]
    assert "Brief.pdf" not in pages[0]


@pytest.mark.parametrize("change", [{"clearance": 0}, {"groups": ()}, {"groups": (10**9,)}])
def test_an_actor_who_loses_sight_of_the_record_loses_the_file_with_it(cast, watchlist, change):
    attached(cast[OWNER], watchlist)
    assert Attachment.objects.visible_to(cast[OWNER]).exists()
    assert not Attachment.objects.visible_to(replace(cast[OWNER], **change)).exists()


def test_files_of_a_type_that_nobody_answers_for_are_seen_by_nobody(cast, watchlist, monkeypatch):
    attached(cast[OWNER], watchlist)
    monkeypatch.delitem(registry.offered("files.owners"), "screening.watchlist")
    assert not Attachment.objects.visible_to(cast[OWNER]).exists()
    with pytest.raises(LookupError):
        attach(cast[OWNER], watchlist, stored=store_upload(sent("b.pdf", PDF)))


def test_bytes_are_not_to_be_read_by_themselves(cast, watchlist):
    attached(cast[OWNER], watchlist)
    assert not StoredBlob.objects.visible_to(cast[OWNER]).exists()
    assert not StoredBlob.objects.visible_to(cast["jrcc.watch.officer"]).exists()


def test_a_download_is_remembered_in_the_chain_of_the_party_that_owns_the_record(cast, client_for, watchlist):
    row = attached(cast[OWNER], watchlist)
    client_for(OWNER).get(url(row))
    added, read = AuditRecord.objects.filter(object_type="files.attachment", object_id=str(row.pk)).order_by("pk")
    assert (added.verb, added.outcome, read.verb, read.outcome) == (
        "attachment.add", "done", "attachment.download", "read",
    )  # fmt: skip
    assert read.owner_party == "JAM"
    assert "Brief" not in str(read.detail)


def test_the_same_bytes_at_two_records_are_one_blob(cast, watchlist):
    other = world.a_watchlist(cast, "JAM-OTHER")
    first, second = attached(cast[OWNER], watchlist, "a.pdf"), attached(cast[OWNER], other, "b.pdf")
    assert first.blob_id == second.blob_id
    assert first.name != second.name


def test_a_new_version_replaces_the_one_before_and_both_can_be_read(cast, client_for, watchlist):
    first = attached(cast[OWNER], watchlist, data=PDF)
    second = attached(cast[OWNER], watchlist, data=PDF + b"\n", supersedes=first)
    first.refresh_from_db()
    assert (first.state, first.number, second.state, second.number) == ("superseded", 1, "current", 2)
    assert second.supersedes_id == first.pk
    assert [line.row.number for line in attachments.files_of(cast[OWNER], watchlist)] == [2, 1]
    assert [line.row.number for line in attachments.files_of(cast[OWNER], watchlist, older=False)] == [2]
    assert client_for(OWNER).get(url(first)).status_code == 200


def test_of_two_replacements_the_second_is_told(cast, watchlist):
    first = attached(cast[OWNER], watchlist)
    attached(cast[OWNER], watchlist, data=PDF + b"\n", supersedes=first)
    with pytest.raises(ValidationError) as late:
        attached(cast[OWNER], watchlist, data=PDF + b"\n\n", supersedes=first)
    assert "replaced or withdrawn" in late.value.message_dict["file"][0]


def test_a_file_of_another_record_cannot_be_replaced_from_here(cast, watchlist):
    other = attached(cast[OWNER], world.a_watchlist(cast, "JAM-OTHER"))
    with pytest.raises(ValidationError):
        attached(cast[OWNER], watchlist, supersedes=other)
    other.refresh_from_db()
    assert other.state == "current"


def test_a_withdrawn_file_is_named_but_not_opened(cast, client_for, watchlist):
    row = attached(cast[OWNER], watchlist)
    detach(cast[OWNER], watchlist, attachment=row)
    answer = client_for(OWNER).get(url(row))
    assert answer.status_code == 403
    assert "withdrawn" in answer.content.decode()
    assert attachments.files_of(cast[OWNER], watchlist)[0].why_not


def test_a_file_is_attached_only_inside_an_action(cast, watchlist):
    with pytest.raises(RuntimeError):
        actions.attach(cast[OWNER], watchlist, store_upload(sent("a.pdf", PDF)))
    assert not Attachment.objects.visible_to(cast[OWNER]).exists()


def test_bytes_that_were_swept_before_they_were_attached_are_asked_for_again(cast, watchlist):
    stored = store_upload(sent("a.pdf", PDF))
    storage.path_of(stored.sha256).unlink()
    with pytest.raises(ValidationError) as gone:
        attach(cast[OWNER], watchlist, stored=stored)
    assert "Send it again" in gone.value.message_dict["file"][0]


def test_the_list_of_files_costs_one_query_and_says_what_a_reader_needs(cast, watchlist, django_assert_num_queries):
    attached(cast[OWNER], watchlist, "Brief <1>.pdf")
    withdrawn = attached(cast[OWNER], watchlist, "Old.txt", b"old")
    detach(cast[OWNER], watchlist, attachment=withdrawn)
    request = RequestFactory().get("/")
    request.actor = cast[OWNER]
    with django_assert_num_queries(1):
        lines = attachments.files_of(cast[OWNER], watchlist)
        page = render_to_string("components/files.html", {"files": lines, "request": request})
    assert "Brief &lt;1&gt;.pdf" in page
    assert "Not checked for malware" in page
    assert "version 1" in page
    assert page.count('href="/files/') == 1
    assert attachments.files_of(cast[FOREIGNER], watchlist) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda place: place.unlink(), "missing"),
        (lambda place: place.write_bytes(PDF + b"x"), "its length has changed"),
        (lambda place: place.write_bytes(PDF[:-1] + b"x"), "its content has changed"),
    ],
)
def test_damage_is_found_and_named(cast, watchlist, capsys, spoil, words):
    row = attached(cast[OWNER], watchlist)
    call_command("verify_files")
    assert capsys.readouterr().out == "1 files, verified\n"
    spoil(storage.path_of(row.blob.sha256))
    with pytest.raises(SystemExit) as end:
        call_command("verify_files")
    assert end.value.code == 1
    assert f"damaged: {row.blob.sha256}: {words}" in capsys.readouterr().out


def test_a_file_of_the_wrong_length_is_not_sent(cast, client_for, watchlist):
    row = attached(cast[OWNER], watchlist)
    storage.path_of(row.blob.sha256).write_bytes(b"half")
    answer = client_for(OWNER).get(url(row))
    assert answer.status_code == 409
    assert Refusals.FILE_DAMAGED.sentence.partition("'")[0] in answer.content.decode()
    assert not AuditRecord.objects.filter(verb="attachment.download").exists()


def test_files_of_records_are_never_swept(cast, watchlist, stored_files):
    from apps.files import tasks

    row = attached(cast[OWNER], watchlist)
    never = store_upload(sent("never.txt", b"never attached"))
    for sha256 in (row.blob.sha256, never.sha256):
        days_ago = time.time() - 2 * 86_400
        os.utime(storage.path_of(sha256), (days_ago, days_ago))
    assert tasks.tidy() == 1
    assert stored_files() == [row.blob.sha256]
    assert room.REGISTRY.get("list.attach") is None
