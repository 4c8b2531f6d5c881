"""The obligations of one's own State, and the mandates of bodies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.impacs.lists import Obligations
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries.obligations import GROUPS, of_owner
from apps.impacs.queries.obligations import obligations as of_state

MANDATES = 50


@require_GET
def obligations(request: Any, printed: bool = False) -> HttpResponse:
    """What one's own State has to do, in groups; `?owner=` of one ministry, desk or person. Printed, as one list."""
    day = today_of(request.actor)
    if not printed:
        return Obligations(request, day=day).answer()
    found = of_state(request.actor, day)
    owner = request.GET.get("owner", "").strip()
    shown = of_owner(found, owner)
    context = {"shown": shown, "all": len(found), "owner": owner, "day": day, "marking": {"level": 1}}
    return render(request, "impacs/obligations_print.html", context)


@require_GET
def obligations_summary(request: Any) -> HttpResponse:
    """The obligations in figures, a part of other pages; as a page of its own, the list itself."""
    if request.headers.get("HX-Request-Type") != "partial":
        return redirect("impacs:obligations")
    found = of_state(request.actor, today_of(request.actor))
    counted = [(name, title, sum(one.group == name for one in found)) for name, (title, _icon) in GROUPS.items()]
    return render(request, "impacs/_obligations_summary.html", {"counted": counted, "all": len(found)})
