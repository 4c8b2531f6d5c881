"""Files and texts made to harm: entities in XML, paths in names."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from apps.files import storage
from apps.files.rules import file_names
from apps.files.rules.intake import store_upload
from apps.manifests.paxlst.sheet_grid import likely_grids
from apps.screening import readers
from tests.files.room import PDF, sent

HANGS_S = 60
"""Which only what would not end reaches, on any machine."""
HEADINGS = ["Surname", "Given names", "Nationality", "Document", "Remarks"]
SECRET = "what only the server may read"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def a_workbook(doctype, word):
    """A list of persons as XLSX in which one cell is `word`, with a document type before the shared texts."""
    book = Workbook()
    book.active.append(HEADINGS)
    for number in range(3):
        book.active.append(["Vantongeren", "Casimir", "JAM", f"Q{number}", "PLACE"])
    plain = io.BytesIO()
    book.save(plain)
    changed = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name in {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}:
                head, _, rest = text.decode().partition("?>") if text.startswith(b"<?xml") else ("", "", text.decode())
                text = f'<?xml version="1.0"?>{doctype}{rest.replace("PLACE", word)}'.encode()
            new.writestr(name, text)
    return changed.getvalue()


def words_of(data):
    return [cell.text for grid in likely_grids(data) for row in grid.rows for cell in row]


def test_a_workbook_cannot_read_files_of_the_server(tmp_path):
    (tmp_path / "secret.txt").write_text(SECRET)
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    assert "Vantongeren" in words_of(a_workbook("", "plain")), "the workbook itself is read"
    assert SECRET not in " ".join(words_of(a_workbook(doctype, "&e;")))


def test_a_workbook_of_entities_within_entities_ends_at_once():
    began = time.perf_counter()
    words = words_of(a_workbook(f'<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}]>', "&e9;"))
    assert time.perf_counter() - began < HANGS_S
    assert max((len(word) for word in words), default=0) < 100_000


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}]>',
        "<!DOCTYPE x>",
    ],
)
def test_a_watchlist_in_xml_with_a_document_type_is_refused(doctype):
    data = f'<?xml version="1.0"?>{doctype}<sdnList><sdnEntry>&e;</sdnEntry></sdnList>'.encode()
    with pytest.raises(Exception, match=r"document type|entity"):
        list(readers.read_watchlist_file(data, readers.form_of(data)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.pdf",
        "..\\..\\boot.pdf",
        "/etc/cron.d/x.pdf",
        "a\x00b.pdf",
        "C:\\x\\con.pdf",
        "‮fdp.exe.pdf",
        "....",
    ],
)
def test_a_name_of_a_file_leads_nowhere_and_bytes_lie_under_their_hash(name):
    clean = file_names.cleaned(name)
    assert not set(clean) & set("/\\\x00‮")
    assert not clean.startswith(".")
    if not clean.endswith(".pdf"):
        return
    stored = store_upload(sent(name, PDF))
    place = storage.path_of(stored.sha256)
    assert place.resolve().is_relative_to(Path(settings.FILE_ROOT).resolve())
    assert place.name == stored.sha256


@pytest.mark.django_db
def test_what_only_says_that_it_is_a_document_is_refused():
    with pytest.raises(ValidationError):
        store_upload(sent("report.pdf", b"<script>alert(1)</script>"))
