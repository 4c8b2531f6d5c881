"""Clearances: who was found to be another person than an entry's, for which State, until when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.access import paging
from apps.access.acts import attempted
from apps.access.doors import REGISTRY, offers
from apps.access.forms import form_for_verb, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.screening import identities, queries
from apps.screening.models import Entry, TravellerClearance

PAGE = 50
MARKING = {"level": 2, "caveat": gettext_lazy("The States for which it holds and the JRCC only")}
CHIPS = {"active": ("ok", "circle-check"), "revoked": ("mute", "undo"), "ended": ("mute", "minus")}
VERBS = ("share", "revoke")


@require_safe
def clearances(request: Any) -> HttpResponse:
    """Clearances that the seat may see, newest first; `?state=`."""
    state = request.GET.get("state", "active")
    wanted = state if state in TravellerClearance.State.values else ""
    try:
        found, older, newer = paging.cut(queries.clearances(request.actor, wanted), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    note_read(request, "traveller_clearance.list", TravellerClearance, rows=len(found))
    context = {
        "rows": [(row, CHIPS[row.state]) for row in found],
        "state": state,
        "states": [*TravellerClearance.State.choices, ("any", gettext_lazy("Any state"))],
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "marking": MARKING,
    }
    return render(request, "screening/clearances.html", context)


@require_safe
def clearance(request: Any, pk: Any) -> HttpResponse:
    """One clearance, and what the seat may do with it."""
    row = _clearance(request.actor, pk)
    note_read(request, "traveller_clearance.view", row)
    return _page(request, row, {})


@require_POST
def clearance_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Share or revoke; 422 with the same page where the input is wrong."""
    if verb not in VERBS:
        raise Http404
    row, spec = _clearance(request.actor, pk), REGISTRY[f"traveller_clearance.{verb}"]
    form = form_for_verb(spec.verb)(request.POST, actor=request.actor, row=row)
    version = posted_version(request)
    done, status = attempted(form, lambda **fields: spec.run(request.actor, row, version=version, **fields))
    if done is None:
        return _page(request, row, {verb: form}, status)
    return redirect("screening:clearance", row.pk)


def _clearance(actor: Any, pk: Any) -> Any:
    return visible_or_404(queries.clearances(actor), actor, pk)


def _page(request: Any, row: Any, bound: dict[str, Any], status: int = 200) -> HttpResponse:
    actor = request.actor
    acts = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "form": bound.get(offer.verb) or form_for_verb(offer.spec.verb)(actor=actor, row=row),
            "open": offer.verb in bound,
        }
        for offer in offers(actor, row)
        if offer.allowed
    ]
    context = {
        "row": row,
        "chip": CHIPS[row.state],
        "traveller": identities.rows(row.traveller),
        "opens_entry": Entry.objects.visible_to(actor).filter(pk=row.entry_id).exists(),
        "acts": acts,
        "form": next(iter(bound.values()), None),
        "marking": MARKING,
    }
    return render(request, "screening/clearance.html", context, status=status)
