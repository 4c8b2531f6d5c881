"""A document as PDF/UA-1 (ISO 14289-1): tagged, with its marking on every page, the same bytes for the same input."""

import datetime
import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial, singledispatchmethod
from pathlib import Path
from typing import Any

import typst

from apps.documents.rendering import words
from apps.documents.rendering.blocks import (
    Arithmetic,
    Block,
    Clause,
    Closing,
    Code,
    Document,
    Heading,
    KeyValues,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
    plain,
    runs,
)
from apps.documents.rendering.glyphs import drawable

TEMPLATE = Path(__file__).parent / "document.typ"
FONTS = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
LONGEST_WORD = 18
"""Letters after which a word may be broken anywhere: hashes, addresses, what somebody typed without a space."""
NARROWEST, WIDEST = 6, 30
"""Bounds of a column's share of the width, in letters of its longest cell."""


def to_pdf(document: Document, now: datetime.datetime | None = None) -> bytes:
    """PDF/UA-1 bytes on A4; stamped with the document's own date, or with `now`.

    About 50 ms for ten pages. Characters without a glyph are written as code points (glyphs.drawable).
    """
    at = now or document.date
    try:
        return _compiled(document, at, drawable)
    except typst.TypstError:
        # each character has a glyph, but not in every cut: there is no italic thunderstorm
        return _compiled(document, at, partial(drawable, latin_only=True))


def _compiled(document: Document, at: datetime.datetime, say: Any) -> bytes:
    data = json.dumps(_Drawing(say).document(document, at), ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,  # the same bytes on every machine
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )


class _Drawing:
    """The description in the shape that document.typ reads. `say` makes a text drawable."""

    def __init__(self, say: Any) -> None:
        self.say = say
        self.level = 0

    def document(self, document: Document, at: datetime.datetime) -> dict[str, Any]:
        said = words.of(document.language)
        language, _, region = document.language.partition("-")
        utc = at.astimezone(datetime.UTC)
        about = (
            (said["reference"], document.reference),
            (said["version"], document.version),
            (said["date"], words.day(document.date)),
            (said["marking"], document.marking.line),
        )
        return {
            "title": self.say(document.title),
            "heading": self.runs(document.title),
            "issuer": self.say(document.issuer),
            "lang": language.lower(),
            "region": region or None,
            "fonts": FONTS,
            "date": {name: getattr(utc, name) for name in ("year", "month", "day", "hour", "minute", "second")},
            "marking": self.say(document.marking.line),
            "reference": self.say(document.reference),
            "version": self.say(document.version),
            "copy_mark": self.say(document.copy_mark),
            "fictional": said["fictional"] if document.fictional else "",
            "words": dict(said),
            "about": self.pairs(about),
            "blocks": [self.block(each) for each in document.blocks],
            "closing": self.closing(document.closing, said) if document.closing else None,
        }

    def closing(self, closing: Closing, said: Any) -> dict[str, Any]:
        mono = (("hash", closing.content_hash), ("seal", closing.seal), ("code", closing.code))
        return {
            "heading": self.runs(said["verify"]),
            "rows": [(self.runs(said[name]), self.runs((Run(value, code=True),))) for name, value in mono if value],
            "how": self.runs(said["how"].format(url=closing.verify_at)),
        }

    def runs(self, text: Text) -> list[dict[str, Any]]:
        return [
            {
                "pieces": list(pieces(self.say(run.text))),
                "bold": run.bold,
                "italic": run.italic,
                "code": run.code,
                "link": run.link,
            }
            for run in runs(text)
        ]

    def pairs(self, rows: Iterable[tuple[str, Text]]) -> list[tuple[Any, Any]]:
        return [(self.runs(name), self.runs(value)) for name, value in rows]

    def block(self, block: Block) -> dict[str, Any]:
        return {"type": type(block).__name__.lower(), **self.fields(block)}

    @singledispatchmethod
    def fields(self, block: Any) -> dict[str, Any]:
        raise TypeError(f"{type(block).__name__} is no block")

    @fields.register
    def _(self, block: Heading) -> dict[str, Any]:
        # PDF/UA-1 section 7.4.2: no level may be skipped on the way down
        self.level = max(1, min(block.level, self.level + 1, 3))
        return {"level": self.level, "text": self.runs(block.text)}

    @fields.register
    def _(self, block: Paragraph | Code) -> dict[str, Any]:
        return {"text": self.runs(block.text)}

    @fields.register
    def _(self, block: Clause) -> dict[str, Any]:
        details = [self.runs(each) for each in block.details]
        return {"number": self.runs(block.number), "text": self.runs(block.text), "details": details}

    @fields.register
    def _(self, block: Table) -> dict[str, Any]:
        kinds = [block.kind(column) for column in range(len(block.head))]
        return {
            "head": [self.runs(cell) for cell in block.head],
            "rows": [
                [{"runs": self.cell(cell, kind)} for cell, kind in zip(row, kinds, strict=True)] for row in block.rows
            ],
            "kinds": kinds,
            "widths": [_width(block, column) for column in range(len(block.head))],
            "caption": self.said(block.caption),
        }

    @fields.register
    def _(self, block: KeyValues) -> dict[str, Any]:
        return {"pairs": self.pairs(block.pairs)}

    @fields.register
    def _(self, block: Note) -> dict[str, Any]:
        return {"lead": self.said(block.lead), "text": self.runs(block.text)}

    @fields.register
    def _(self, block: Arithmetic) -> dict[str, Any]:
        (result,) = self.pairs([block.result])
        return {"caption": self.said(block.caption), "lines": self.pairs(block.lines), "result": result}

    @fields.register
    def _(self, block: Listing) -> dict[str, Any]:
        items = [[self.block(each) for each in item] for item in block.items]
        return {"ordered": block.ordered, "start": block.start, "items": items}

    @fields.register
    def _(self, block: Quote) -> dict[str, Any]:
        return {"blocks": [self.block(each) for each in block.blocks]}

    @fields.register
    def _(self, block: PageBreak) -> dict[str, Any]:
        return {}

    def said(self, text: str) -> list[dict[str, Any]]:
        """Runs, or nothing for an empty text."""
        return self.runs(text) if text else []

    def cell(self, text: Text, kind: str) -> list[dict[str, Any]]:
        return self.runs((Run(plain(text), code=True),) if kind == "code" else text)


def _width(table: Table, column: int) -> int:
    """A column's share of the width, by its longest cell."""
    cells = [table.head[column], *(plain(row[column]) for row in table.rows)]
    return max(NARROWEST, min(WIDEST, max(len(cell) for cell in cells)))


def pieces(text: str) -> Iterator[str]:
    """The text cut where a line may break within a long word: before every letter of it."""
    kept = ""
    for each in _split(text):
        if len(each) <= LONGEST_WORD:
            kept += each
            continue
        if kept:
            yield kept
            kept = ""
        yield from _letters(each)
    if kept or not text:
        yield kept


def _letters(word: str) -> Iterator[str]:
    """The letters of a word, each with the marks that combine with it."""
    start = 0
    for at in range(1, len(word)):
        if not unicodedata.combining(word[at]):
            yield word[start:at]
            start = at
    yield word[start:]


def _split(text: str) -> Iterator[str]:
    """Words and the white space between them, all of it."""
    start = 0
    for at in range(1, len(text)):
        if text[at].isspace() != text[at - 1].isspace():
            yield text[start:at]
            start = at
    if text:
        yield text[start:]
