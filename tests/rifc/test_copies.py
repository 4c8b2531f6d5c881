"""Copies of reports as files: marked, with whose copy it is, in the read log, and none of what leaves no file."""

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.rifc.actions import recalls
from apps.rifc.models import ReadLog
from apps.rifc.refusals import Refusals
from tests.rifc.people import AUTHOR, HEAD, JAMAICA, SECRET_NAME, TRINIDAD, paragraph, shared

pytestmark = pytest.mark.django_db


def place(row: Any, fmt: str = "pdf") -> str:
    return reverse("rifc:copy", args=[row.thread, fmt])


def words_of(answer: Any) -> list[str]:
    assert answer["Content-Disposition"].startswith("attachment")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


def test_a_pdf_says_on_every_page_how_it_is_marked_and_whose_copy_it_is(cast, client_for):
    sightings = [[f"sighting-{part}-{number}" for number in range(120)] for part in range(6)]
    said = [paragraph(" ".join(words), source_ref=SECRET_NAME) for words in sightings]
    row = shared(cast, "JAM.contact", paragraphs=said)
    pages = words_of(client_for(JAMAICA).get(place(row)))
    assert len(pages) > 1
    for page in pages:
        assert "RESTRICTED" in page
        assert "TLP:AMBER" in page
        assert "JAM-" in page
    text = " ".join(pages)
    assert [word for words in sightings for word in words if word not in text] == []
    assert "possibly true" in text
    assert row.number in text
    assert SECRET_NAME not in text
    assert ReadLog.objects.get(report=row, channel="pdf").desk.code == "JAM.contact"


def test_a_docx_holds_the_same_and_no_name_of_its_maker(cast, client_for):
    row = shared(cast, "JAM.contact", paragraphs=[paragraph("Seen at Demo Bay.", source_ref=SECRET_NAME)])
    answer = client_for(JAMAICA).get(place(row, "docx"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        everything = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert "Seen at Demo Bay." in everything
    assert SECRET_NAME not in everything
    assert "brb.intelligence" not in everything.lower()


@pytest.mark.parametrize("more", [{"handling": ["NOPRINT"]}, {"tlp": "RED", "named_persons": [JAMAICA]}])
def test_what_leaves_no_file_leaves_none_for_anybody(cast, client_for, more):
    row = shared(cast, *(() if "tlp" in more else ("JAM.contact",)), **more)
    for who in (JAMAICA, AUTHOR):
        refused = client_for(who).get(place(row))
        assert (refused.status_code, Refusals.NO_PRINT.sentence in refused.content.decode()) == (403, True)
        assert "copy.pdf" not in client_for(who).get(reverse("rifc:report", args=[row.thread])).content.decode()
    assert not ReadLog.objects.filter(channel="pdf").exists()


def test_no_copy_for_who_has_it_not_or_no_more_nor_in_another_form(cast, client_for):
    row = shared(cast, "JAM.contact")
    assert client_for(TRINIDAD).get(place(row)).status_code == 404
    assert client_for(JAMAICA).get(place(row, "exe")).status_code == 404
    recalls.recall_rifc_report(cast[HEAD], row, reason_code="other", text="Back.")
    assert client_for(JAMAICA).get(place(row)).status_code == 404
    assert "This report was recalled." in " ".join(words_of(client_for(AUTHOR).get(place(row))))
