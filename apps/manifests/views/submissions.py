"""Manifests: sending a list, its receipt, and what was read of it. A sender sees no word about screening here."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from apps.access import urgency
from apps.access.downloads import state_marking
from apps.access.marking import Banner, of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.templatetags import portal
from apps.manifests import policy
from apps.manifests.actions import intake
from apps.manifests.forms import CorrectionForm, UploadForm
from apps.manifests.lists import Manifests, print_group
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.queries import corrections, finding_groups, receipts, sent_forms, trips
from apps.manifests.queries import lists as lists_queries
from apps.manifests.queries.bookings import of_bookings
from apps.manifests.refusals import Refusals
from apps.pages.verb_pages import try_form

SANDBOX = "sandbox; default-src 'none'"
COLUMNS = frozenset({"SHEET_HEADER_UNKNOWN", "SHEET_COLUMN_MISSING", "DATE_AMBIGUOUS"})
"""Findings that its sender heals by saying what the columns of a sheet are."""


@require_GET
def submissions(request: Any) -> HttpResponse:
    """The last lists of this carrier, or of all for the JRCC, with the form to send one."""
    return Manifests(request).answer(**_sending(request, UploadForm()))


def refused(request: Any, form: UploadForm) -> HttpResponse:
    """The same page for a file that cannot be a list: 422 with the reasons at the form."""
    sent = Manifests(request)
    shown = sent.shown()
    context = {"list": shown, "marking": sent.marking(shown.records), **_sending(request, form)}
    return render(request, sent.template, context, status=422)


def _sending(request: Any, form: UploadForm) -> dict[str, Any]:
    """The form for who may send."""
    may = policy.may_receive(request.actor, None)
    return {"form": form if may else None, "limit": settings.SUBMISSION_LIMIT}


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
    """The page of a list. With `data` of the form that mends it: other rows of it, the page with its faults (422), or
    its next version.

    The next version is sent on its way and leads to its own page.
    """
    actor = request.actor
    note_read(request, "submission.read", row)
    content = _content(request, row) if receipts.is_answered(row) else None
    versions = corrections.list_submission_versions(actor, row)
    context = {**_progress(row), **_reading(request, row, content), "versions": versions, "newest": versions[-1]}
    context["version_lines"] = [
        {"it": one, "is_shown": one.pk == row.pk, "is_first": not n} for n, one in enumerate(versions)
    ]
    context["marking"] = of(row, *versions)
    form = _correction(request, row, content, context, data)
    own = versions[-1] == row and row.owner_id == actor.desk_id
    context["ask_columns"] = own and bool(COLUMNS & context["codes"])
    context["may_amend"] = own and content is not None and trips.may_be_amended(row, content.reading or [])
    if data is not None and form is None:
        late = versions[-1] != row
        raise Refused("wrong-state", Refusals.CORRECTED_ALREADY if late else "", record=row)
    if form is not None and data is not None and form.checks and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        channel = Submission.Channel.CORRECTION
        sent, _status = try_form(
            form, lambda **_: intake.correct(actor, row, form.document, channel=channel, reason=reason)
        )
        if sent is not None:
            return redirect("jrcc:submission", sent.pk)
    at = finding_groups.positions(request.GET if data is None else data.dict())
    if form is None:
        finding_groups.put_on_page(context["groups"], at)
    else:
        form.lay_out(at)
    for group in context["groups"]:
        group.html = print_group(group)
    context["must_do"] = _need(actor, content, context, form)
    faulty = form is not None and bool(form.errors)
    return render(request, "jrcc/submission.html", {**context, "form": form}, status=422 if faulty else 200)


def _correction(request: Any, row: Submission, content: Any, context: Any, data: Any) -> CorrectionForm | None:
    """The form for what was found; None where nobody may mend the list, or nothing in it can be mended."""
    actor, latest = request.actor, context["newest"] == row
    if content is None or not latest or not policy.may_correct(actor, row):
        return None
    form = CorrectionForm(
        data,
        objects=content.reading or [],
        groups=context["groups"],
        receipt=row.receipt,
        on_behalf=row.owner_id != actor.desk_id,
        checks=data is None or "show" not in data,
    )
    return form if form.mends else None


def _need(actor: Any, content: Any, context: Mapping[str, Any], form: Any) -> dict[str, Any] | None:
    """What its sender must do, and by when; None where nothing was found, or where a later version was sent."""
    wrong = sum(len(group.rows) for group in context["groups"] if group.is_wrong)
    if not context["groups"] or context["newest"] != context["row"]:
        return None
    if not wrong:
        n = sum(len(group.rows) for group in context["groups"])
        words = ngettext("Accepted, with %(n)d finding to look at", "Accepted, with %(n)d findings to look at", n)
        return {"tone": "info", "sentence": words % {"n": n}, "why": _("Nothing must be corrected.")}
    words = ngettext("%(n)d finding must be corrected", "%(n)d findings must be corrected", wrong)
    right, people = context["people_right"], context["people"]
    why = [
        _("Nothing is wrong with %(right)d of %(people)d people.") % {"right": right, "people": people}
        if people
        else "",
        _("You may send some corrections now and the rest later.")
        if form
        else _("Send a corrected manifest: these findings cannot be corrected on this page."),
    ]
    need = {"tone": "warn", "sentence": words % {"n": wrong}, "why": " ".join(filter(None, why))}
    due = _due(content)
    if due is None:
        return need
    when = {"when": portal.when_in_words(due.at, actor.time_zone or "UTC")}
    late = urgency.is_overdue(due.at, timezone.now())
    label = _("It was due at %(when)s") if late else pgettext("deadline, jrcc", "Send by %(when)s")
    return {**need, "tone": "bad" if late else "warn", "due": due.at, "label": label % when}


def _due(content: SubmissionContent) -> Any:
    """By when the corrections are due: the next deadline of a State on the way, else the last one that is over."""
    flights = [obj["flight"] for obj in content.reading or [] if obj.get("flight")]
    deadlines = [one for one in trips.list_trip_deadlines(flights) if one.at is not None]
    now = timezone.now()
    return next((one for one in deadlines if not urgency.is_overdue(one.at, now)), deadlines[-1] if deadlines else None)


def _content(request: Any, row: Submission) -> SubmissionContent | None:
    return SubmissionContent.objects.visible_to(request.actor).filter(submission=row).first()


def _progress(row: Submission) -> dict[str, Any]:
    return {"row": row, "steps": receipts.list_receipt_steps(row), "waiting": not receipts.is_answered(row)}


def _reading(request: Any, row: Submission, content: Any) -> dict[str, Any]:
    objects = (content.reading if content else None) or []
    findings = [finding for obj in objects for finding in obj.get("findings") or []]
    groups: list[finding_groups.Group] = []
    if findings:
        layouts = lists_queries.layouts(row.owner_id)
        groups = finding_groups.groups_of(objects, sent_forms.form_of(bytes(content.raw), layouts, row.channel))
    people = sum(len(obj.get("travellers") or []) for obj in objects)
    return {
        "grade": receipts.grade_chip(row.grade),
        "size": receipts.size_words(row.size),
        "flight": receipts.flight_words(row.flight),
        "counts": receipts.count_findings(findings),
        "codes": {finding["code"] for finding in findings},
        "groups": groups,
        "informing": finding_groups.informing(objects),
        "people": people,
        "people_right": people - finding_groups.people_wrong(groups),
        "response": content.response if content else "",
        "bookings": receipts.bookings_of(content),
        "erased_at": content.erased_at if content else None,
        # the journey is a record of the JRCC: who sent the list does not follow it further
        "journey": row.journey_id if request.actor.function == "watch" else None,
        "state": receipts.state_words(row),
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
    return download_submission(bytes(content.raw), f"{row.receipt}.txt", "application/octet-stream", of(row))


@require_GET
def download_submission_answer(request: Any, pk: Any) -> HttpResponse:
    """The CUSRES answer as a file; 404 while there is none."""
    row = visible_or_404(Submission, request.actor, pk)
    content = _content(request, row)
    if content is None or not content.response:
        raise Refused("not-visible")
    name, kind = f"{row.receipt}-CUSRES.txt", "text/plain; charset=utf-8"
    return download_submission(content.response.encode(), name, kind, of(row))


def download_submission(body: bytes, name: str, kind: str, banner: Banner) -> HttpResponse:
    """A file that no browser opens in the portal's name; an empty form, which is PUBLIC, keeps its own name."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    answer = HttpResponse(body, content_type=kind, headers=headers)
    state_marking(answer, banner, in_name=bool(banner["level"]))
    return answer
