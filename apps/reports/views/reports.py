"""Reports out: the list, a new one, one report with its figures and sections, and its files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.access import paging
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.models import Level
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.views.acts import carry_out
from apps.council.views.paper_copy import copy_mark
from apps.documents.models import IssuedDocument
from apps.documents.queries import documents_of
from apps.documents.rendering import to_docx, to_markdown, to_pdf, watermarked
from apps.documents.serving import as_copy, as_file
from apps.reports import policy
from apps.reports.models import Report
from apps.reports.printing import printed
from apps.reports.queries import compiling, drawing, origins, printing_facts, reading
from apps.reports.views.acts import buttons

PAGE = 40
FORMATS = {"pdf": to_pdf, "docx": to_docx, "md": lambda document: to_markdown(document).encode()}
PRIMARY = {
    "draft": "compile",
    "compiled": "clear",
    "in_clearance": "approve",
    "returned": "compile",
    "approved": "issue",
}


@require_safe
def reports(request: Any) -> HttpResponse:
    """Reports that the seat may see, newest first, `?kind=` for one kind; for a ministry what it has to clear."""
    actor, kind = request.actor, request.GET.get("kind", "")
    if kind and kind not in Report.Kind.values:
        raise Refused("not-visible")
    rows = reading.rows(actor)
    found, older, newer = paging.cut(rows.filter(kind=kind) if kind else rows, request.GET, PAGE)
    context = {
        "rows": [(row, reading.state_chip(row)) for row in found],
        "clearances": [(row, reading.clearance_chip(row)) for row in reading.own_clearances(actor)],
        "kind": kind,
        "kinds": Report.Kind.choices,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_write(actor, None)),
        "marking": {"level": 1},
    }
    return render(request, "reports/reports.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Begin a report; its page follows."""
    if not policy.may_write(request.actor, None):
        raise Refused("not-visible" if request.actor.function != "secretariat" else "may-not", "needs-officer")
    spec = REGISTRY["report.create"]
    today = timezone.now().date()
    initial = {"kind": request.GET.get("kind", "oas"), "as_of": today, "known_at": today}
    initial |= {name: request.GET[name] for name in ("party", "meeting") if name in request.GET}
    onward = lambda row: reverse("reports:report", args=[row.pk])  # noqa: E731
    context = {"back": reverse("reports:reports"), "whence": _("Reports out"), "initial": initial}
    return carry_out(request, spec, None, onward, **context)


@require_safe
def report(request: Any, pk: Any) -> HttpResponse:
    """One report; `?of=` the name of a sentence shows where it comes from."""
    actor = request.actor
    row = visible_or_404(reading.rows(actor), actor, pk)
    note_read(request, "report.read", row, draft=row.draft)
    found, asked = reading.sentences(actor, row), reading.clearances(actor, row)
    template = compiling.read(row.template)
    made = reading.parts(template, found, asked)
    chosen = next((one for one in found if one.key == request.GET.get("of", "")), None)
    moved = reading.moved(found) if reading.drafts(actor) else []
    figure = printing_facts.bars(found)
    context = {
        "report": row,
        "chip": reading.state_chip(row),
        "parts": made,
        "ready": reading.ready(made),
        "drafting": reading.drafts(actor),
        "editing": reading.drafts(actor) and row.state in Report.WORKED_ON,
        "clearances": [(one, reading.clearance_chip(one)) for one in asked],
        "moved": reading.moved_words(moved),
        "moved_said": reading.moved_in_words(row, len(moved)) if moved else "",
        "offers": buttons(actor, row, "reports"),
        "primary": PRIMARY.get(row.state, ""),
        "chosen": chosen,
        "origins": origins.origins(actor, chosen.rows) if chosen else [],
        "figure": drawing.bars((bar.short, bar.n, bar.of, f"{bar.n} / {bar.of}") for bar in figure),
        "bars": figure,
        "figure_title": printing_facts.bar_title(row),
        "documents": documents_of(actor, row) if row.state in Report.LEFT else [],
        "transmissions": reading.transmissions(actor, row) if row.state in Report.LEFT else [],
        "marking": marking(row),
    }
    return render(request, "reports/report.html", context)


def marking(row: Report) -> dict[str, Any]:
    if row.state in Report.LEFT:
        return {"level": row.level}
    return {"level": max(row.level, Level.OFFICIAL), "caveat": _("Draft, Secretariat only")}


@require_safe
def file(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The report as a file: what was issued as it was issued, else a marked working copy; `?inline=1` shows a PDF."""
    actor = request.actor
    row = visible_or_404(reading.rows(actor), actor, pk)
    if fmt not in FORMATS:
        raise Refused("not-visible")
    issued = _issued(actor, row, fmt)
    if issued is not None:
        note_read(request, "document.download", issued, number=issued.number)
        return as_file(issued, inline="inline" in request.GET)
    mark = copy_mark(actor)
    note_read(request, "report.export", row, draft=row.draft, format=fmt, copy=mark)
    template = compiling.read(row.template)
    facts = printing_facts.of_report(
        row, template, rows=reading.sentences(actor, row), issued=not reading.drafts(actor) or row.state in Report.LEFT
    )
    holder = f"{actor.function.capitalize()}, {actor.party_name}"
    document = watermarked(printed(facts), mark, timezone.now(), holder=holder)
    return as_copy(FORMATS[fmt](document), fmt, f"{row.reference}-{row.draft}", inline="inline" in request.GET)


def _issued(actor: Any, row: Report, fmt: str) -> Any:
    if row.state not in Report.LEFT:
        return None
    standing = [one for one in documents_of(actor, row) if one.state == IssuedDocument.State.ISSUED]
    return next((one for one in standing if one.format == fmt), None)
