"""Schedules of carriers: the list, one of them, by hand, as a table, and how they end."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, marked, of
from apps.access.refusal import Refused
from apps.carriers import policy
from apps.carriers.actions import schedule_files
from apps.carriers.actions import schedules as schedules_actions
from apps.carriers.actions.schedules import FIELDS
from apps.carriers.lists import Schedules, Services
from apps.carriers.queries import expected_journeys
from apps.pages.verb_pages import VerbPages, answer_form

NEXT = 30

verbs = VerbPages(
    noun="schedule",
    address="jrcc:schedule_do",
    rows=expected_journeys.schedules,
    page=lambda row: reverse("jrcc:schedule", args=[row.pk]),
    whence=(pgettext_lazy("link, jrcc", "Schedules"), "jrcc:schedules"),
)


@require_GET
def schedules(request: Any) -> HttpResponse:
    """Schedules that the seat may see, newest first."""
    return Schedules(request).answer()


@require_GET
def schedule(request: Any, pk: Any) -> HttpResponse:
    """One schedule with its departures, the next ones first."""
    row = verbs.find(request.actor, pk)
    found = list(
        expected_journeys.find_expected_journeys(request.actor, {}).filter(schedule=row).order_by("-departs_at")[:NEXT]
    )
    context = {
        "line": expected_journeys.schedule_line(row, timezone.now().date()),
        "marking": of(row, *found),
        "lines": [expected_journeys.describe_expected_journey(one) for one in found],
        "offers": verbs.buttons(request.actor, row),
        "version": row.version,
    }
    return render(request, "jrcc/schedule.html", context)


def _must_enter(request: Any) -> None:
    verdict = policy.may_schedule(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def show_new_schedule(request: Any) -> HttpResponse:
    """Enter one service; what the address says of it stands in the form."""
    _must_enter(request)
    known: dict[str, Any] = {name: request.GET[name] for name in FIELDS if name in request.GET}
    if "days" in known:
        known["days"] = list(known["days"])
    onward = lambda done: reverse("jrcc:schedule", args=[done.pk])  # noqa: E731
    run = partial(schedules_actions.add_schedule, request.actor, None)
    return answer_form(
        request, REGISTRY["schedule.add"], None, "jrcc/schedule_new.html", onward, run=run, initial=known
    )


@require_GET
def learnt(request: Any) -> HttpResponse:
    """Services that lists show and no schedule names; each leads to the form, where a person decides."""
    return Services(request).answer()


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
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
    schedules_actions.add_schedule_file(request.actor, None, rows=table.given)
    return redirect("jrcc:schedules")


def _page(request: Any, text: str, table: schedule_files.Table | None, *, status: int = 200) -> HttpResponse:
    context = {
        "text": text or schedule_files.EXAMPLE,
        "table": table,
        "columns": schedule_files.COLUMNS,
        "most": schedule_files.MOST_ROWS,
    }
    return render(request, "jrcc/schedule_file.html", context, status=status)
