"""Pages of the audit: the list with its filters and CSV, and the history of one record."""

import datetime
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.audit import charts, exports, queries, sentences, titles
from apps.audit.forms import RecordFilter
from apps.audit.models import AuditRecord
from apps.audit.row_places import around, key_of
from apps.audit.verb_labels import noted

noted("audit.export", _lazy("Exported the audit trail"))
noted("audit.person", _lazy("Looked up a person's activity"))

ON_A_PAGE = 50
IN_A_FILE = 1000
IN_AN_ARCHIVE = 200_000
TOO_LONG = _lazy("The list has more than %(most)s entries, the limit of a signed file. Choose fewer days.")
PANEL_DAYS = 7


@require_GET
def records(request: Any) -> HttpResponse:
    """Who did, tried or read what, newest first; `?format=csv` gives the newest as a file, `zip` all of it, signed."""
    reader = request.actor
    if reader is None:
        raise Http404
    form = RecordFilter(request.GET)
    valid = form.is_valid()
    visible = AuditRecord.objects.visible_to(reader)
    rows = form.narrow(visible, reader) if valid else visible.none()
    if valid and request.GET.get("format") == "csv":
        return _sheet(request, rows)
    if valid and request.GET.get("format") == "zip":
        if not queries.more_than(rows, IN_AN_ARCHIVE):
            return _archive(request, rows)
        form.add_error(None, TOO_LONG % {"most": IN_AN_ARCHIVE})
        valid = False
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(rows, before, after, ON_A_PAGE)
    since = timezone.now() - datetime.timedelta(days=PANEL_DAYS)
    context = {
        "form": form,
        "marking": _marking(page),
        "filters": form.chosen(),
        "lines": titles.in_full(sentences.told(page, reader), reader),
        "head": queries.own_head(reader),
        "readers": queries.foreign_readers(reader, since),
        "since": since.date().isoformat(),
        "query": urlencode(form.chosen()),
        "most": IN_AN_ARCHIVE,
        **around(form.chosen(), page, newer, older),
    }
    return render(request, "audit/records.html", context, status=200 if valid else 422)


def _sheet(request: Any, rows: Any) -> HttpResponse:
    """The newest of the list as CSV."""
    found, sheet = list(rows.order_by("-pk")[:IN_A_FILE]), io.StringIO()
    lines, request.marking = sentences.told(found, request.actor), _marking(found)
    exports.table(lines, sheet, request.actor)
    _note_export(request, len(lines))
    response = HttpResponse(sheet.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name()}.csv"'
    return response


def _archive(request: Any, rows: Any) -> HttpResponse:
    """The whole list as a signed archive."""
    name = _name()
    whole, count = exports.archive(rows, request.actor, name)
    _note_export(request, count)
    request.marking = {"level": queries.highest_level(rows) or 1}
    response: Any = exports.InPieces(whole, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    return response


def _name() -> str:
    return f"audit-{timezone.now():%Y%m%dT%H%M%SZ}"


def _note_export(request: Any, count: int) -> None:
    # the read log's list (apps.access.middleware.note_read): an export is itself an entry
    request.reads.append(("audit.export", AuditRecord, {"rows": count}))


def _marking(rows: Iterable[AuditRecord]) -> dict[str, int]:
    """The banner of entries: of the highest record that they are about, since they say that it is there."""
    return {"level": max((row.level for row in rows), default=1) or 1}


@require_GET
def history(request: Any, kind: str, pk: str) -> HttpResponse:
    """All that was done to one record and who read it, as far as the seat may see; 404 if that is nothing."""
    rows = AuditRecord.objects.visible_to(request.actor).filter(object_type=kind, object_id=pk)
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = queries.page(rows, before, after, ON_A_PAGE)
    if not page:
        raise Http404
    newest, zone = queries.newest(rows), request.actor.time_zone
    lines = titles.in_full(sentences.told(page, request.actor), request.actor)
    context = {
        "marking": _marking(page),
        "days": charts.by_day(newest, zone),
        "hours": charts.by_hour(newest, zone),
        "readers": _readers(newest, request.actor),
        "kind": sentences.kind_in_words(kind),
        "object_type": kind,
        "object_id": pk,
        "lines": lines,
        "title": pgettext("words, audit", "History: %(kind)s") % {"kind": lines[0].record},
        **around({}, page, newer, older),
    }
    return render(request, "audit/object.html", context)


def _readers(rows: list[Any], reader: Any) -> list[tuple[charts.Group, sentences.Line]]:
    """Who read it: by person where the reader may know them, else by desk."""
    read = [row for row in rows if row.outcome == AuditRecord.Outcome.READ]
    found = charts.grouped(read, lambda row: (row.desk, row.user_id if sentences.knows_name(row, reader) else None))
    lines = titles.in_full(sentences.told([group.row for group in found], reader), reader)
    return list(zip(found, lines, strict=True))


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
    told = titles.in_full(sentences.told([group.row for group in seen], reader), reader)
    if name != reader.person:
        request.reads.append(("audit.person", AuditRecord, {"rows": len(page)}))
    context = {
        "name": name,
        "marking": _marking([*page, *(group.row for group in seen)]),
        "filters": chosen,
        "days": charts.by_day(newest, reader.time_zone),
        "hours": charts.by_hour(newest, reader.time_zone),
        "seen": list(zip(seen, told, strict=True)),
        "charted": len(newest),
        "most": queries.CHARTED,
        "lines": titles.in_full(sentences.told(page, reader), reader),
        **around(chosen, page, newer, older),
    }
    return render(request, "audit/person.html", context, status=200 if valid else 422)
