"""A document as DOCX (ISO/IEC 29500), with real styles; the same bytes for the same input."""

import datetime
import io
import zipfile
from collections.abc import Iterable
from functools import singledispatchmethod
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from apps.documents.rendering import words
from apps.documents.rendering.blocks import (
    Arithmetic,
    Clause,
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
from apps.documents.rendering.glyphs import storable

A4 = Mm(210), Mm(297)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP entry can say; the document's own date is in its core properties."""
MONO = "DejaVu Sans Mono"


def to_docx(document: Document) -> bytes:
    """DOCX bytes on A4: marking and page fields in header and footer, heads of tables repeated."""
    said = words.of(document.language)
    file = docx.Document()
    _properties(file, document)
    _page(file, document, said)
    file.add_heading(storable(document.title), level=0)
    about = (
        (said["reference"], document.reference),
        (said["version"], document.version),
        (said["date"], words.day(document.date)),
        (said["marking"], document.marking.line),
    )
    writer = _Writer(file)
    writer.block(KeyValues(about))
    for block in document.blocks:
        writer.block(block)
    if document.closing is not None:
        closing = document.closing
        named = (("hash", closing.content_hash), ("seal", closing.seal), ("code", closing.code))
        writer.block(Heading(said["verify"]))
        writer.block(KeyValues(tuple((said[name], (Run(value, code=True),)) for name, value in named if value)))
        writer.block(Paragraph(said["how"].format(url=closing.verify_at)))
    return _steady(file)


def _properties(file: WordFile, document: Document) -> None:
    at = document.date.astimezone(datetime.UTC).replace(tzinfo=None)
    core = file.core_properties
    core.title, core.author, core.language = storable(document.title), storable(document.issuer), document.language
    core.created = core.modified = at
    core.identifier, core.version = storable(document.reference), storable(document.version)
    core.last_modified_by, core.comments, core.revision = "", "", 1
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), document.language)


def _page(file: WordFile, document: Document, said: Any) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(8)
    head, foot = section.header, section.footer
    _marking(head.paragraphs[0], document)
    for line in (document.copy_mark, said["fictional"] if document.fictional else ""):
        if line:
            head.add_paragraph(storable(line)).paragraph_format.space_after = Pt(0)
    _marking(foot.paragraphs[0], document)
    last = foot.add_paragraph(
        storable(f"{document.reference} · {said['version']} {document.version} · {said['page']} ")
    )
    _field(last, "PAGE")
    last.add_run(f" {said['of']} ")
    _field(last, "NUMPAGES")


def _marking(paragraph: WordParagraph, document: Document) -> None:
    """The marking between two lines."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(storable(document.marking.line)).bold = True
    borders = OxmlElement("w:pBdr")
    for side in ("w:top", "w:bottom"):
        line = OxmlElement(side)
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "1"), ("w:color", "666666")):
            line.set(qn(name), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""What may follow w:pBdr in a paragraph's properties (ISO/IEC 29500-1, 17.3.1.26)."""


