"""Reports out: the list, a new one, one report with its figures and sections, and its files."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, Banner, marked
from apps.access.middleware import note_read
from apps.access.models import Level
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.documents.models import IssuedDocument
from apps.documents.queries.downloads import as_copy, as_file, copy_mark
from apps.documents.queries.issued_documents import documents_of
from apps.documents.rendering import to_docx, to_markdown, to_pdf, watermarked
from apps.pages.verb_pages import TEMPLATE, answer_form
from apps.reports import policy
from apps.reports.lists import Reports
from apps.reports.models import Report
from apps.reports.queries import compilation, figure_bars, origins, printing_facts, report_pages
from apps.reports.rules.documents import printed
from apps.reports.views.verbs import report_verbs

FORMATS = {"pdf": to_pdf, "docx": to_docx, "md": lambda document: to_markdown(document).encode()}
PRIMARY = {
    "draft": "compile",
    "compiled": "clear",
    "in_clearance": "approve",
    "returned": "compile",
    "approved": "issue",
}
verbs = report_verbs(
    Report,
    "report",
    "reports",
    whence=(pgettext_lazy("link, reports", "Reporting"), "reports:reports"),
    elsewhere=frozenset({"edit", "accept"}),
)
"""Those that are elsewhere stand beside the sentence that they are about."""


@require_safe
def reports(request: Any) -> HttpResponse:
    """Reports that the seat may see, newest first, `?kind=` for one kind; for a ministry what it has to clear."""
    asked = [(row, report_pages.clearance_chip(row)) for row in report_pages.own_clearances(request.actor)]
    return Reports(request).answer(clearances=asked)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_report(request: Any) -> HttpResponse:
    """Begin a report; its page follows."""
    if not policy.may_write(request.actor, None):
        raise Refused(
            "not-visible" if request.actor.function != "secretariat" else "may-not", AccessRefusals.NEEDS_OFFICER
        )
    spec = REGISTRY["report.create"]
    today = timezone.now().date()
    initial = {"kind": request.GET.get("kind", "oas"), "as_of": today, "known_at": today}
    initial |= {name: request.GET[name] for name in ("party", "meeting") if name in request.GET}
    title = pgettext("words, reports", "Reporting")
    shown: dict[str, Any] = {"back": reverse("reports:reports"), "title": title, "initial": initial}
    return answer_form(request, spec, None, TEMPLATE, verbs.page, **shown)


@require_safe
def report(request: Any, pk: Any) -> HttpResponse:
    """One report; `?of=` the name of a sentence shows where it comes from."""
    actor = request.actor
    row = visible_or_404(report_pages.find_reports(actor), actor, pk)
    note_read(request, "report.read", row, draft=row.draft)
    found, asked = report_pages.list_draft_sentences(actor, row), report_pages.list_draft_clearances(actor, row)
    template = compilation.read_record(row.template)
    made = report_pages.list_report_sections(template, found, asked)
    chosen = next((one for one in found if one.key == request.GET.get("of", "")), None)
    moved = report_pages.moved(found) if report_pages.drafts(actor) else []
    figure = printing_facts.bars(found)
    context = {
        "report": row,
        "chip": report_pages.state_chip(row),
        "parts": made,
        "ready": report_pages.ready(made),
        "drafting": report_pages.drafts(actor),
        "editing": report_pages.drafts(actor) and row.state in Report.WORKED_ON,
        "clearances": [(one, report_pages.clearance_chip(one)) for one in asked],
        "moved": report_pages.moved_words(moved),
        "moved_said": report_pages.moved_in_words(row, len(moved)) if moved else "",
        "offers": verbs.buttons(actor, row),
        "primary": PRIMARY.get(row.state, ""),
        "chosen": chosen,
        "origins": origins.origins(actor, chosen.rows) if chosen else [],
        "figure": figure_bars.draw_figure_bars((bar.short, bar.n, bar.of, f"{bar.n} / {bar.of}") for bar in figure),
        "bars": figure,
        "figure_title": printing_facts.bar_title(row),
        "documents": documents_of(actor, row) if row.state in Report.LEFT else [],
        "transmissions": report_pages.transmissions(actor, row) if row.state in Report.LEFT else [],
        "marking": marking(row),
    }
    return render(request, "reports/report.html", context)


def marking(row: Report) -> Banner:
    if row.state in Report.LEFT:
        return {"level": row.level}
    return {"level": max(row.level, Level.OFFICIAL), "caveat": _("Draft: only the Secretariat")}


@require_safe
def file(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The report as a file: what was issued as it was issued, else a marked working copy; `?inline=1` shows a PDF."""
    actor = request.actor
    row = visible_or_404(report_pages.find_reports(actor), actor, pk)
    if fmt not in FORMATS:
        raise Refused("not-visible")
    issued = _issued(actor, row, fmt)
    if issued is not None:
        note_read(request, "document.download", issued, number=issued.number)
        return as_file(issued, inline="inline" in request.GET)
    mark = copy_mark(actor)
    note_read(request, "report.export", row, draft=row.draft, format=fmt, copy=mark)
    template = compilation.read_record(row.template)
    facts = printing_facts.of_report(
        row,
        template,
        rows=report_pages.list_draft_sentences(actor, row),
        issued=not report_pages.drafts(actor) or row.state in Report.LEFT,
    )
    holder = f"{actor.function.capitalize()}, {actor.party_name}"
    document = watermarked(printed(facts), mark, timezone.now(), holder=holder)
    name, inline = f"{row.reference}-{row.draft}", "inline" in request.GET
    return as_copy(FORMATS[fmt](document), fmt, name, marking(row), inline=inline)


def _issued(actor: Any, row: Report, fmt: str) -> Any:
    if row.state not in Report.LEFT:
        return None
    standing = [one for one in documents_of(actor, row) if one.state == IssuedDocument.State.ISSUED]
    return next((one for one in standing if one.format == fmt), None)
