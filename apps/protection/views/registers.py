"""What is kept how long, and the classification guide."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access.refused import Refused
from apps.protection import policy
from apps.protection.queries import keeping, registers


@require_GET
def board(request: Any) -> HttpResponse:
    """Every rule of retention with its last round and the next; `?count=1` counts what is due now.

    The region's desks count for the whole portal, a State's for its own data.
    """
    actor, now = request.actor, timezone.now()
    regional = actor.party_code in policy.REGIONAL
    counts = keeping.due(now, "" if regional else actor.party_code) if request.GET.get("count") else {}
    lines = keeping.board(actor, now, counts=counts)
    most = max((line.due or 0 for line in lines), default=0) or 1
    counted = [line for line in lines if line.due]
    context = {
        "lines": lines,
        "bars": [
            {"line": one, "y": 26 * n, "wide": round(300 * (one.due or 0) / most)} for n, one in enumerate(counted)
        ],
        "high": 26 * len(counted) or 1,
        "holds": keeping.holds(actor, now.date()),
        "regional": regional,
        "counted": bool(counts),
    }
    return render(request, "protection/board.html", context)


@require_GET
def classification(request: Any) -> HttpResponse:
    """The levels as they are meant today; for every desk, since all of them mark or read what is marked."""
    if request.actor is None:
        raise Refused("not-visible")
    levels = registers.levels(request.actor, timezone.now().date())
    return render(request, "protection/classification.html", {"levels": levels})