def _field(paragraph: WordParagraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    field.append(run._r)


class _Writer:
    """Writes blocks one below the other."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.level = 0

    @singledispatchmethod
    def block(self, block: Any, indent: int = 0) -> None:
        """Append one block, `indent` steps from the margin."""
        raise TypeError(f"{type(block).__name__} is no block")

    @block.register
    def _(self, block: Heading, indent: int = 0) -> None:
        self.level = max(1, min(block.level, self.level + 1, 3))
        self.file.add_heading(storable(block.text), level=self.level)

    @block.register
    def _(self, block: Paragraph, indent: int = 0) -> None:
        self.paragraph(block.text, indent)

    @block.register
    def _(self, block: Clause, indent: int = 0) -> None:
        # number, tab and text with a hanging indent; details below the text
        paragraph = self.paragraph((Run(f"{block.number}\t"), *runs(block.text)))
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Mm(14), Mm(-14)
        shape.tab_stops.add_tab_stop(Mm(14))
        for detail in block.details:
            self.paragraph(detail).paragraph_format.left_indent = Mm(14)

    @block.register
    def _(self, block: Table, indent: int = 0) -> None:
        if block.caption:
            self.paragraph((Run(block.caption, bold=True),), style="Caption").paragraph_format.keep_with_next = True
        drawn = self.file.add_table(rows=1, cols=len(block.head))
        drawn.style = "Table Grid"
        head = drawn.rows[0]
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeated)
        _cells(head, [(Run(name, bold=True),) for name in block.head], block)
        for row in block.rows:
            _cells(drawn.add_row(), row, block)
        self.file.add_paragraph()

    @block.register
    def _(self, block: KeyValues, indent: int = 0) -> None:
        self.pairs(block.pairs)

    @block.register
    def _(self, block: Note, indent: int = 0) -> None:
        lead = (Run(f"{block.lead} ", bold=True),) if block.lead else ()
        self.paragraph((*lead, *runs(block.text)), indent + 1)

    @block.register
    def _(self, block: Arithmetic, indent: int = 0) -> None:
        if block.caption:
            self.paragraph((Run(block.caption, bold=True),), indent)
        name, figure = block.result
        self.pairs((*block.lines, (name, (Run(figure, bold=True),))), numbers=True)

    @block.register
    def _(self, block: Listing, indent: int = 0) -> None:
        # items with their own mark: Word's numbering would go on counting from list to list
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}." if block.ordered else "•"
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(""), item)
            paragraph = self.paragraph((Run(f"{mark}\t"), *runs(first.text)), indent + 1)
            shape = paragraph.paragraph_format
            shape.first_line_indent = Mm(-8)
            shape.tab_stops.add_tab_stop(Mm(8 * (indent + 1)))
            for each in rest:
                self.block(each, indent + 1)

    @block.register
    def _(self, block: Quote, indent: int = 0) -> None:
        for each in block.blocks:
            self.block(each, indent + 1)

    @block.register
    def _(self, block: Code, indent: int = 0) -> None:
        self.paragraph((Run(block.text, code=True),), indent)

    @block.register
    def _(self, block: PageBreak, indent: int = 0) -> None:
        self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def paragraph(self, text: Text, indent: int = 0, style: str | None = None) -> WordParagraph:
        """A paragraph of runs."""
        paragraph = self.file.add_paragraph(style=style)
        if indent:
            paragraph.paragraph_format.left_indent = Mm(8 * indent)
        _write(paragraph, text)
        return paragraph

    def pairs(self, pairs: Iterable[tuple[str, Text]], *, numbers: bool = False) -> None:
        """Names and values in two columns without lines."""
        drawn = self.file.add_table(rows=0, cols=2)
        shape = Table(("", ""), (), kinds=("text", "number") if numbers else ())
        for name, value in pairs:
            _cells(drawn.add_row(), (name, value), shape)
        self.file.add_paragraph()


def _cells(row: Any, texts: Iterable[Text], table: Table) -> None:
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        kind = table.kind(column)
        _write(cell.paragraphs[0], (Run(plain(text), code=True),) if kind == "code" else text)
        if kind == "number":
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(paragraph: WordParagraph, text: Text) -> None:
    for run in runs(text):
        drawn = paragraph.add_run(storable(run.text))
        drawn.bold, drawn.italic = run.bold or None, run.italic or None
        if run.code:
            drawn.font.name = MONO
        if run.link:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            drawn.font.underline = True
            paragraph._p.append(link)
            link.append(drawn._r)


def _steady(file: WordFile) -> bytes:
    """The file with one date on every entry: python-docx writes the clock of the machine."""
    drawn, steady = io.BytesIO(), io.BytesIO()
    file.save(drawn)
    with zipfile.ZipFile(drawn) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the default is the machine's own
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return steady.getvalue()
