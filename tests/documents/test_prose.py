"""Markdown as blocks, and documents as text and data."""

import dataclasses
import json

from apps.documents.rendering import (
    Arithmetic,
    Clause,
    Code,
    Heading,
    KeyValues,
    Listing,
    Note,
    Paragraph,
    Quote,
    Run,
    Table,
    content_hash,
    from_markdown,
    to_data,
    to_text,
    watermarked,
)
from tests.documents.making import WHEN, a_document, closed


def test_markdown_becomes_blocks():
    text = (
        "# A\n\nplain *em* **st** `c` [l](https://x.org/)\nnext\\\nlast\n\n- a\n- b\n\n  3. c\n\n> q\n\n"
        "```\nx  y\n```\n\n---\n"
    )
    assert from_markdown(text) == (
        Heading("A", 1),
        Paragraph(
            (
                Run("plain "),
                Run("em", italic=True),
                Run(" "),
                Run("st", bold=True),
                Run(" "),
                Run("c", code=True),
                Run(" "),
                Run("l", link="https://x.org/"),
                Run(" "),
                Run("next"),
                Run("\n"),
                Run("last"),
            )
        ),
        Listing(((Paragraph("a"),), (Paragraph("b"), Listing(((Paragraph("c"),),), ordered=True, start=3)))),
        Quote((Paragraph("q"),)),
        Code("x  y"),
    )


def test_tables_keep_their_alignment():
    assert from_markdown("|h|n|\n|-|-:|\n|c|**1**|\n") == (
        Table(("h", "n"), (("c", (Run("1", bold=True),)),), kinds=("text", "number")),
    )


def test_html_pictures_and_links_to_elsewhere_are_text():
    assert from_markdown("<b>x</b> [s](javascript:alert(1)) [d](data:text/html,x)") == (
        Paragraph("<b>x</b> [s](javascript:alert(1)) [d](data:text/html,x)"),
    )
    (paragraph,) = from_markdown("![alt](https://x.org/a.png)")
    assert paragraph == Paragraph((Run("!"), Run("alt", link="https://x.org/a.png")))


def test_no_markdown_stops_a_document():
    assert from_markdown("") == ()
    assert from_markdown("#\n\n-\n\n>\n") == (Listing(((),)), Quote(()))
    deep = from_markdown("###### deep")
    assert deep == (Heading("deep", 3),)


def everything():
    return a_document(
        Heading("Decides"),
        Clause("1", "that lists are screened;", ("in both directions",)),
        Table(("State", "Votes"), (("BRB", "1"),), "Votes"),
        KeyValues((("Adopted", "12 Feb 2008"),)),
        Note("as spoken", "Remark:"),
        Arithmetic((("In favour", "12"),), ("Carried", "yes"), "Roll call"),
        *from_markdown("1. a\n2. b\n\n> q"),
        fictional=True,
    )


def test_the_plain_text_begins_and_ends_with_the_marking_and_says_everything():
    text = to_text(closed(everything()))
    lines = text.strip().split("\n")
    assert lines[0] == lines[-1] == "CONFIDENTIAL – Members of CONSLE only"
    assert lines[1] == "FICTIONAL demonstration data"
    for words in (
        "1 that lists are screened;\n    in both directions",
        "Votes\nState\tVotes\nBRB\t1",
        "Adopted: 12 Feb 2008",
        "Remark: as spoken",
        "Roll call\nIn favour: 12\nCarried: yes",
        "1. a\n2. b",
        "> q",
        "Verification code: ",
    ):
        assert words in text, words


def test_the_data_are_json_and_every_block_says_its_type():
    data = json.loads(json.dumps(to_data(everything())))
    assert data["format"] == "caricom-document/1"
    assert data["date"] == "2008-02-12T18:02:00+00:00"
    assert [block["type"] for block in data["blocks"]] == [
        *("heading", "clause", "table", "keyvalues", "note", "arithmetic", "listing", "quote"),
    ]
    assert data["blocks"][6]["items"][0][0] == {"type": "paragraph", "text": "a"}
    assert data["blocks"][7]["blocks"] == [{"type": "paragraph", "text": "q"}]


def test_every_copy_has_the_same_content_hash_and_every_change_another():
    document = everything()
    same = content_hash(document)
    assert content_hash(closed(watermarked(document, "BRB-1", WHEN))) == same
    assert content_hash(dataclasses.replace(document, blocks=document.blocks[:-1])) != same
    assert content_hash(dataclasses.replace(document, version="4")) != same
