"""Before a meeting: what decisions on each of its items have come to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.access.queries import visible_or_404
from apps.council.models import Meeting
from apps.impacs.obligations.queries.progress import today_of
from apps.reports import policy
from apps.reports.models import Report
from apps.reports.queries import implementation, report_pages, scorecards


@require_safe
def meeting(request: Any, pk: Any) -> HttpResponse:
    """The agenda with the state of implementation per item, as of today; and the briefs that are printed of it."""
    actor = request.actor
    row = visible_or_404(Meeting, actor, pk)
    since = scorecards.day_of_meeting(scorecards.last_council(actor, today_of(actor)))
    lines = implementation.lines(actor, today_of(actor), since, demonstration=True)
    briefs = report_pages.find_reports(actor).filter(kind=Report.Kind.BRIEF, meeting=row).order_by("-pk")
    context = {
        "meeting": row,
        "items": implementation.by_item(actor, row, lines),
        "briefs": [(one, report_pages.state_chip(one)) for one in briefs],
        "may_write": bool(policy.may_write(actor, None)),
        "marking": {"level": row.level},
    }
    return render(request, "reports/meeting.html", context)
