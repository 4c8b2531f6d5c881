"""Clearances: who was found to be another person than an entry's, for which State, until when."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.access.declared_actions import REGISTRY, offers
from apps.access.forms import form_for_verb, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.pages.verb_pages import try_form
from apps.screening import queries
from apps.screening.lists import CLEARED, Clearances
from apps.screening.models import Entry
from apps.screening.queries import identities
from apps.screening.queries.state_chips import CLEARANCE_STATES

VERBS = ("share", "revoke")


def clearances(request: Any) -> HttpResponse:
    """Clearances that the seat may see, newest first; what is posted are acts on the ticked ones."""
    return Clearances(request).answer()


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
    done, status = try_form(form, lambda **fields: spec.run(request.actor, row, version=version, **fields))
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
        "chip": CLEARANCE_STATES[row.state],
        "traveller": identities.list_identity_facts(row.traveller),
        "opens_entry": Entry.objects.visible_to(actor).filter(pk=row.entry_id).exists(),
        "acts": acts,
        "form": next(iter(bound.values()), None),
        "marking": CLEARED,
    }
    return render(request, "screening/clearance.html", context, status=status)
