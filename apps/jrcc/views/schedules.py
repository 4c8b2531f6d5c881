"""Schedules of carriers: the list, one of them, by hand, as a table, and how they end."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import buttons, carry_out
from apps.access.doors import REGISTRY
from apps.access.paging import cut
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import actions, departures, learning, policy, schedule_files
from apps.jrcc.actions.schedules import DAYS, FIELDS
from apps.jrcc.models import Schedule
from apps.jrcc.routing import place
from apps.jrcc.views.verbs import verb_page

ROWS, NEXT = 50, 30


@require_GET
def schedules(request: Any) -> HttpResponse:
    """Schedules that the seat may see, newest first."""
    rows, older, newer = cut(departures.schedules(request.actor), request.GET, ROWS)
    today = timezone.now().date()
    context = {
        "lines": [departures.schedule_line(row, today) for row in rows],
        "may_enter": bool(policy.may_schedule(request.actor, None)),
        "may_learn": request.actor.desk_code == "JRCC.watch",
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
    }
    return render(request, "jrcc/schedules.html", context)


@require_GET
def schedule(request: Any, pk: Any) -> HttpResponse:
    """One schedule with its departures, the next ones first."""
    row = _schedule(request, pk)
    found = departures.rows(request.actor, {}).filter(schedule=row).order_by("-departs_at")[:NEXT]
    context = {
        "line": departures.schedule_line(row, timezone.now().date()),
        "lines": [departures.line(one) for one in found],
        "offers": buttons(request.actor, row, partial(_place, row), {"end"}),
        "version": row.version,
    }
    return render(request, "jrcc/schedule.html", context)


def _schedule(request: Any, pk: Any) -> Schedule:
    row: Schedule = visible_or_404(departures.schedules(request.actor), request.actor, pk)
    return row


def _place(row: Schedule, verb: str) -> str:
    return reverse("jrcc:schedule_do", args=[row.pk, verb])


def _must_enter(request: Any) -> None:
    verdict = policy.may_schedule(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Enter one service; what the address says of it stands in the form."""
    _must_enter(request)
    known: dict[str, Any] = {name: request.GET[name] for name in FIELDS if name in request.GET}
    if "days" in known:
        known["days"] = list(known["days"])
    onward = lambda done: reverse("jrcc:schedule", args=[done.pk])  # noqa: E731
    run = partial(actions.add, request.actor, None)
    return carry_out(request, REGISTRY["schedule.add"], None, "jrcc/schedule_new.html", onward, run=run, initial=known)


@require_GET
def learnt(request: Any) -> HttpResponse:
    """Services that lists show and no schedule names; each leads to the form, where a person decides."""
    today = timezone.now().date()
    days = dict(DAYS)
    context = {
        "lines": [
            {
                "it": one,
                "days": [str(days[str(day)]) for day in one.days],
                "daily": len(one.days) == len(DAYS),
                "from_zone": place(one.origin).zone,
                "to_zone": place(one.destination).zone,
                "query": one.query(today),
            }
            for one in learning.services(request.actor, today)
        ]
    }
    return render(request, "jrcc/schedules_learnt.html", context)


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb, and its try."""
    row = _schedule(request, pk)
    title, place = str(row), reverse("jrcc:schedule", args=[pk])
    return verb_page(request, row, "schedule", verb, title=title, place=place)


@require_http_methods(["GET", "POST"])
def file(request: Any) -> HttpResponse:
    """Enter many: what the table holds is shown first, with each fault at its row; then all of it, or none."""
    _must_enter(request)
    if request.method == "GET":
        return _page(request, "", None)
    text, sent = request.POST.get("text", ""), request.FILES.get("file")
    if sent:
        text = sent.read(schedule_files.LONGEST_SSIM + 1).decode("utf-8", "replace")
    text = text.replace("\x00", "")
    table = schedule_files.read(request.actor, text)
    if table.faults or table.wrong:
        return _page(request, text, table, status=422)
    if "enter" not in request.POST:
        return _page(request, text, table)
    actions.add_file(request.actor, None, rows=table.given)
    return redirect("jrcc:schedules")


def _page(request: Any, text: str, table: schedule_files.Table | None, *, status: int = 200) -> HttpResponse:
    context = {
        "text": text or schedule_files.EXAMPLE,
        "table": table,
        "columns": schedule_files.COLUMNS,
        "most": schedule_files.MOST_ROWS,
    }
    return render(request, "jrcc/schedule_file.html", context, status=status)
