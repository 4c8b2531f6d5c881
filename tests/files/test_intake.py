"""What may come in, under which name, and how it lies on disk."""

import contextlib
import hashlib
import os
import random
import time
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor

import docx
import openpyxl
import pytest
from django.core.exceptions import ValidationError

from apps.files import checks, storage
from apps.files.rules import archives, content, file_names
from apps.files.rules.intake import store_upload
from tests.files.room import EXE, JPG, MACRO_WORD, PDF, PNG, WORD, packed, sent, word

pytestmark = pytest.mark.django_db
ODT = "application/vnd.oasis.opendocument.text"


def refusal(name, data, **more):
    with pytest.raises(ValidationError) as refused:
        store_upload(sent(name, data), **more)
    return " ".join(refused.value.messages)


def test_the_bytes_lie_under_their_hash_readable_by_the_portal_alone(folder):
    stored = store_upload(sent("Brief.pdf", PDF))
    digest = hashlib.sha256(PDF).hexdigest()
    place = folder / digest[:2] / digest[2:4] / digest
    assert (stored.sha256, stored.size, stored.media_type, stored.name) == (
        digest, len(PDF), "application/pdf", "Brief.pdf",
    )  # fmt: skip
    assert place.read_bytes() == PDF
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_bytes_twice_are_stored_once(stored_files):
    first, second = store_upload(sent("a.pdf", PDF)), store_upload(sent("b.pdf", PDF))
    assert first.sha256 == second.sha256
    assert stored_files() == [first.sha256]


def test_two_people_sending_the_same_bytes_at_once_store_them_once(stored_files):
    """Many threads in the one step that they could disturb each other in; each finds its bytes whole afterwards."""
    data = PDF + os.urandom(200_000)

    def send(_number):
        with storage.received([data[:1000], data[1000:]], 2**20) as new:
            storage.store_file(new)
            return storage.damage(new.sha256, new.size)

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(send, range(64))) == {""}
    assert stored_files() == [hashlib.sha256(data).hexdigest()]


def test_damaged_bytes_on_disk_are_replaced_when_they_are_sent_again():
    stored = store_upload(sent("a.pdf", PDF))
    storage.path_of(stored.sha256).write_bytes(b"half")
    store_upload(sent("a.pdf", PDF))
    assert storage.damage(stored.sha256, stored.size) == ""


def test_a_large_file_is_taken_in_chunk_by_chunk_and_nothing_of_it_is_left_when_it_is_too_large(folder, stored_files):
    asked = []

    class Endless:
        name = "long.txt"

        def chunks(self):
            while True:
                asked.append(1)
                yield b"a" * 65_536

    with pytest.raises(ValidationError) as refused:
        store_upload(Endless())
    assert "larger than 5.0\xa0MB" in refused.value.messages[0]
    assert len(asked) == 5 * 2**20 // 65_536 + 1
    assert stored_files() == []


def test_a_room_may_set_a_narrower_limit_and_fewer_kinds():
    assert "larger than 20\xa0bytes" in refusal("a.pdf", PDF, limit=20)
    assert "Send one of: docx, odt." in refusal("a.pdf", PDF, kinds={"odt", "docx"})


def test_an_empty_file_is_refused():
    assert "empty" in refusal("a.txt", b"")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.PNG", PNG),
        ("a.jpeg", JPG),
        ("a.txt", "Señor Núñez\n".encode()),
        ("a.csv", b"\xef\xbb\xbfname;born\n"),
        ("a.docx", word()),
        ("a.odt", packed({"mimetype": ODT, "content.xml": "<c/>"})),
    ],
)
def test_each_kind_is_known_by_its_content(name, data):
    ending = file_names.ending(name)
    assert store_upload(sent(name, data)).media_type in {content.KINDS[ending].media_type, "text/plain"}


