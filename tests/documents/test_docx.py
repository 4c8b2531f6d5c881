"""The DOCX of a document: real headings, repeated heads of tables, page fields, and always the same bytes."""

import dataclasses
import io
import time
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn

from apps.documents.rendering import (
    Arithmetic,
    Code,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Run,
    from_markdown,
    to_docx,
    watermarked,
)
from tests.documents.making import NUMBER, TITLE, WHEN, a_document, closed, long_document

TYPED = "*bold* #let <script>alert(1)</script> & 😀 señor, coördinatie \x07"


def opened(document: Any) -> Any:
    return docx.Document(io.BytesIO(to_docx(document)))


def words(document: Any) -> str:
    file = opened(document)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_title_and_headings_have_the_styles_that_navigation_reads():
    file = opened(a_document(Heading("One"), Heading("Deep", 3), Paragraph("text")))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs if paragraph.text]
    assert styles == [("Title", TITLE), ("Heading 1", "One"), ("Heading 2", "Deep"), ("Normal", "text")]


def test_the_marking_stands_in_header_and_footer_with_the_page_fields():
    copy = watermarked(long_document(fictional=True), "BRB-1", WHEN)
    section = opened(copy).sections[0]
    head = [paragraph.text for paragraph in section.header.paragraphs]
    assert head == [
        "CONFIDENTIAL – Members of CONSLE only",
        "Copy BRB-1, 12 Feb 2008, 18:02 UTC",
        "FICTIONAL demonstration data",
    ]
    assert section.footer.paragraphs[0].text == "CONFIDENTIAL – Members of CONSLE only"
    last = section.footer.paragraphs[1]
    assert last.text.startswith(f"{NUMBER} · Version 3 · Page")
    fields = [field.get(qn("w:instr")) for field in last._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_head_of_a_table_is_repeated():
    table = opened(long_document()).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Member State", "Votes", "Code"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr is None


def test_properties_say_title_language_and_date():
    core = opened(a_document(language="nl-SR")).core_properties
    assert (core.title, core.language, core.identifier) == (TITLE, "nl-SR", NUMBER)
    assert core.created == WHEN.replace(tzinfo=core.created.tzinfo)
    languages = {
        each.get(qn("w:val")) for each in opened(a_document(language="nl-SR")).styles.element.iter(qn("w:lang"))
    }
    assert languages == {"nl-SR"}


def test_the_same_document_is_the_same_bytes_at_another_time():
    document = closed(long_document())
    first = to_docx(document)
    time.sleep(2.1)  # entries of a ZIP are dated to two seconds
    assert to_docx(dataclasses.replace(document)) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_people_type_comes_out_literally():
    found = words(a_document(Heading(TYPED), Paragraph(TYPED), Note(TYPED, TYPED), Code(TYPED), title=TYPED))
    assert found.count(TYPED.replace("\x07", "[U+0007]")) == 6


def test_lists_tables_links_and_calculations_say_what_they_hold():
    document = a_document(
        *from_markdown("- a\n  1. b\n\n> q\n\n|h|n|\n|-|-:|\n|c|1|\n"),
        Arithmetic((("In favour", "12"),), ("Carried by", "12 of 13"), caption="Roll call"),
        PageBreak(),
        Paragraph((Run("here", link="https://example.org/"),)),
    )
    found = words(document)
    for said in ("•\ta", "1.\tb", "q", "Roll call", "In favour", "12 of 13"):
        assert said in found, said
    targets = {relation.target_ref for relation in opened(document).part.rels.values() if relation.is_external}
    assert targets == {"https://example.org/"}
