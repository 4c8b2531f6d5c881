"""A file before it is sent: what the portal reads in it, what its columns are, and templates to fill in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.marking import OFFICIAL, PUBLIC
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.manifests import paxlst
from apps.manifests.actions import drafts, intake
from apps.manifests.forms import UploadForm
from apps.manifests.lists import print_group
from apps.manifests.models import Draft, Submission, SubmissionContent
from apps.manifests.paxlst import blanks as templates
from apps.manifests.paxlst.corrections import can_be_mended, mended
from apps.manifests.paxlst.sketch import Sketch, sketches
from apps.manifests.queries import corrections, draft_checks, finding_groups, lists, receipts, sent_forms
from apps.manifests.queries.columns import MappingForm
from apps.manifests.rules.grades import worst
from apps.manifests.views.submissions import download_submission, refused

CHANNEL = "upload"
LONG = 250_000
"""Bytes from which a file takes seconds to read: its page stands at once, and what is read follows."""


def may_be_sheet(data: bytes) -> bool:
    """Whether a file may be a spreadsheet: packed, or text that is neither EDIFACT nor JSON nor a telegram."""
    return data.startswith(b"PK") or (b"UNB" not in data[:4000] and data.lstrip()[:1] not in {b"{", b"[", b"<"})


def open_questions(actor: Any, data: bytes) -> list[Sketch]:
    """The sheets of a file whose sender has to say something before they can be read well."""
    if not may_be_sheet(data):
        return []
    return [sheet for sheet in sketches(data, lists.layouts(actor.desk_id)) if sheet.asks]


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any) -> HttpResponse:
    """Take in a list and lead to its receipt; to its own page first where it was only to be checked, or has to be asked
    about; 422 with the reasons for what cannot be a list. Links of that answer lead to the list of manifests.
    """
    if request.method != "POST":
        asked = request.GET.urlencode()
        return redirect(reverse("jrcc:submissions") + (f"?{asked}" if asked else ""))
    actor, form = request.actor, UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, form)
    if "check" in request.POST or open_questions(actor, form.sent):
        page = looked_at(actor, form.sent, name=form.name, kind=form.kind)
    else:
        row = intake.receive(actor, form.sent, channel=CHANNEL, file_name=form.name, content_type=form.kind)
        page = reverse("jrcc:submission", args=[row.pk])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Any, pk: Any) -> HttpResponse:
    """A file that is not sent yet: what is read in it, and the form for its columns; 422 for what does not fit."""
    actor = request.actor
    row = visible_or_404(Draft, actor, pk)
    if row.state != Draft.State.OPEN or row.raw is None:
        raise Refused("not-visible")
    data = bytes(row.raw)
    sheets = open_questions(actor, data)
    form = MappingForm(request.POST or None, sheets=sheets) if sheets else None
    if request.method == "POST" and form is not None:
        if form.is_valid():
            for signature, columns, orders in form.kept():
                drafts.save_layout(actor, None, signature=signature, columns=columns, orders=orders)
            if open_questions(actor, data):
                return redirect("jrcc:draft", row.pk)
            return _sent(actor, row, data) if "send" in request.POST else redirect("jrcc:draft", row.pk)
        return _shown(request, row, data, form, status=422)
    return _shown(request, row, data, form)


def _shown(request: Any, row: Draft, data: bytes, form: MappingForm | None, status: int = 200) -> HttpResponse:
    """The page of a file. A long one is read for its fragment, or for the link that stands for it without scripts."""
    partial = request.headers.get("HX-Request-Type") == "partial"
    if partial and "far" in request.GET:
        return render(request, "jrcc/_draft_far.html", {"row": row, "percent": draft_checks.percent(row)})
    template = "jrcc/_draft_reading.html" if partial else "jrcc/draft.html"
    context = {"row": row, "marking": OFFICIAL, "form": form, "sheets": form.rows() if form else []}
    if len(data) > LONG and not partial and not {"read", "show"} & set(request.GET):
        words = {"waiting": True, "size": receipts.size_words(len(data))}
        return render(request, template, {**context, **words}, status=status)
    return render(request, template, {**context, **_as_read(request, row, data)}, status=status)


def _as_read(request: Any, row: Draft, data: bytes) -> dict[str, Any]:
    telling = paxlst.Telling(draft_checks.of(row)) if len(data) > LONG else paxlst.Telling()
    layouts = lists.layouts(request.actor.desk_id)
    objects = paxlst.read(data, layouts=layouts, telling=telling)
    findings = [finding for obj in objects for finding in obj["findings"]]
    groups = finding_groups.groups_of(objects, sent_forms.form_of(data, layouts))
    finding_groups.put_on_page(groups, finding_groups.positions(request.GET))
    for group in groups:
        group.html = print_group(group)
    grade = worst(obj["grade"] for obj in objects)
    return {
        "grade": receipts.grade_chip(grade),
        "people": sum(len(obj["travellers"]) for obj in objects),
        "counts": receipts.count_findings(findings),
        "groups": groups,
        "informing": finding_groups.informing(objects),
    }


@require_POST
def send_list_draft(request: Any, pk: Any) -> HttpResponse:
    """Send a file that was looked at, as it is; it leads to its receipt."""
    row = visible_or_404(Draft, request.actor, pk)
    if row.state != Draft.State.OPEN or row.raw is None:
        raise Refused("wrong-state", record=row)
    return _sent(request.actor, row, bytes(row.raw))


def _sent(actor: Any, row: Draft, data: bytes) -> HttpResponse:
    sent = intake.receive(actor, data, channel=CHANNEL, file_name=row.title, content_type=row.content_type)
    sent = _read_anew(actor, sent, data) or sent
    drafts.finish_list_draft(actor, row, sent=[str(sent.pk)])
    return redirect("jrcc:submission", sent.pk)


def _read_anew(actor: Any, known: Submission, data: bytes) -> Submission | None:
    """The next version of a file that was sent before its columns were known; None where that heals nothing."""
    if (
        known.grade not in {"needs_correction", "unreadable"}
        or corrections.list_submission_versions(actor, known)[-1] != known
    ):
        return None
    objects = paxlst.read(data, layouts=lists.layouts(actor.desk_id))
    (before,) = corrections.readings(actor, known)
    if not any(map(can_be_mended, objects)) or not corrections.list_corrected_lists(before, objects):
        return None
    document = mended(objects, {}, known.receipt)
    return intake.correct(actor, known, document, channel=Submission.Channel.CORRECTION)


@require_POST
def ask_again(request: Any, pk: Any) -> HttpResponse:
    """Open the columns of a sheet that was sent before anybody said what they are."""
    actor = request.actor
    row = visible_or_404(Submission, actor, pk)
    content = SubmissionContent.objects.visible_to(actor).filter(submission=row).first()
    data = bytes(content.raw) if content else b""
    if row.owner_id != actor.desk_id or not open_questions(actor, data):
        raise Refused("wrong-state", record=row)
    return redirect(looked_at(actor, data, name=row.file_name, kind=row.content_type))


@require_POST
def discard(request: Any, pk: Any) -> HttpResponse:
    """Throw a file away that was only looked at."""
    drafts.drop_list_draft(request.actor, visible_or_404(Draft, request.actor, pk))
    return redirect("jrcc:submissions")


@require_GET
def template(request: Any, kind: str, fmt: str) -> HttpResponse:
    """A template to fill in, of the version in force today."""
    if kind not in templates.FORMS or fmt not in (templates.XLSX, templates.CSV):
        raise Http404
    made, name = templates.template(kind, fmt, timezone.now().date())
    media = intake.XLSX if fmt == templates.XLSX else "text/csv; charset=utf-8"
    return download_submission(made, name, media, PUBLIC)


def looked_at(actor: Any, data: bytes, *, name: str, kind: str) -> str:
    """Keep a file as a draft, to be looked at or asked about; the address of its page."""
    row = drafts.begin_list_draft(actor, None, kind=Draft.Kind.FILE, title=name, raw=data, content_type=kind)
    return reverse("jrcc:draft", args=[row.pk])
