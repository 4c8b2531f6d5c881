"""The plan as a spreadsheet: out as it stands on the screen, in again with a preview of every row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.forms import ActorForm
from apps.access.middleware import note_read
from apps.access.refused import Refused
from apps.files import queries as uploads
from apps.files import storage
from apps.files.actions import add_upload
from apps.files.forms import UploadField
from apps.impacs.actions import bulk as acting
from apps.impacs.actions.bulk import Change, Outcome
from apps.impacs.exporting import TYPES
from apps.impacs.models import Task, TaskBatch
from apps.impacs.planning import sheet
from apps.impacs.policy.tasks import may_create
from apps.impacs.queries import planning_sheet as reading
from apps.impacs.queries.planning_sheet import CHANGED, CONFLICT, FAULT, NEW, SAME, Plan, Verdict
from apps.impacs.queries.progress import today_of
from apps.impacs.queries.task_rules import limits_on
from apps.impacs.views.planning import Asked

MOST_SHOWN = 300
"""Rows of a preview that are shown; faults and conflicts first."""
ORDER = {FAULT: 0, CONFLICT: 1, CHANGED: 2, NEW: 3, SAME: 4}
UNREADABLE = {
    "damaged": gettext_lazy("The workbook cannot be read. Open it, save it as .xlsx, and send it again."),
    "column": gettext_lazy("%(detail)s is no column of the plan, or stands there twice. Export a sheet to see them."),
    "no-title": gettext_lazy("The first row names no column “Title”. Export a sheet and fill it in."),
    "too-many": gettext_lazy("The sheet has more than %(detail)s rows. Split it, and import the parts one by one."),
}


class SheetForm(ActorForm):
    """A workbook."""

    file = UploadField(label=gettext_lazy("Workbook"), kinds=("xlsx",))


@require_safe
def export(request: Any) -> HttpResponse:
    """The selection of the list as a workbook, with keys and versions for the way back; the download is recorded."""
    asked = Asked(request, "list")
    if asked.form.errors:
        raise Refused("not-visible")
    most = limits_on(asked.today).sheet_rows
    related = ("owner", "programme", "mandate__decision", "mandate__clause")
    rows = asked.rows.select_related(*related).order_by("due_on", "pk")[:most]
    lines = reading.rows_of(request.actor, rows)
    note_read(request, "task.export", Task, rows=len(lines))
    name = f"tasks-{asked.today:%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sheet.write(lines), content_type=TYPES["xlsx"], headers=headers)


@require_http_methods(["GET", "POST"])
def send(request: Any) -> HttpResponse:
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
    context = {"form": form, "most": most, "heads": sheet.HEADS.values(), "marking": {"level": 1}}
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
        read = sheet.read(storage.path_of(upload.blob.sha256), limits_on(today_of(actor)).sheet_rows)
    except sheet.UnreadableError as wrong:
        form = SheetForm({}, actor=actor)
        form.full_clean()
        form.errors.clear()
        form.add_error("file", str(UNREADABLE[wrong.code]) % {"detail": wrong.detail})
        context = {"form": form, "heads": sheet.HEADS.values(), "marking": {"level": 1}}
        return render(request, "impacs/import.html", context, status=422)
    takes = {name.removeprefix("take_"): value for name, value in request.POST.items() if name.startswith("take_")}
    plan = Plan(actor, read)
    found = reading.verdicts(plan, {key: value for key, value in takes.items() if value in {"file", "portal"}})
    if request.method != "POST" or request.POST.get("step") != "apply":
        return _page(request, upload, found)
    return _taken_over(request, upload, found)


def _taken_over(request: Any, upload: Any, found: list[Verdict]) -> HttpResponse:
    if request.POST.get("seen") != reading.fingerprint(found):
        sentence = _("Somebody has changed tasks of this sheet since you looked. This is how it stands now.")
        return _page(request, upload, found, sentence, status=409)
    if any(one.kind in {FAULT, CONFLICT} for one in found):
        return _page(request, upload, found, status=422)
    changes, rows = [], []
    for one in found:
        for change in _changes(one):
            changes.append(change)
            rows.append(one)
    try:
        done = acting.apply(request.actor, TaskBatch.Kind.SHEET, changes, upload.blob.sha256)
    except ValidationError as nothing:
        return _page(request, upload, found, nothing.messages[0], status=422)
    if isinstance(done, TaskBatch):
        messages.success(request, _("Taken over: %(count)s.") % {"count": done.count})
        return redirect("impacs:batch", done.pk)
    for one, outcome in zip(rows, done, strict=True):
        _tell(one, outcome)
    return _page(request, upload, found, status=409 if any(one.stale for one in done) else 422)


def _changes(one: Verdict) -> list[Change]:
    if one.task is None:
        fields = {name: value for name, value in one.fields.items() if value not in (None, "")}
        return [Change("task.create", None, None, fields)]
    found = [Change("task.change", one.task.pk, one.task.version, one.fields)] if one.fields else []
    for verb, name, keys in (("remove", "dependency", one.drop_after), ("add", "before", one.add_after)):
        for key in keys:
            version = None if found else one.task.version
            found.append(Change(f"task.{verb}_dependency", one.task.pk, version, {name: str(key)}))
    return found


def _tell(one: Verdict, outcome: Outcome) -> None:
    """The faults of a rule at the cells of the row."""
    for name, sentence in outcome.faults:
        column = "after" if name in {"before", "dependency"} else name if name in one.line.cells else "title"
        one.faults.append((f"{column}:{one.line.number}", sentence))


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
