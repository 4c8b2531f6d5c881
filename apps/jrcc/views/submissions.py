"""Manifests: sending a list, its receipt, and what was read of it. A sender sees no word about screening here."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.access.acts import attempted
from apps.access.middleware import note_read
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, correcting, intake, policy, queries, receipts, trips
from apps.jrcc.bookings import of_bookings
from apps.jrcc.forms import CorrectionForm, UploadForm
from apps.jrcc.models import Submission, SubmissionContent

SANDBOX = "sandbox; default-src 'none'"
ROWS = 25
COLUMNS = frozenset({"SHEET_HEADER_UNKNOWN", "SHEET_COLUMN_MISSING", "DATE_AMBIGUOUS"})
"""Findings that its sender heals by saying what the columns of a sheet are."""


@require_GET
def submissions(request: Any) -> HttpResponse:
    """The last lists of this carrier, or of all for the JRCC, with the form to send one."""
    return listed(request, UploadForm())


def listed(request: Any, form: UploadForm, status: int = 200) -> HttpResponse:
    """The page of lists sent, with the form to send one."""
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
    row = visible_or_404(Submission.objects.visible_to(actor).select_related("owner", "journey"), actor, pk)
    if request.headers.get("HX-Request-Type") == "partial":
        if receipts.is_answered(row):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "jrcc/_progress.html", _progress(row))
    return shown(request, row)


def shown(request: Any, row: Submission, data: Any = None) -> HttpResponse:
    """The page of a list. With `data` of the form that mends it: the page with its faults (422), or its next version.

    The next version is sent on its way and leads to its own page.
    """
    actor = request.actor
    note_read(request, "submission.read", row)
    content = _content(request, row) if receipts.is_answered(row) else None
    versions = correcting.versions(actor, row)
    context = {**_progress(row), **_reading(request, row, content), "versions": versions, "newest": versions[-1]}
    form = _correction(request, row, content, context, data)
    own = versions[-1] == row and row.owner_id == actor.desk_id
    context["ask_columns"] = own and bool(COLUMNS & {one["code"] for one in context["findings"]["rows"]})
    context["may_amend"] = own and content is not None and trips.may_be_amended(row, content.reading or [])
    if data is not None and form is None:
        late = versions[-1] != row
        raise Refused("wrong-state", "corrected-already" if late else "", record=row)
    if form is not None and data is not None and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        channel = Submission.Channel.CORRECTION
        sent, _status = attempted(
            form, lambda **_: intake.correct(actor, row, form.document, channel=channel, reason=reason)
        )
        if sent is not None:
            return redirect("jrcc:submission", sent.pk)
    return render(request, "jrcc/submission.html", {**context, "form": form}, status=200 if data is None else 422)


def _correction(request: Any, row: Submission, content: Any, context: Any, data: Any) -> CorrectionForm | None:
    """The form for the findings shown; None where nobody may mend the list, or nothing in it can be mended."""
    actor, latest = request.actor, context["newest"] == row
    if content is None or not latest or not policy.may_correct(actor, row):
        return None
    form = CorrectionForm(
        data,
        objects=content.reading or [],
        findings=context["findings"]["rows"],
        receipt=row.receipt,
        on_behalf=row.owner_id != actor.desk_id,
    )
    return form if form.places else None


def _content(request: Any, row: Submission) -> SubmissionContent | None:
    return SubmissionContent.objects.visible_to(request.actor).filter(submission=row).first()


def _progress(row: Submission) -> dict[str, Any]:
    return {"row": row, "steps": receipts.steps(row), "waiting": not receipts.is_answered(row)}


def _reading(request: Any, row: Submission, content: Any) -> dict[str, Any]:
    lists = receipts.lists_of(content)
    findings = [finding for one in lists for finding in one["findings"]]
    people = [{**person, "list": one["no"]} for one in lists for person in one["travellers"]]
    lines = receipts.explained(content, queries.layouts(row.owner_id)) if content else []
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
        "bookings": receipts.bookings_of(content),
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
    unfiled = content is not None and bool(of_bookings(content.reading)) and row.state == Submission.State.RECEIVED
    if content is None or content.erased_at or unfiled:
        raise Refused("not-visible")
    note_read(request, "submission.download", row)
    return download(bytes(content.raw), f"{row.receipt}.txt", "application/octet-stream")


@require_GET
def answer(request: Any, pk: Any) -> HttpResponse:
    """The CUSRES answer as a file; 404 while there is none."""
    row = visible_or_404(Submission, request.actor, pk)
    content = _content(request, row)
    if content is None or not content.response:
        raise Refused("not-visible")
    return download(content.response.encode(), f"{row.receipt}-CUSRES.txt", "text/plain; charset=utf-8")


def download(body: bytes, name: str, kind: str) -> HttpResponse:
    """A file that no browser opens in the portal's name."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type=kind, headers=headers)
