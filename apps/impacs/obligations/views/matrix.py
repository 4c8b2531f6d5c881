"""Decisions and States: the matrix, its files, and the progress of one decision."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access.downloads import download, line_of
from apps.access.marking import Banner
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.audit.spreadsheets import csv_bytes
from apps.council.models import Decision
from apps.impacs.lists.matrix import look_columns, matrix_grid
from apps.impacs.models import StateAction
from apps.impacs.obligations.forms.matrix import MatrixForm
from apps.impacs.obligations.queries import matrix as reading
from apps.impacs.obligations.queries.progress import read_decision_progress, today_of
from apps.impacs.queries.status_looks import LOOKS

LINES = 32
"""Lines on a page, which stays below 200 KB; the sums and the files are of all."""


def _asked(request: Any) -> tuple[MatrixForm, reading.Matrix]:
    subjects, meetings = reading.choices(request.actor)
    data = request.GET.copy()
    if not data.get("as_of"):
        data["as_of"] = today_of(request.actor).isoformat()
    form = MatrixForm(data, subjects=subjects, meetings=meetings)
    form.is_valid()
    as_of = form.cleaned_data.get("as_of") or today_of(request.actor)
    return form, reading.matrix(request.actor, as_of, form.filters())


@require_GET
def matrix(request: Any) -> HttpResponse:
    """The matrix with its filters; a filter that cannot be read is told at its place."""
    form, shown = _asked(request)
    place = _place(request.GET.get("after", ""), request.GET.get("before", ""), shown.lines)
    here = {name: value for name, value in request.GET.items() if name not in {"after", "before"} and value}
    lines = shown.lines[place : place + LINES]
    context = {
        "form": form,
        "shown": shown,
        "by": shown.filters.by,
        "arrangements": _arrangements(here, shown.filters.by),
        "legend": LOOKS.values(),
        "heads": look_columns([LOOKS[colour] for colour in reading.STATE_VIEW]),
        "grid": matrix_grid(shown, lines, request.actor.party_code, cut=len(lines) < len(shown.lines)),
        "query": urlencode(here),
        "newer": _address(here, before=lines[0].place) if place else "",
        "older": _address(here, after=lines[-1].place) if place + LINES < len(shown.lines) else "",
        "said": _said(place, shown),
        "filtered": bool(set(here) - {"by"}),
        "marking": _marking(),
    }
    return render(request, "impacs/matrix.html", context, status=422 if form.errors else 200)


def _place(after: str, before: str, lines: list[reading.Line]) -> int:
    """Where the page begins: behind the line named, or so that it ends before it. Lines that have gone are no matter.

    What names no line is not there.
    """
    if not (after or before):
        return 0
    try:
        mark = reading.Place.read(before or after)
    except ValueError as wrong:
        raise Refused("not-visible") from wrong
    if before:
        return max(sum(mark.later(line.place) for line in lines) - LINES, 0)
    return min(sum(not line.place.later(mark) for line in lines), max(len(lines) - 1, 0))


def _address(here: dict[str, str], **place: reading.Place) -> str:
    return "?" + urlencode({**here, **place})


def _said(place: int, shown: reading.Matrix) -> str:
    first, last = place + 1, min(place + LINES, len(shown.lines))
    return _("Lines %(first)s to %(last)s of %(all)s") % {"first": first, "last": last, "all": len(shown.lines)}


def _arrangements(here: dict[str, str], now: str) -> list[dict[str, Any]]:
    words = {
        "clause": pgettext("words, impacs", "Clause"),
        "decision": pgettext("words, impacs", "Decision"),
        "state": pgettext("words, impacs", "Member State"),
    }
    return [{"url": "?" + urlencode({**here, "by": by}), "label": words[by], "current": by == now} for by in words]


@require_GET
def export_matrix(request: Any, kind: str) -> HttpResponse:
    """Exactly the matrix of these filters as CSV or XLSX; the download is recorded."""
    form, shown = _asked(request)
    if form.errors:
        return matrix(request)
    rows = reading.make_matrix_table(shown)
    note_read(request, "matrix.export", StateAction, rows=len(rows))
    banner, day = _marking(), f"{shown.day:%Y-%m-%d}"
    data = csv_bytes(rows) if kind == "csv" else reading.matrix_book(rows, day, line_of(banner))
    return download(data, f"decisions-and-states-{day}.{kind}", banner)


def _marking() -> Banner:
    return {"level": 1, "caveat": _("CARICOM Member States and IMPACS only")}


@require_GET
def progress(request: Any, pk: Any) -> HttpResponse:
    """How far a decision has come, clause by clause: a part of its page, or a page of its own."""
    decision = visible_or_404(Decision, request.actor, pk)
    partial = request.headers.get("HX-Request-Type") == "partial"
    template = "impacs/_progress.html" if partial else "impacs/progress.html"
    lines = read_decision_progress(request.actor, decision)
    return render(request, template, {"decision": decision, "lines": lines, "marking": {"level": decision.level}})
