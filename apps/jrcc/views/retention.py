"""Retention: the rules, what the next night would erase, what holds keep, and what was erased."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.jrcc import keeping
from apps.jrcc.models import Journey, RetentionRule

SHOWN = 50


@require_GET
def retention(request: Any) -> HttpResponse:
    """A dry run: exactly what the night's job would do at this moment, and nothing is done."""
    now = timezone.now()
    due = keeping.due(request.actor, now)
    tables = [("masks", due.masks), ("messages", due.messages), ("accesses", due.accesses)]
    tables += [("deletions", due.deletions), ("held", due.held)]
    context = {
        "now": now,
        "rules": _rules(request.actor),
        "parts": [
            {"name": name, "rows": [_line(step) for step in rows[:SHOWN]], "n": len(rows)} for name, rows in tables
        ],
        "most": keeping.A_ROUND,
        "erasures": keeping.erasures(request.actor),
    }
    return render(request, "jrcc/retention.html", context)


def _line(step: keeping.Step) -> dict[str, Any]:
    is_journey = isinstance(step.row, Journey)
    return {"it": step, "journey": step.row if is_journey else None, "receipt": "" if is_journey else step.row.receipt}


def _rules(actor: Any) -> list[Any]:
    rows = RetentionRule.objects.visible_to(actor).select_related("party")
    return list(rows.order_by("party__name", "kind", "valid_from"))
