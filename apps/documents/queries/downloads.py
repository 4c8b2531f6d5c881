"""Issued documents over HTTP: the exact bytes, under headers that let them do nothing."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from apps.access.actor import Actor
from apps.access.downloads import state_marking
from apps.access.marking import Banner, of
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


def copy_mark(actor: Actor) -> str:
    """ "BRB-0117-3F9A21": the party, the seat and the request, by which the audit finds the download again."""
    return f"{actor.party_code}-{actor.seat_id:04}-{actor.request_id[:6].upper()}"


def as_file(row: IssuedDocument, *, inline: bool = False) -> HttpResponse:
    """The exact bytes that were issued, under headers that let them do nothing."""
    return as_copy(storage.kept(row.sha256), row.format, row.number, of(row), inline=inline)


def as_copy(data: bytes, fmt: str, number: str, banner: Banner, *, inline: bool = False) -> HttpResponse:
    """Bytes of a format in COPIES as a file named after the number, under the same headers as what was issued.

    Each page bears the marking; the answer states it for programs (apps.access.downloads).
    """
    shown = inline and fmt == IssuedDocument.Format.PDF
    name = f"{re.sub(r'[^A-Za-z0-9.-]+', '-', number).strip('-.') or 'document'}.{fmt}"
    headers = {
        "Content-Disposition": content_disposition_header(not shown, name) or "attachment",
        "Content-Security-Policy": SHOWN if shown else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    answer = HttpResponse(data, content_type=COPIES[fmt], headers=headers)
    state_marking(answer, banner, in_name=False)
    return answer
