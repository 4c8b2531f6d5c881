"""A full disk is said in words, 507, and leaves neither half a file nor half a row."""

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.files import storage
from apps.files.models import StoredBlob, Upload
from apps.files.rules import intake
from tests.files.test_uploads import send
from tests.impacs.people import BARBADOS
from tests.impacs.test_action_page import sent
from tests.impacs.working import an_action

pytestmark = pytest.mark.django_db
TEXT = b"Figures of the quarter, by month and by port.\n" * 20_000


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's own full device in place of each new file below FILE_ROOT."""

    def on_the_full_device(dir: Any) -> tuple[int, str]:
        handle, name = tempfile.mkstemp(dir=dir)
        os.close(handle)
        return os.open("/dev/full", os.O_WRONLY), name

    monkeypatch.setattr(storage, "tempfile", type("Full", (), {"mkstemp": staticmethod(on_the_full_device)}))


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """FILE_ROOT on a file system of 200 kB, where this account may make one."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("this account may not mount")
    yield folder
    subprocess.run(["umount", folder], check=True)


def nothing_is_left(stored_files: Any) -> None:
    assert stored_files() == []
    assert not StoredBlob.objects.exists()
    assert not Upload.objects.exists()


@pytest.mark.usefixtures("full")
def test_a_program_is_told_with_a_code_and_when_to_come_again(api: Any, stored_files: Any) -> None:
    answer = send(api("JAM.intelligence"))
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (507, 507, "storage-full")
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0
    nothing_is_left(stored_files)


@pytest.mark.usefixtures("small_disk")
def test_a_disk_that_is_really_full_is_used_again_once_there_is_room(api: Any, stored_files: Any) -> None:
    program = api("JAM.intelligence")
    assert send(program, "Figures.txt", TEXT).status_code == 507
    nothing_is_left(stored_files)
    assert send(program, "Figures.txt", TEXT[:50_000]).status_code == 201


@pytest.mark.usefixtures("full")
def test_a_person_gets_the_form_back_with_everything_typed(cast: Any, client_for: Any, stored_files: Any) -> None:
    browser, place = client_for(BARBADOS), f"/impacs/actions/{an_action().pk}/add_evidence/"
    file = SimpleUploadedFile("Letter.txt", TEXT)
    for form in (sent(cast, file=file), sent(cast, file=SimpleUploadedFile("Letter.pdf", b"%PDF-1.7\n" + TEXT))):
        answer = browser.post(place, form)
    page = answer.content.decode()
    assert answer.status_code == 507
    assert "The portal has no room for this" in page
    assert 'id="id_file_error"' in page
    assert "Ref. 12/2026" in page
    assert browser.get(place).status_code == 200
    nothing_is_left(stored_files)


def test_a_form_that_is_wrong_otherwise_is_wrong_as_ever(cast: Any, client_for: Any) -> None:
    answer = client_for(BARBADOS).post(f"/impacs/actions/{an_action().pk}/add_evidence/", sent(cast, title=""))
    assert answer.status_code == 422


def no_space(*_given: Any, **_named: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_body_that_found_no_room_before_any_view_is_told_so(client_for: Any, monkeypatch: Any) -> None:
    browser = client_for(BARBADOS)
    browser.handler.enforce_csrf_checks = True  # who looks for the token reads the body first
    browser.cookies["csrftoken"] = "a" * 32
    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest._load_post_and_files", no_space)
    answer = browser.post("/language/", {"language": "fr"})
    assert answer.status_code == 507
    assert "No room left" in answer.content.decode()


def test_so_is_the_body_of_a_program(api: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("rest_framework.parsers.MultiPartParser.parse", no_space)
    answer = send(api("JAM.intelligence"))
    assert (answer.status_code, answer.json()["code"]) == (507, "storage-full")


def test_another_fault_of_the_disk_stays_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(storage, "tempfile", type("Broken", (), {"mkstemp": staticmethod(broken)}))
    with pytest.raises(OSError, match="Input/output"):
        intake.store_upload(SimpleUploadedFile("Figures.txt", TEXT))
