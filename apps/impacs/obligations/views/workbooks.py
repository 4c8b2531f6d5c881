"""A State's list as a workbook, and the filled one back: preview first, then all of it or nothing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.downloads import download as as_file
from apps.access.downloads import line_of
from apps.access.forms import put_faults
from apps.access.marking import OFFICIAL
from apps.access.middleware import note_read
from apps.files import storage
from apps.impacs.models import StateAction
from apps.impacs.obligations.actions.workbooks import import_state_reports
from apps.impacs.obligations.forms.workbooks import FilledForm, kept, opened
from apps.impacs.obligations.queries import workbooks
from apps.impacs.obligations.queries.matrix import matrix_book
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries.obligations import obligations


@require_GET
def download_report_workbook(request: Any) -> HttpResponse:
    """The open actions of one's own State as a workbook with two columns to fill in; the download is recorded."""
    day = today_of(request.actor)
    found = obligations(request.actor, day)
    rows = workbooks.make_report_sheet(found, workbooks.versions_of(request.actor, found))
    note_read(request, "state_action.export", StateAction, rows=len(found))
    name = workbooks.name_report_workbook(request.actor.party_code, day)
    return as_file(matrix_book(rows, str(day), line_of(OFFICIAL)), name, OFFICIAL)


@require_http_methods(["GET", "POST"])
def upload(request: Any) -> HttpResponse:
    """Send the filled list: what it would change is shown, cell by cell; a second step takes it over."""
    if request.POST.get("kept"):
        return _take_over(request)
    form = FilledForm(request.POST or None, files=request.FILES or None, actor=request.actor)
    if request.method == "GET":
        return _page(request, FilledForm(actor=request.actor), None, 200)
    lines = _read(request, form)
    if lines is None:
        return _page(request, form, None, 422)
    return _page(request, form, lines, 422 if any(line.faults for line in lines) else 200)


def _read(request: Any, form: FilledForm) -> list[workbooks.Line] | None:
    if not form.is_valid():
        return None
    try:
        lines = list(workbooks.read_report_workbook(storage.path_of(form.cleaned_data["file"].sha256)))
    except ValueError as wrong:
        form.add_error("file", str(wrong))
        return None
    if not lines:
        form.add_error("file", _("Nothing is filled in. Enter progress and what was done, then upload it."))
        return None
    return workbooks.compare_report_lines(request.actor, lines)


def _take_over(request: Any) -> HttpResponse:
    lines = opened(request.POST["kept"], request.actor.desk_id)
    form = FilledForm({}, actor=request.actor)
    if lines is None:
        form.add_error("file", _("The preview is more than an hour old. Upload the spreadsheet again."))
        return _page(request, form, None, 422)
    try:
        import_state_reports(request.actor, None, lines=lines)
    except ValidationError as wrong:
        form.errors.clear()
        put_faults(form, wrong)
        return _page(request, form, None, 409)
    messages.success(request, pgettext("words, impacs", "Reports recorded: %(count)s.") % {"count": len(lines)})
    return redirect("impacs:obligations")


def _page(request: Any, form: FilledForm, lines: list[workbooks.Line] | None, status: int) -> HttpResponse:
    faults = sum(bool(line.faults) for line in lines or [])
    context = {
        "form": form,
        "lines": lines,
        "faults": faults,
        "kept": kept(lines, request.actor.desk_id) if lines and not faults else "",
        "marking": {"level": 1},
    }
    return render(request, "impacs/filled.html", context, status=status)
