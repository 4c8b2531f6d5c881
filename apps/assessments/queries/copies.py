"""An assessment as a file: PDF or DOCX, marked on every page with its marking and whose copy it is."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.assessments.models import Assessment
from apps.assessments.queries import printed_assessments
from apps.documents.queries.downloads import as_copy
from apps.documents.rendering import Document, to_docx, to_pdf, watermarked

WAYS: dict[str, Callable[[Document], bytes]] = {"pdf": to_pdf, "docx": to_docx}


def file_of(request: Any, actor: Any, row: Assessment, fmt: str) -> HttpResponse:
    """The assessment as a file; that it was taken is noted. Refused for another format."""
    if fmt not in WAYS:
        raise Refused("not-visible")
    note_read(request, "assessment.copy", row)
    document = printed_assessments.described(actor, row)
    mark = f"{actor.party_code}-{actor.seat_id:04}-{actor.request_id[:6].upper()}"
    holder = f"{actor.desk_code}, {actor.party_name}"
    data = WAYS[fmt](watermarked(document, mark, timezone.now(), holder=holder))
    return as_copy(data, fmt, slugify(row.number), of(row))
