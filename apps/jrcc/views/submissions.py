"""Manifests: sending a list, its receipt, and what was read of it. A sender sees no word about screening here."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, intake, policy, receipts
from apps.jrcc.forms import UploadForm
from apps.jrcc.models import Submission, SubmissionContent

SANDBOX = "sandbox; default-src 'none'"
ROWS = 25


@require_GET
def submissions(request: Any) -> HttpResponse:
    """The last lists of this carrier, or of all for the JRCC, with the form to send one."""
    return _listed(request, UploadForm())


@require_POST
def upload(request: Any) -> HttpResponse:
    """Take in a list and lead to its receipt; 422 with the reasons for what cannot be a list."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _listed(request, form, status=422)
    row = intake.receive(request.actor, form.sent, channel="upload", file_name=form.name, content_type=form.kind)
    page = reverse("jrcc:submission", args=[row.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    return redirect(page)


def _listed(request: Any, form: UploadForm, status: int = 200) -> HttpResponse:
    actor, filters = request.actor, boards.chosen(request.GET, "grade", "state")
    rows, older, newer = cut(boards.manifests(actor, filters), request.GET, ROWS)
    context = {
        "limit": settings.SUBMISSION_LIMIT,
        "form": form if policy.may_receive(actor, None) else None,
        "filters": filters,
        "grades": [(code, words) for code, (_kind, _picture, words) in receipts.GRADES.items()],
        "rows": [_row(row) for row in rows],
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "for_carrier": actor.function == "carrier",
    }
    return render(request, "jrcc/submissions.html", context, status=status)


def _row(row: Submission) -> dict[str, Any]:
    return {
        "it": row,
        "grade": receipts.grade_chip(row.grade),
        "state": receipts.state_words(row),
        "flight": receipts.flight_words(row.flight),
    }


@require_GET
def submission(request: Any, pk: Any) -> HttpResponse:
    """Receipt at once, then what was read, line by line. As a fragment it reports progress until answered."""
    actor = request.actor
    row = visible_or_404(Submission.objects.visible_to(actor).select_related("owner"), actor, pk)
    if request.headers.get("HX-Request-Type") == "partial":
        if receipts.is_answered(row):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "jrcc/_progress.html", _progress(row))
    note_read(request, "submission.read", row)
    content = _content(request, row) if receipts.is_answered(row) else None
    return render(request, "jrcc/submission.html", {**_progress(row), **_reading(request, row, content)})


def _content(request: Any, row: Submission) -> SubmissionContent | None:
    return SubmissionContent.objects.visible_to(request.actor).filter(submission=row).first()


def _progress(row: Submission) -> dict[str, Any]:
    return {"row": row, "steps": receipts.steps(row), "waiting": not receipts.is_answered(row)}


def _reading(request: Any, row: Submission, content: Any) -> dict[str, Any]:
    lists = receipts.lists_of(content)
    findings = [finding for one in lists for finding in one["findings"]]
    people = [{**person, "list": one["no"]} for one in lists for person in one["travellers"]]
    lines = receipts.explained(bytes(content.raw)) if content else []
    return {
        "grade": receipts.grade_chip(row.grade),
        "size": receipts.size_words(row.size),
        "flight": receipts.flight_words(row.flight),
        "lists": lists,
        "several": len(lists) > 1,
        "counts": receipts.counted(findings),
        "findings": receipts.stretch(receipts.worst_first(findings), request.GET, "findings", receipts.FINDINGS),
        "people": receipts.stretch(people, request.GET, "people", receipts.TRAVELLERS),
        "lines": receipts.stretch(lines, request.GET, "lines", receipts.LINES),
        "response": content.response if content else "",
        "erased_at": content.erased_at if content else None,
        # the journey is a record of the JRCC: who sent the list does not follow it further
        "journey": row.journey_id if request.actor.function == "watch" else None,
        "state": receipts.state_words(row),
        "for_carrier": request.actor.function == "carrier",
    }


@require_GET
def raw(request: Any, pk: Any) -> HttpResponse:
    """The bytes exactly as they came, as a download that no browser opens in the portal's name."""
    row = visible_or_404(Submission, request.actor, pk)
    content = _content(request, row)
    if content is None or content.erased_at:
        raise Refused("not-visible")
    note_read(request, "submission.download", row)
    return _download(bytes(content.raw), f"{row.receipt}.txt", "application/octet-stream")


@require_GET
def answer(request: Any, pk: Any) -> HttpResponse:
    """The CUSRES answer as a file; 404 while there is none."""
    row = visible_or_404(Submission, request.actor, pk)
    content = _content(request, row)
    if content is None or not content.response:
        raise Refused("not-visible")
    return _download(content.response.encode(), f"{row.receipt}-CUSRES.txt", "text/plain; charset=utf-8")


def _download(body: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type=kind, headers=headers)
