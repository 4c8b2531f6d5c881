"""One sentence: what it says, where it comes from, what hands changed; and two drafts side by side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.access.declared_actions import REGISTRY
from apps.access.forms import carried_out, form_for_verb, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.rules.text_differences import Piece, changed, compare_texts
from apps.reports.models import RenderedSentence, Report
from apps.reports.queries import compilation, origins, report_pages
from apps.reports.views.reports import marking


@require_http_methods(["GET", "POST"])
def sentence(request: Any, pk: Any, key: str) -> HttpResponse:
    """A sentence with its sources; the Secretariat edits it here, beside what is computed."""
    actor = request.actor
    report = visible_or_404(report_pages.find_reports(actor), actor, pk)
    row = next((one for one in report_pages.list_draft_sentences(actor, report) if one.key == key), None)
    if row is None:
        raise Refused("not-visible")
    edits_it = report_pages.drafts(actor) and report.state in Report.WORKED_ON and actor.may_write
    if request.method == "POST" and not edits_it:
        raise Refused("wrong-state", record=report)
    spec = REGISTRY["report.edit"]
    data = {**request.POST.dict(), "key": key} if request.method == "POST" else None
    form = form_for_verb(spec.verb)(data, actor=actor, row=report, initial={"key": key, "text": row.said})
    if request.method == "POST":
        act = lambda: spec.run(actor, report, version=posted_version(request), **form.cleaned_data)  # noqa: E731
        if carried_out(form, act) is not None:
            return redirect(f"{reverse('reports:report', args=[report.pk])}?of={key}#s-{key}")
    note_read(request, "report.read", report, draft=report.draft)
    template = compilation.read_record(report.template)
    kept = template.sentence(key)
    context = {
        "report": report,
        "row": row,
        "form": form if edits_it else None,
        "version": posted_version(request) or report.version,
        "origins": origins.origins(actor, row.rows),
        "wording": kept.template if kept is not None and report_pages.drafts(actor) else "",
        "pieces": compare_texts(row.text, row.hand) if row.hand else [],
        "edits": [
            (edit, compare_texts(edit.before, edit.after or row.text))
            for edit in report_pages.edits(actor, report, key)
        ],
        "drafting": report_pages.drafts(actor),
        "marking": marking(report),
    }
    return render(request, "reports/sentence.html", context, status=422 if form.errors else 200)


@require_safe
def compared(request: Any, pk: Any) -> HttpResponse:
    """Two drafts word by word, `?from=` and `?to=`; the present one with the one before it unless named."""
    actor = request.actor
    report = visible_or_404(report_pages.find_reports(actor), actor, pk)
    if not report_pages.drafts(actor):
        raise Refused("not-visible")
    last = report.draft
    before, after = _draft(request, "from", max(1, last - 1), last), _draft(request, "to", last, last)
    pairs = _pairs(
        report_pages.list_draft_sentences(actor, report, before),
        report_pages.list_draft_sentences(actor, report, after),
    )
    note_read(request, "report.read", report, draft=after)
    lines = [(row, pieces) for row, pieces in pairs if changed(pieces)]
    context = {
        "report": report,
        "before": before,
        "after": after,
        "choices": range(1, last + 1),
        "lines": lines,
        "may_accept": report.state in Report.WORKED_ON and after == last,
        "moved": [row for row, _pieces in lines if row.moved],
        "marking": marking(report),
    }
    return render(request, "reports/compare.html", context)


def _draft(request: Any, name: str, usual: int, last: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return usual
    if not text.isdecimal() or len(text) > 5 or not 1 <= int(text) <= last:
        raise Refused("not-visible")
    return int(text)


def _pairs(before: list[RenderedSentence], after: list[RenderedSentence]) -> list[tuple[RenderedSentence, list[Piece]]]:
    """Sentences of both drafts with the comparison of what they say; a gap says that it is one."""
    known = {row.key: row for row in before}
    found = [(row, report_pages.between(known.pop(row.key, None), row)) for row in after]
    return [*found, *((row, report_pages.between(row, None)) for row in known.values())]


@require_POST
def accept(request: Any, pk: Any) -> HttpResponse:
    """Accept the figure that moved in the sentence `key`, or all of them, and go back to the comparison."""
    report = visible_or_404(report_pages.find_reports(request.actor), request.actor, pk)
    form = form_for_verb("report.accept")(request.POST, actor=request.actor, row=report)
    spec = REGISTRY["report.accept"]
    act = lambda: spec.run(request.actor, report, version=posted_version(request), **form.cleaned_data)  # noqa: E731
    if carried_out(form, act) is None:
        raise Refused("wrong-state", record=report)
    return redirect("reports:compare", pk=report.pk)
