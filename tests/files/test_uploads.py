"""Programs send a file ahead and name it once; people choose it in a form: one field for both."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from apps.access.forms import ActorForm
from apps.files import actions, storage, tasks
from apps.files.forms import UploadField
from apps.files.models import StoredBlob, Upload
from apps.files.rules.intake import store_upload
from tests.files.room import EXE, PDF, attach, attached

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, FOREIGNER = "jam.intelligence.officer", "jam.intelligence.head", "tto.intelligence.head"
ADDRESS = "/api/v1/files/uploads/"


class PaperForm(ActorForm):
    file = UploadField(label="Paper", kinds=("pdf", "docx"))
    note = UploadField(required=False)


def chosen(name="Brief.pdf", data=PDF):
    return SimpleUploadedFile(name, data, content_type="application/x-whatever")


def send(program, name="Brief.pdf", data=PDF):
    return program.post(ADDRESS, {"file": chosen(name, data)}, format="multipart")


def form(actor, text="", file=None):
    return PaperForm({"file": text}, actor=actor, files={"file": file} if file else {})


def test_a_program_sends_a_file_and_learns_its_hash_and_id(api):
    answer = send(api("JAM.intelligence"))
    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in ("size", "media_type", "name", "state", "scan")} == {
        "size": len(PDF), "media_type": "application/pdf", "name": "Brief.pdf", "state": "open", "scan": "unscanned",
    }  # fmt: skip
    assert storage.damage(told["sha256"], told["size"]) == ""
    assert answer["Location"].endswith(f"{ADDRESS}{told['id']}/")


def test_the_bytes_alone_will_do_with_the_name_in_a_header(api):
    name = quote("Procès-verbal.pdf")
    answer = api("JAM.intelligence").post(
        ADDRESS,
        PDF,
        content_type="application/octet-stream",
        HTTP_CONTENT_DISPOSITION=f"attachment; filename*=utf-8''{name}",
    )
    assert (answer.status_code, answer.json()["name"]) == (201, "Procès-verbal.pdf")


def test_sending_the_same_twice_gives_the_same_upload(api, stored_files):
    program = api("JAM.intelligence")
    first, second = send(program).json(), send(program).json()
    assert first == second
    assert stored_files() == [first["sha256"]]


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_send_the_same_bytes_at_once_share_them(cast, stored_files):
    actors = [cast[OWNER], cast[FOREIGNER]] * 2

    def hand_in(actor):
        try:
            return actions.add_upload(actor, None, stored=store_upload(chosen())).blob_id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        blobs = set(pool.map(hand_in, actors))
    assert len(blobs) == 1
    assert len(stored_files()) == 1


def test_what_is_refused_says_so_at_the_field(api):
    program = api("JAM.intelligence")
    answer = send(program, "Brief.pdf", EXE)
    assert answer.status_code == 400
    fault = answer.json()["errors"][0]
    assert fault["pointer"] == "/file"
    assert "Windows Executable" in fault["message"]
    assert program.post(ADDRESS, {}, format="multipart").json()["errors"][0]["pointer"] == "/file"
    assert program.post(ADDRESS, PDF, content_type="application/octet-stream").status_code == 400
    assert not Upload.objects.exists()


def test_a_key_that_only_reads_sends_nothing(api, stored_files):
    assert send(api("JAM.intelligence", "read")).status_code == 403
    assert stored_files() == []


def test_an_upload_is_its_desks_own(api):
    told = send(api("JAM.intelligence")).json()
    assert api("JAM.intelligence").get(told["url"]).json()["id"] == told["id"]
    assert api("TTO.intelligence").get(told["url"]).status_code == 404


def test_an_action_names_the_upload_once(api, cast, watchlist):
    told = send(api("JAM.intelligence")).json()
    filled = form(cast[OWNER], told["id"])
    assert filled.is_valid(), filled.errors
    stored = filled.cleaned_data["file"]
    assert (stored.sha256, stored.name) == (told["sha256"], "Brief.pdf")
    attach(cast[OWNER], watchlist, stored=stored)
    assert Upload.objects.get().state == "used"
    assert "no unused upload" in str(form(cast[OWNER], told["id"]).errors)
    with pytest.raises(ValidationError) as again:
        attach(cast[OWNER], watchlist, stored=stored)
    assert "already used" in again.value.message_dict["file"][0]


def test_another_desk_cannot_use_it_even_if_it_knows_the_id(api, cast):
    told = send(api("JAM.intelligence")).json()
    assert "no unused upload" in str(form(cast[FOREIGNER], told["id"]).errors)


@pytest.mark.parametrize("text", ["no id at all", "0190a0a0-0000-7000-8000-000000000000"])
def test_an_id_that_is_none_is_told_like_one_of_another_desk(cast, text):
    assert "no unused upload" in str(form(cast[OWNER], text).errors)


def test_an_upload_of_a_kind_that_the_form_does_not_take_is_refused(api, cast):
    told = send(api("JAM.intelligence"), "a.txt", b"text").json()
    assert "Send one of: pdf, docx." in str(form(cast[OWNER], told["id"]).errors)


def test_people_choose_a_file_in_the_same_field(cast):
    filled = form(cast[OWNER], file=chosen())
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["file"].media_type == "application/pdf"
    assert filled.cleaned_data["note"] is None
    assert "Choose a file." in str(form(cast[OWNER]).errors)
    assert "empty" in str(form(cast[OWNER], file=chosen(data=b"")).errors)
    assert "Windows Executable" in str(form(cast[OWNER], file=chosen(data=EXE)).errors)


def test_the_control_has_a_real_input_with_label_hint_and_error(cast):
    page = render_to_string("components/upload.html", {"field": form(cast[OWNER], file=chosen(data=EXE))["file"]})
    assert '<label for="id_file">' in page
    assert 'type="file"' in page
    assert 'accept=".pdf,.docx"' in page
    assert 'aria-describedby="id_file_helptext id_file_error"' in page
    assert "PDF, Word document; up to 25.0\xa0MB." in page


def a_day_passes(*hashes):
    Upload.objects.update(at=timezone.now() - timedelta(days=2))
    for sha256 in hashes:
        os.utime(storage.path_of(sha256), (time.time() - 2 * 86_400,) * 2)


def test_an_upload_that_nobody_uses_is_gone_after_a_day(api, cast, stored_files):
    told = send(api("JAM.intelligence")).json()
    assert tasks.tidy() == 0
    a_day_passes(told["sha256"])
    assert tasks.tidy() == 1
    assert stored_files() == []
    assert not StoredBlob.objects.exists()
    after = api("JAM.intelligence").get(told["url"]).json()
    assert (after["state"], after["sha256"]) == ("expired", None)


def test_bytes_that_a_record_holds_stay_when_an_upload_of_them_is_forgotten(api, cast, watchlist, stored_files):
    row = attached(cast[OWNER], watchlist)
    told = send(api("JAM.intelligence")).json()
    a_day_passes(told["sha256"])
    assert tasks.tidy() == 0
    assert Upload.objects.get().state == "expired"
    assert stored_files() == [row.blob.sha256]


def test_a_program_reads_the_files_of_records_that_its_desk_sees(api, cast, watchlist):
    row = attached(cast[OWNER], watchlist)
    address = f"/api/v1/files/attachments/{row.pk}/"
    told = api("JAM.intelligence").get(address).json()
    assert (told["name"], told["number"], told["sha256"]) == ("Brief.pdf", 1, row.blob.sha256)
    content = api("JAM.intelligence").get(f"{address}content/")
    assert b"".join(content.streaming_content) == PDF
    assert content["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert {api("TTO.intelligence").get(f"{address}{rest}").status_code for rest in ("", "content/")} == {404}
