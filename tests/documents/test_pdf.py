"""The PDF of a document: what stands on its pages, its tags, and that its bytes are always the same."""

import dataclasses
import datetime
import io
from typing import Any

import pytest
from pypdf import PdfReader

from apps.documents.rendering import (
    Arithmetic,
    Code,
    Heading,
    KeyValues,
    Listing,
    Marking,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    from_markdown,
    to_pdf,
    watermarked,
)
from apps.documents.rendering.glyphs import is_drawn
from tests.documents.making import NUMBER, TITLE, WHEN, a_document, closed, long_document


def read(document: Any) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(document)))


def pages(document: Any) -> list[str]:
    return [page.extract_text() for page in read(document).pages]


def text(document: Any) -> str:
    return "\n".join(pages(document))


def joined(document: Any) -> str:
    """Without line breaks: for words that are longer than a line."""
    return text(document).replace("\n", "")


def test_every_page_has_its_marking_at_head_and_foot_its_reference_and_its_number():
    found = pages(long_document())
    assert len(found) == 3
    for number, page in enumerate(found, 1):
        lines = page.strip().split("\n")
        assert lines[0].strip() == "CONFIDENTIAL – Members of CONSLE only"
        assert lines[-2].strip() == "CONFIDENTIAL – Members of CONSLE only"
        assert f"{NUMBER} · Version 3" in lines[-1]
        assert f"Page {number} of 3" in lines[-1]


def test_the_head_of_a_table_is_repeated_on_every_page():
    assert all("Member State Votes Code" in page for page in pages(long_document()))


def test_demonstration_data_are_called_fictional_on_every_page_and_others_never():
    assert all("FICTIONAL demonstration data" in page for page in pages(long_document(fictional=True)))
    assert "FICTIONAL" not in text(long_document())


def test_the_copy_of_a_seat_names_it_on_every_page():
    copy = watermarked(long_document(), "BRB-3-0117-2", WHEN, holder="Ministry, Barbados")
    line = "Copy BRB-3-0117-2, for Ministry, Barbados, 12 Feb 2008, 18:02 UTC"
    assert all(line in page for page in pages(copy))
    assert "Copy" not in text(long_document())


def test_the_moment_of_a_copy_is_told_in_utc():
    barbados = datetime.timezone(datetime.timedelta(hours=-4))
    copy = watermarked(a_document(), "BRB-1", datetime.datetime(2008, 2, 12, 22, 30, tzinfo=barbados))
    assert copy.copy_mark == "Copy BRB-1, 13 Feb 2008, 02:30 UTC"


def test_it_is_tagged_titled_and_says_its_language():
    reader = read(long_document())
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()


