"""What My work takes from here: one's own State against what decisions ask of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.impacs.obligations.queries.own_state import WIDTH, list_own_decisions
from apps.impacs.obligations.queries.progress import today_of

SHOWN = 6


@require_GET
def against(request: Any) -> HttpResponse:
    """The State's actions by decision and their colours: a part of My work, or all of them as a page of its own."""
    listed, bars = list_own_decisions(request.actor, today_of(request.actor))
    partial = request.headers.get("HX-Request-Type") == "partial"
    context = {
        "lines": listed[:SHOWN] if partial else listed,
        "more": max(0, len(listed) - SHOWN) if partial else 0,
        "bars": bars,
        "width": WIDTH,
        "total": sum(bar.count for bar in bars),
        "marking": {"level": 1},
    }
    return render(request, "impacs/_against.html" if partial else "impacs/against.html", context)
