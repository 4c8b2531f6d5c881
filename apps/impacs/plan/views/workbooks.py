"""The plan as a spreadsheet: out as it stands on the screen, in again with a preview of every row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.downloads import download, line_of
from apps.access.forms import ActorForm
from apps.access.marking import of_list
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.files import storage
from apps.files.actions import add_upload
from apps.files.forms import UploadField
from apps.files.queries import attachments as uploads
from apps.impacs.models import Task, TaskBatch
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.actions import batches as acting
from apps.impacs.plan.actions import workbooks as filling
from apps.impacs.plan.policy.tasks import may_create
from apps.impacs.plan.queries import workbook as reading
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.plan.queries.workbook import CHANGED, CONFLICT, FAULT, NEW, SAME, Plan, Verdict
from apps.impacs.plan.rules import workbook
from apps.impacs.plan.views.plan import Asked

MOST_SHOWN = 300
"""Rows of a preview that are shown; faults and conflicts first."""
ORDER = {FAULT: 0, CONFLICT: 1, CHANGED: 2, NEW: 3, SAME: 4}
UNREADABLE = {
    "damaged": gettext_lazy("The workbook cannot be read. Open it, save it as .xlsx and upload it again."),
    "column": gettext_lazy(
        "%(detail)s is not a column of the plan, or appears twice. Export a spreadsheet to see the columns."
    ),
    "no-title": gettext_lazy("The first row has no column “Title”. Export a spreadsheet and fill it in."),
    "too-many": gettext_lazy(
        "The spreadsheet has more than %(detail)s rows. Split it and import the parts one by one."
    ),
}


class SheetForm(ActorForm):
    """A workbook."""

    file = UploadField(label=pgettext_lazy("field, impacs", "Workbook"), kinds=("xlsx",))


@require_safe
def export_plan_workbook(request: Any) -> HttpResponse:
    """The selection of the list as a workbook, with keys and versions for the way back; the download is recorded."""
    asked = Asked(request, "list")
    if asked.form.errors:
        raise Refused("not-visible")
    most = limits_on(asked.today).sheet_rows
    related = ("owner", "programme", "mandate__decision", "mandate__clause")
    rows = list(asked.rows.select_related(*related).order_by("due_on", "pk")[:most])
    banner = of_list(rows)
    lines = reading.rows_of(request.actor, rows)
    note_read(request, "task.export", Task, rows=len(lines))
    return download(workbook.write_plan_workbook(lines, line_of(banner)), f"tasks-{asked.today:%Y-%m-%d}.xlsx", banner)


@require_http_methods(["GET", "POST"])
def send_plan_workbook(request: Any) -> HttpResponse:
    """Send a workbook; what it would do is shown before anything happens."""
    _ask(request.actor)
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        files=request.FILES if request.method == "POST" else None,
        actor=request.actor,
    )
    if request.method == "POST" and form.is_valid():
        upload = add_upload(request.actor, None, stored=form.cleaned_data["file"])
        return redirect("impacs:sheet_preview", upload.pk)
    most = limits_on(today_of(request.actor)).sheet_rows
    context = {"form": form, "most": most, "heads": workbook.HEADS.values(), "marking": {"level": 1}}
    return render(request, "impacs/import.html", context, status=422 if form.errors else 200)


def _ask(actor: Any) -> None:
    verdict = may_create(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


@require_http_methods(["GET", "POST"])
def preview(request: Any, pk: UUID) -> HttpResponse:
    """Every row with its verdict; POST takes the sheet over, all of it or nothing."""
    actor = request.actor
    _ask(actor)
    upload = uploads.open_upload(actor, pk)
    if upload is None or upload.blob is None:
        raise Refused("not-visible")
    try:
        read = workbook.read_plan_workbook(storage.path_of(upload.blob.sha256), limits_on(today_of(actor)).sheet_rows)
    except workbook.UnreadableError as wrong:
        form = SheetForm({}, actor=actor)
        form.full_clean()
        form.errors.clear()
        form.add_error("file", str(UNREADABLE[wrong.code]) % {"detail": wrong.detail})
        context = {"form": form, "heads": workbook.HEADS.values(), "marking": {"level": 1}}
        return render(request, "impacs/import.html", context, status=422)
    sent = {name.removeprefix("take_"): value for name, value in request.POST.items() if name.startswith("take_")}
    takes = {key: value for key, value in sent.items() if value in {"file", "portal"}}
    found = reading.verdicts(Plan(actor, read), takes)
    if request.method != "POST" or request.POST.get("step") != "apply":
        return _page(request, upload, found)
    return _taken_over(request, upload, found, takes)


def _taken_over(request: Any, upload: Any, found: list[Verdict], takes: dict[str, str]) -> HttpResponse:
    if request.POST.get("seen") != reading.fingerprint(found):
        sentence = _("Someone has changed tasks in this spreadsheet since you looked. These are the current values.")
        return _page(request, upload, found, sentence, status=409)
    if any(one.kind in {FAULT, CONFLICT} for one in found):
        return _page(request, upload, found, status=422)
    changes, rows = filling.changes_of(found)
    try:
        if len(changes) > filling.AT_ONCE:
            asked = filling.asked_for(upload, found, takes)
            done: Any = acting.confirm_task_batch(
                request.actor, None, count=len(changes), sheet=asked, sha256=upload.blob.sha256
            )
            return redirect("impacs:batch", done.pk)
        done = acting.apply(request.actor, TaskBatch.Kind.SHEET, changes, upload.blob.sha256)
    except ValidationError as nothing:
        return _page(request, upload, found, nothing.messages[0], status=422)
    if isinstance(done, TaskBatch):
        messages.success(request, pgettext("words, impacs", "Imported: %(count)s.") % {"count": done.count})
        return redirect("impacs:batch", done.pk)
    filling.tell(rows, done)
    return _page(request, upload, found, status=409 if any(one.stale for one in done) else 422)


def _page(request: Any, upload: Any, found: list[Verdict], wrong: str = "", status: int = 200) -> HttpResponse:
    counts = {kind: sum(one.kind == kind for one in found) for kind in ORDER}
    shown = sorted(found, key=lambda one: (ORDER[one.kind], one.line.number))[:MOST_SHOWN]
    stops = counts[FAULT] + counts[CONFLICT]
    context = {
        "upload": upload,
        "counts": counts,
        "lines": shown,
        "all": len(found),
        "stops": stops,
        "can_apply": bool(found) and not stops and counts[NEW] + counts[CHANGED] > 0,
        "settled": [one for one in found if one.compared.both],
        "seen": reading.fingerprint(found),
        "wrong": wrong,
        "marking": {"level": max((one.task.level for one in found if one.task is not None), default=1)},
    }
    return render(request, "impacs/import_preview.html", context, status=status)
