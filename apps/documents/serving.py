"""Issued documents over HTTP: the exact bytes, under headers that let them do nothing."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from apps.documents import storage
from apps.documents.models import IssuedDocument

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
COPIES = TYPES | {"md": "text/markdown; charset=utf-8"}
"""Working copies come as text too; what is issued never does."""
SANDBOX = "sandbox; default-src 'none'"
SHOWN = "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'none'"
"""A sandbox would keep the browser from drawing the PDF; ours holds no scripts."""


def as_file(row: IssuedDocument, *, inline: bool = False) -> HttpResponse:
    """The exact bytes that were issued, under headers that let them do nothing."""
    return as_copy(storage.kept(row.sha256), row.format, row.number, inline=inline)


def as_copy(data: bytes, fmt: str, number: str, *, inline: bool = False) -> HttpResponse:
    """Bytes of a format in COPIES as a file named after the number, under the same headers as what was issued."""
    shown = inline and fmt == IssuedDocument.Format.PDF
    name = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', number).strip('-.') or 'document'}.{fmt}"
    headers = {
        "Content-Disposition": content_disposition_header(not shown, name) or "attachment",
        "Content-Security-Policy": SHOWN if shown else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(data, content_type=COPIES[fmt], headers=headers)
