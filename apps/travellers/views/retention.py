"""Retention: what the next night would erase, what holds keep, and what was erased."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access.marking import OFFICIAL, marked
from apps.journeys.models import Journey
from apps.travellers.queries import retention_due

SHOWN = 50


@require_GET
@marked(OFFICIAL)
def retention(request: Any) -> HttpResponse:
    """A dry run: exactly what the night's job would do at this moment, and nothing is done."""
    now = timezone.now()
    due = retention_due.find_retention_due(request.actor, now)
    tables = [("masks", due.masks), ("messages", due.messages), ("accesses", due.accesses)]
    tables += [("deletions", due.deletions), ("held", due.held)]
    context = {
        "now": now,
        "parts": [
            {"name": name, "rows": [_line(step, due.by_order) for step in rows[:SHOWN]], "n": len(rows)}
            for name, rows in tables
        ],
        "most": retention_due.A_ROUND,
        "erasures": retention_due.erasures(request.actor),
    }
    return render(request, "jrcc/retention.html", context)


def _line(step: retention_due.Step, by_order: retention_due.Kept) -> dict[str, Any]:
    journey = step.row if isinstance(step.row, Journey) else step.row.journey
    is_journey = step.row is journey
    return {
        "it": step,
        "journey": journey if is_journey else None,
        "receipt": "" if is_journey else step.row.receipt,
        "ordered": journey is not None and journey.pk in by_order.touched,
    }
