"""Documents as bytes: PDF, DOCX, text and data from one description, pure."""

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
    Marking,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
    watermarked,
)
from apps.documents.rendering.marked import to_markdown
from apps.documents.rendering.pdf import to_pdf
from apps.documents.rendering.plain import content_hash, to_data, to_text
from apps.documents.rendering.prose import from_markdown


def to_docx(document: Document) -> bytes:
    """See apps.documents.rendering.word, which is loaded for the first one (caricom_portal.memory.LATER)."""
    from apps.documents.rendering import word

    return word.to_docx(document)


__all__ = [
    "Arithmetic",
    "Block",
    "Clause",
    "Closing",
    "Code",
    "Document",
    "Heading",
    "KeyValues",
    "Listing",
    "Marking",
    "Note",
    "PageBreak",
    "Paragraph",
    "Quote",
    "Run",
    "Table",
    "Text",
    "content_hash",
    "from_markdown",
    "to_data",
    "to_docx",
    "to_markdown",
    "to_pdf",
    "to_text",
    "watermarked",
]
