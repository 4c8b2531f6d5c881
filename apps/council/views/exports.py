"""Downloads of records, reports and the book: what was issued as it was issued, everything else as a marked copy."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.access.actor import Actor
from apps.access.marking import Banner, of_list
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.models import Decision, Meeting
from apps.council.queries import exports as queries
from apps.council.rules.documents import book, describe_decision, record_data, report
from apps.council.rules.documents.decision import as_json
from apps.documents.queries.downloads import TYPES, as_copy, as_file, copy_mark
from apps.documents.queries.issued_documents import documents_of
from apps.documents.rendering import Document, to_data, to_docx, to_pdf, watermarked

FORMATS = tuple(TYPES)


@require_safe
def decision_record(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The record of a decision; `?lang=fr` with that translation. Issued bytes where there are, else a copy."""
    _known(fmt)
    actor, language = request.actor, request.GET.get("lang", "")
    row = visible_or_404(queries.decisions(actor), actor, pk)
    if language and language not in queries.languages(actor, row):
        raise Refused("not-visible")
    kind = f"{queries.DECISION}.{language}" if language else queries.DECISION
    found = queries.issued(actor, row, kind=kind, fmt=fmt) if row.state in Decision.STANDING else None
    if found is not None:
        return _issued(request, found)
    facts = queries.facts_of(actor, row)
    document = _marked(actor, describe_decision(facts, language=language, issued=False))
    note_read(request, "decision.export", row, format=fmt, copy=copy_mark(actor))
    data = record_data(facts, document) if fmt == "json" else None
    return _served(document, fmt, {"level": row.level}, data)


@require_safe
def meeting_report(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The report of a meeting; issued once the minutes are agreed, until then a copy with what the seat may see."""
    _known(fmt)
    actor = request.actor
    row = visible_or_404(queries.meetings(actor), actor, pk)
    for kind in (queries.MEMBERS_REPORT, queries.REPORT):
        found = queries.issued(actor, row, kind=kind, fmt=fmt)
        if found is not None:
            return _issued(request, found)
    document = _marked(actor, report(queries.report_of(actor, row), issued=False))
    note_read(request, "meeting.export", row, format=fmt, copy=copy_mark(actor))
    return _served(document, fmt, {"level": row.level})


@require_safe
def decision_book(request: Any, fmt: str) -> HttpResponse:
    """All sealed decisions that the seat sees, `?year=` of their adoption and `?organ=` as filters."""
    _known(fmt)
    actor, organ = request.actor, request.GET.get("organ", "")
    year = _year(request.GET.get("year", ""))
    rows = queries.in_book(actor, year=year, organ=organ)
    title = " ".join(part for part in (_("Book of decisions"), organ, str(year or "")) if part)
    reference = "/".join(part for part in ("BOOK", organ, str(year or "")) if part)
    document = _marked(actor, book(rows, title=title, reference=reference, at=timezone.now()))
    ids = [str(one.decision.pk) for one in rows]
    note_read(request, "decision.export", Decision, format=fmt, copy=copy_mark(actor), decisions=ids)
    return _served(document, fmt, of_list(one.decision for one in rows))


def links(actor: Actor, row: Any) -> dict[str, Any]:
    """What council/_exports.html shows of a decision or a meeting: issued documents, and downloads as things stand.

    Two queries, three for a sealed decision.
    """
    is_decision = isinstance(row, Decision)
    name = "council:decision_record" if is_decision else "council:meeting_report"
    fixed = row.state in Decision.STANDING if is_decision else row.state == Meeting.State.MINUTES_AGREED
    downloads = [{"label": fmt.upper(), "url": reverse(name, args=[row.pk, fmt])} for fmt in FORMATS]
    languages = queries.languages(actor, row) if is_decision else []
    downloads += [
        {"label": f"PDF, {language}", "url": f"{reverse(name, args=[row.pk, 'pdf'])}?lang={language}"}
        for language in languages
    ]
    return {"documents": documents_of(actor, row), "downloads": downloads, "is_fixed": fixed}


def _known(fmt: str) -> None:
    if fmt not in FORMATS:
        raise Refused("not-visible")


def _year(text: str) -> int | None:
    if text and not (text.isascii() and text.isdecimal() and len(text) == 4 and text > "1972"):
        raise ValidationError({"year": _("Enter the year, for example 2026.")})
    return int(text) if text else None


def _marked(actor: Actor, document: Document) -> Document:
    holder = f"{actor.function.capitalize()}, {actor.party_name}"
    return watermarked(document, copy_mark(actor), timezone.now(), holder=holder)


def _issued(request: Any, document: Any) -> HttpResponse:
    note_read(request, "document.download", document, number=document.number)
    return as_file(document)


def _served(document: Document, fmt: str, banner: Banner, data: bytes | None = None) -> HttpResponse:
    if data is None:
        data = {"pdf": to_pdf, "docx": to_docx, "json": lambda one: as_json({"record": to_data(one)})}[fmt](document)
    stated: Banner = {**banner, "caveat": document.marking.caveat}
    return as_copy(data, fmt, document.reference, stated)
