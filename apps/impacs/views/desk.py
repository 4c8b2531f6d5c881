"""What My desk takes from here: one's own State against what decisions ask of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.impacs.queries.against import WIDTH, lines
from apps.impacs.queries.cells import SHAPES
from apps.impacs.queries.progress import today_of

SHOWN = 6


@require_GET
def against(request: Any) -> HttpResponse:
    """The State's actions by decision and their colours: a part of My desk, or all of them as a page of its own."""
    listed, bars = lines(request.actor, today_of(request.actor))
    partial = request.headers.get("HX-Request-Type") == "partial"
    context = {
        "lines": listed[:SHOWN] if partial else listed,
        "more": max(0, len(listed) - SHOWN) if partial else 0,
        "bars": [(bar, *SHAPES[bar.colour]) for bar in bars],
        "width": WIDTH,
        "total": sum(bar.count for bar in bars),
        "marking": {"level": 1},
    }
    return render(request, "impacs/_against.html" if partial else "impacs/against.html", context)
