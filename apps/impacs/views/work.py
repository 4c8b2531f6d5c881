"""The obligations of one's own State, and the mandates of bodies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.impacs.queries.obligations import GROUPS, grouped, of_owner, owners
from apps.impacs.queries.obligations import obligations as of_state
from apps.impacs.queries.progress import today_of

MANDATES = 50


@require_GET
def obligations(request: Any, printed: bool = False) -> HttpResponse:
    """What one's own State has to do, in groups; `?owner=` of one ministry, desk or person. Printed, as one list."""
    found = of_state(request.actor, today_of(request.actor))
    owner = request.GET.get("owner", "").strip()
    shown = of_owner(found, owner)
    context = {
        "groups": grouped(shown),
        "shown": shown,
        "all": len(found),
        "owner": owner,
        "owners": owners(found),
        "day": today_of(request.actor),
        "marking": {"level": 1},
    }
    return render(request, "impacs/obligations_print.html" if printed else "impacs/obligations.html", context)


@require_GET
def obligations_summary(request: Any) -> HttpResponse:
    """The obligations in figures, a part of other pages; as a page of its own, the list itself."""
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect("impacs:obligations")
    found = of_state(request.actor, today_of(request.actor))
    counted = [(name, title, sum(one.group == name for one in found)) for name, (title, _icon) in GROUPS.items()]
    return render(request, "impacs/_obligations_summary.html", {"counted": counted, "all": len(found)})
