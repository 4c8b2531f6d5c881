"""The obligations of one's own State, and the mandates of bodies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from apps.access import paging
from apps.access.refused import Refused
from apps.impacs.models import Mandate
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


@require_GET
def mandates(request: Any) -> HttpResponse:
    """What clauses gave bodies of the Community to do, newest first; `?body=` for one of them."""
    body = request.GET.get("body", "").strip()
    rows = Mandate.objects.visible_to(request.actor).select_related("decision", "clause")
    try:
        found, older, newer = paging.cut(rows.filter(body=body) if body else rows, request.GET, MANDATES)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    bodies = sorted(set(Mandate.objects.visible_to(request.actor).values_list("body", flat=True)))
    context = {
        "rows": found,
        "body": body,
        "bodies": bodies,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": {"level": 1},
    }
    return render(request, "impacs/mandates.html", context)
