"""Pages of the audit: the list with its filters and CSV, and the history of one record."""

import csv
import datetime
import io
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.audit import charts, queries, signing, wording
from apps.audit.forms import RecordFilter
from apps.audit.models import AuditRecord
from apps.audit.places import key_of, knows_seq, public_id

ON_A_PAGE = 50
IN_A_FILE = 1000
FILES = {"csv": "text/csv; charset=utf-8", "zip": "application/zip"}
PANEL_DAYS = 7
LIKE_A_FORMULA = frozenset("=+-@\t\r\n\0＝＋－＠")
COLUMNS = (
    "at", "user_name", "role", "desk", "party", "verb", "object_type", "object_id", "outcome", "reason", "entry",
    "seconded_from",
)  # fmt: skip


@require_GET
def records(request: Any) -> HttpResponse:
    """Who did, tried or read what, newest first; `?format=csv` gives the same list as a file."""
    reader = request.actor
    if reader is None:
        raise Http404
    form = RecordFilter(request.GET)
    valid = form.is_valid()
    visible = AuditRecord.objects.visible_to(reader)
    rows = form.narrow(visible, reader) if valid else visible.none()
    if valid and request.GET.get("format") in FILES:
        return _file(request, rows, request.GET["format"])
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(rows, before, after, ON_A_PAGE)
    since = timezone.now() - datetime.timedelta(days=PANEL_DAYS)
    context = {
        "form": form,
        "filters": form.chosen(),
        "lines": wording.told(page, reader),
        "head": queries.own_head(reader),
        "readers": queries.foreign_readers(reader, since),
        "since": since.date().isoformat(),
        "query": urlencode(form.chosen()),
        **_pager(form.chosen(), page, newer, older),
    }
    return render(request, "audit/records.html", context, status=200 if valid else 422)


def _pager(chosen: dict[str, str], page: list[Any], newer: bool, older: bool) -> dict[str, str]:
    pages = {}
    if page and newer:
        pages["newer"] = "?" + urlencode({**chosen, "after": public_id(page[0].pk)})
    if page and older:
        pages["older"] = "?" + urlencode({**chosen, "before": public_id(page[-1].pk)})
    return pages


def _file(request: Any, rows: Any, form: str) -> HttpResponse:
    """The list as CSV, or as a signed archive with it."""
    lines = wording.told(rows.order_by("-pk")[:IN_A_FILE], request.actor)
    # the read log's list (apps.access.middleware.note_read): an export is itself an entry
    request.reads.append(("audit.export", AuditRecord, {"rows": len(lines)}))
    name, sheet = f"audit-{timezone.now():%Y%m%dT%H%M%SZ}", io.StringIO()
    table = csv.writer(sheet)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in _cells(line, request.actor)] for line in lines)
    data = sheet.getvalue().encode()
    content = signing.signed_archive(f"{name}.csv", data) if form == "zip" else data
    response = HttpResponse(content, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _cells(line: wording.Line, reader: Any) -> list[str]:
    row = line.row
    at = row.at.astimezone(datetime.UTC).isoformat(timespec="milliseconds") if row.at else ""
    place = f"{row.stream} {row.seq}" if knows_seq(row, reader) else row.stream
    what = [row.verb, row.object_type, row.object_id, row.outcome, row.reason, place]
    return [at, line.person, line.role, row.desk, row.party, *what, line.seconded_from]


def inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text: what somebody asked for may begin like a formula.

    Source: OWASP ASVS 5.0, 1.2.10, and OWASP's page on CSV injection (line feed, letters of full width).
    """
    return f"'{cell}" if cell[:1] in LIKE_A_FORMULA else cell


@require_GET
def history(request: Any, kind: str, pk: str) -> HttpResponse:
    """All that was done to one record and who read it, as far as the seat may see; 404 if that is nothing."""
    rows = AuditRecord.objects.visible_to(request.actor).filter(object_type=kind, object_id=pk)
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(rows, before, after, ON_A_PAGE)
    if not page:
        raise Http404
    newest, zone = queries.newest(rows), request.actor.time_zone
    context = {
        "days": charts.by_day(newest, zone),
        "hours": charts.by_hour(newest, zone),
        "readers": _readers(newest, request.actor),
        "kind": wording.kind_in_words(kind),
        "object_id": pk,
        "lines": wording.told(page, request.actor),
        "title": _("History: %(kind)s") % {"kind": wording.kind_in_words(kind)},
        **_pager({}, page, newer, older),
    }
    return render(request, "audit/object.html", context)


def _readers(rows: list[Any], reader: Any) -> list[tuple[charts.Group, wording.Line]]:
    """Who read it: by person where the reader may know him, else by desk."""
    read = [row for row in rows if row.outcome == AuditRecord.Outcome.READ]
    found = charts.grouped(read, lambda row: (row.desk, row.user_id if wording.knows_name(row, reader) else None))
    return [(group, wording.told([group.row], reader)[0]) for group in found]


@require_GET
def person(request: Any, name: str) -> HttpResponse:
    """What one person saw and did, as far as the seat may see; 404 if that is nothing."""
    reader = request.actor
    if reader is None:
        raise Http404
    every = AuditRecord.objects.visible_to(reader).filter(queries.of_person(reader, name))
    form = RecordFilter({**request.GET.dict(), "person": ""})
    valid = form.is_valid()
    rows = form.narrow(every, reader) if valid else every.none()
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(rows, before, after, ON_A_PAGE)
    chosen = form.chosen()
    if not page and (not chosen or not every.exists()):
        raise Http404
    newest = queries.newest(rows)
    seen = charts.grouped((row for row in newest if row.object_id), lambda row: (row.object_type, row.object_id))
    if name != reader.person:
        request.reads.append(("audit.person", AuditRecord, {"rows": len(page)}))
    context = {
        "name": name,
        "filters": chosen,
        "days": charts.by_day(newest, reader.time_zone),
        "hours": charts.by_hour(newest, reader.time_zone),
        "seen": [(group, wording.told([group.row], reader)[0]) for group in seen],
        "charted": len(newest),
        "most": queries.CHARTED,
        "lines": wording.told(page, reader),
        **_pager(chosen, page, newer, older),
    }
    return render(request, "audit/person.html", context, status=200 if valid else 422)
