"""Documents as Markdown: structure as Markdown's own, text always as text."""

import dataclasses
import datetime

import pytest

from apps.documents.rendering import (
    Arithmetic,
    Clause,
    Closing,
    Code,
    Document,
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
    to_markdown,
)
from apps.documents.rules.markdown import to_html

AT = datetime.datetime(2008, 1, 21, tzinfo=datetime.UTC)


def document(*blocks, **more):
    return Document("Title", "OAS/1", Marking("PUBLIC"), "1", AT, blocks, **more)


def body(*blocks):
    return to_markdown(document(*blocks)).split("- Date: 21 Jan 2008\n\n", 1)[1].rpartition("\n\n**PUBLIC**")[0]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Heading("One", 2), "### One"),
        (Paragraph("Plain."), "Plain."),
        (Paragraph((Run("a "), Run("b", bold=True), Run(" c", italic=True))), "a **b*** c*"),
        (Paragraph((Run("x", link="https://a.example"),)), "[x](<https://a.example>)"),
        (Clause("1", "that it is", ("so",)), "**1** that it is\n\nso"),
        (KeyValues((("To", "You"),)), "- To: You"),
        (Note("gone", "Not known"), "> **Not known:** gone"),
        (Code("a  b"), "    a  b"),
        (Quote((Paragraph("x"),)), "> x"),
        (Listing(((Paragraph("x"),), (Paragraph("y"),))), "- x\n- y"),
        (Listing(((Paragraph("x"),),), ordered=True, start=3), "3. x"),
        (PageBreak(), "---"),
        (Table(("A", "B"), (("x", "1"),), kinds=("text", "number")), "| A | B |\n| --- | ---: |\n| x | 1 |"),
        (Arithmetic((("For", "11"),), ("Needed", "12")), "- For: 11\n- Needed: 12"),
    ],
)
def test_each_block_is_written_as_markdown_has_it(block, said):
    assert body(block) == said


SIGNS = ["*not bold*", "_x_", "# no heading", "[x](https://a.example)", "<b>x</b>", "1. no", "- no", "a|b", "`x`", "\\"]


@pytest.mark.parametrize("text", SIGNS)
def test_signs_in_a_text_stay_text(text):
    shown = str(to_html(body(Paragraph(text))))
    assert not any(tag in shown for tag in ("<em>", "<strong>", "<h1", "<a ", "<b>", "<ol", "<ul", "<code"))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").strip() == f"<p>{text}</p>"


def test_the_marking_stands_first_and_last_and_the_closing_says_how_to_verify():
    closed = dataclasses.replace(
        document(Paragraph("x"), fictional=True), closing=Closing("ab" * 32, "https://v.example")
    )
    text = to_markdown(closed)
    assert text.startswith("# Title\n\n**PUBLIC**\n\n**FICTIONAL demonstration data**")
    assert text.endswith("**PUBLIC**\n")
    assert "ab" * 32 in text
    assert to_markdown(closed) == text