def tags(node: Any) -> set[str]:
    node = node.get_object()
    if isinstance(node, list):
        return set().union(*map(tags, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (tags(node["/K"]) if "/K" in node else set())


def test_tables_headings_and_lists_are_told_to_screen_readers():
    document = a_document(*from_markdown("# One\n\n- a\n- b\n\n|h|\n|-|\n|c|\n"))
    found = tags(read(document).trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= found


def test_equal_documents_are_equal_bytes_and_any_difference_shows():
    document = closed(long_document())
    assert to_pdf(document) == to_pdf(dataclasses.replace(document))
    for change in ({"version": "4"}, {"copy_mark": "Copy 1"}, {"fictional": True}, {"title": "Another"}):
        assert to_pdf(dataclasses.replace(document, **change)) != to_pdf(document)


def test_the_file_is_dated_like_the_document():
    metadata = read(a_document()).metadata
    assert metadata is not None
    assert metadata.creation_date == WHEN


@pytest.mark.parametrize(
    "typed",
    [
        "*bold* _it_ #let x = 1 $x^2$ @ref <label> `code` = heading",
        "<script>alert(1)</script> & &amp; \\n \\u{41} // comment /* x */",
        "Ísland, Saint-Barthélemy, señor, Curaçao, coördinatie, garçon, naïve, ça, ½ €",
        '#import "@preview/x:1.0.0"; #read("/etc/passwd")',
        "“curly” ‘single’ -- --- ... ~",
    ],
)
def test_what_people_type_comes_out_literally(typed: str):
    document = a_document(
        Heading(typed),
        Paragraph(typed),
        Table((typed,), ((typed,),), caption=typed),
        KeyValues(((typed, typed),)),
        Note(typed, typed),
        title=typed,
        reference=typed,
    )
    found = " ".join(joined(document).split())
    assert found.count(" ".join(typed.split())) >= 9
    assert read(document).metadata.title == typed


def test_a_word_without_spaces_is_broken_and_loses_no_letter():
    word = "".join(chr(ord("A") + n % 26) for n in range(900))
    assert word in joined(a_document(Paragraph(word)))
    lines = [line for line in text(a_document(Paragraph(word))).split("\n") if line and line.strip() in word]
    assert len(lines) > 8


def test_a_long_word_stays_within_its_column():
    word = "W" * 60
    found = text(a_document(Table(("a", "b", "c", "d", "e", "f"), ((word, "1", word, "2", word, "3"),))))
    assert word not in found
    assert found.count("W") == 180


def test_what_no_font_can_draw_is_written_as_its_code_point():
    found = joined(a_document(Paragraph("ok 😀 漢 \x07 end"), title="😀"))
    assert "ok [U+1F600] [U+6F22] [U+0007] end" in found
    assert "[U+1F600]" in (read(a_document(title="😀")).metadata.title or "")


@pytest.mark.parametrize("start", range(0x20, 0x2C00, 0x200))
def test_the_table_of_glyphs_is_true(start: int):
    drawn = [chr(code) for code in range(start, start + 0x200) if is_drawn(chr(code))]
    assert to_pdf(a_document(*(Paragraph(" ".join(drawn[n : n + 64])) for n in range(0, len(drawn), 64))))


def test_a_sign_that_the_italics_lack_does_not_stop_the_document():
    found = text(a_document(Paragraph((Run("storm ☇ and é", italic=True),))))
    assert "storm [U+2607] and é" in found
    assert "storm ☇ and é" in text(a_document(Paragraph("storm ☇ and é")))


@pytest.mark.parametrize(
    "odd", ["\u200d", "\ufe0f", "\u202e abc", "\u2028", "\ufeff", "\U000e0041", "   ", "\n", "\ue008"]
)
def test_no_text_stops_a_document(odd: str):
    blocks = (
        Paragraph(odd),
        Table((odd,), ((odd,),), caption=odd),
        Code(odd),
        KeyValues(((odd, odd),)),
        Note(odd, odd),
    )
    assert to_pdf(a_document(*blocks, Listing(((Paragraph(odd),), ())), Quote(()), version=odd, copy_mark=odd))


def test_blocks_of_every_kind_say_what_they_hold():
    document = a_document(
        Heading("Majority", 3),
        Arithmetic((("In favour", "12"), ("Against", "1")), ("Carried by", "12 of 13"), caption="Roll call"),
        Listing(((Paragraph("first"),), (Paragraph("second"), Quote((Paragraph("quoted"),)))), ordered=True, start=4),
        Code("a  b\n  c"),
        PageBreak(),
        Paragraph((Run("bold", bold=True), Run(" and "), Run("here", link="https://example.org/"))),
        marking=Marking("OFFICIAL"),
    )
    first, second = pages(document)
    for words in ("Roll call", "In favour 12", "Carried by 12 of 13", "4. first", "5. second", "quoted", "a  b"):
        assert words in first, words
    assert "bold and here" in second
    assert first.startswith("OFFICIAL")
    assert read(document).pages[1]["/Annots"][0].get_object()["/A"]["/URI"] == "https://example.org/"


def test_a_link_to_a_script_is_no_link():
    assert Run("x", link="javascript:alert(1)").link == ""
    assert "/Annots" not in read(a_document(Paragraph((Run("x", link="file:///etc"),)))).pages[0]


def test_the_closing_says_how_to_verify_in_the_language_of_the_document():
    document = closed(a_document())
    assert document.closing is not None
    found = joined(document)
    assert document.closing.content_hash in found
    assert document.closing.code in found
    assert "https://portal.test/verify/" in found
    french = dataclasses.replace(document, language="fr-HT")
    assert "Comment vérifier ce document" in text(french)
    assert "Page 1 sur 1" in text(french)
    assert read(french).trailer["/Root"]["/Lang"] == "fr-HT"


def test_a_description_that_cannot_be_drawn_is_refused_at_once():
    with pytest.raises(ValueError, match="aware"):
        a_document(date=datetime.datetime(2008, 2, 12))
    with pytest.raises(ValueError, match="as many cells"):
        Table(("a", "b"), (("1",),))
    with pytest.raises(ValueError, match="title"):
        a_document(title=" ")
    with pytest.raises(ValueError, match="words"):
        Heading("")
    with pytest.raises(ValueError, match="one kind"):
        Table(("a",), (), kinds=("colour",))