def test_documents_written_by_real_programs_are_taken(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    for name in ("a.docx", "a.xlsx"):
        assert "openxmlformats" in store_upload(sent(name, (tmp_path / name).read_bytes())).media_type


def test_a_program_renamed_to_pdf_is_refused_and_both_are_named(stored_files):
    text = refusal("Agenda.pdf", EXE)
    assert "ends in .pdf" in text
    assert "Windows Executable" in text
    assert stored_files() == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", EXE, "ending in .exe"),
        ("a", PDF, "no ending"),
        ("a.pdf", b"plain words", "plain text"),
        ("a.pdf", word(), "Word document"),
        ("a.docx", PDF, "is: PDF"),
        ("a.docx", packed({"a.txt": "x"}), "ZIP archive"),
        ("a.xlsx", word(), "Word document"),
        ("a.txt", b"Se\xf1or", "UTF-8"),
        ("a.txt", b"a\x00b", "UTF-8"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ending in .doc"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ends in .docx"),
        ("a.docx", word()[:-40], "damaged"),
    ],
)
def test_what_the_name_says_and_the_content_is_must_agree(name, data, words):
    assert words in refusal(name, data)


@pytest.mark.parametrize(
    "data",
    [
        word(MACRO_WORD),
        word(**{"word/vbaProject.bin": b"x"}),
        word(**{"WORD/VBAPROJECT.BIN": b"x"}),
        word(**{"xl/macrosheets/sheet1.xml": b"x"}),
        packed({"mimetype": ODT, "Basic/Standard/script-lb.xml": "<x/>"}),
    ],
)
def test_a_document_with_macros_is_refused(data):
    assert "macros" in refusal("a.docx", data)


def test_a_content_type_hidden_behind_an_entity_is_not_believed():
    types = f'<!DOCTYPE T [<!ENTITY a "{WORD}">]><T><O ContentType="&a;"/></T>'
    assert "ZIP archive" in refusal("a.docx", packed({"[Content_Types].xml": types}))


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused():
    assert "Send it without embedded material, or in parts" in refusal(
        "a.docx", word(**{"word/media/a.bin": bytes(20 * 2**20)})
    )


def test_an_archive_that_lies_about_its_sizes_is_refused():
    """The directory says 10 bytes; the data go on for 20 MB."""
    data = bytearray(word(**{"a.bin": bytes(20 * 2**20)}))
    real, told = (20 * 2**20).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert data.count(real) >= 2
    assert "damaged" in refusal("a.docx", bytes(data.replace(real, told)))


def test_an_archive_packed_otherwise_than_office_programs_do_is_refused():
    assert "office programs do not use" in refusal("a.docx", word(packing=zipfile.ZIP_LZMA))


def test_bytes_broken_anywhere_are_refused_with_a_sentence_and_are_no_fault_of_ours(tmp_path):
    whole, chance = word(**{"word/media/a.png": PNG * 20}), random.Random(7)
    for _round in range(300):
        data = bytearray(whole)
        for _byte in range(chance.randint(1, 4)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        path = tmp_path / "broken"
        path.write_bytes(bytes(data[: chance.choice([len(data), chance.randrange(5, len(data))])]))
        with contextlib.suppress(ValidationError):
            content.checked(path, "docx")


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    assert "Send it without embedded material, or in parts" in refusal("a.docx", word(a="1", b="2"))


def test_a_locked_document_is_refused():
    data = bytearray(word())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refusal("a.docx", bytes(data))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\Paper 3.docx", "Paper 3.docx"),
        ("Report\u202efdp.txt", "Reportfdp.txt"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        (unicodedata.normalize("NFD", "Procès-verbal.pdf"), "Procès-verbal.pdf"),
        (" .hidden.pdf. ", "hidden.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("\u200b", "file"),
        (".pdf", "pdf"),
        ("a/.pdf", "pdf"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert file_names.cleaned(given) == kept


def test_only_old_files_that_no_row_knows_are_swept():
    kept, young, old = (store_upload(sent("a.txt", word.encode())).sha256 for word in ("kept", "young", "old"))
    for sha256 in (kept, old):
        os.utime(storage.path_of(sha256), (time.time() - 100, time.time() - 100))
    assert storage.sweep(50, lambda hashes: hashes & {kept}) == 1
    assert [storage.path_of(each).exists() for each in (kept, young, old)] == [True, True, False]


def test_a_folder_for_files_inside_the_static_files_is_an_error(settings):
    assert checks.files_lie_outside_the_web_root() == []
    settings.FILE_ROOT = settings.STATIC_ROOT / "files"
    assert [fault.id for fault in checks.files_lie_outside_the_web_root()] == ["files.E001"]
