"""Codes and halves of passwords that another person than their giver hands over: what waits, and one of them, once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.actor import DECIDES
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import find_verb, refuse_early
from apps.people.models import Handover
from apps.people.policy import may_hand_over
from apps.people.rules.registers import REGISTERS
from apps.people.views.page_context import one


def _rows(request: Any) -> Any:
    """What the seat may see; for who keeps no register and decides nowhere the page is not there."""
    actor = request.actor
    if actor is None or not (actor.function in REGISTERS or actor.rank >= DECIDES):
        raise Refused("not-visible")
    return Handover.objects.visible_to(actor).select_related("user", "desk", "first")


@require_GET
@marked(OFFICIAL)
def handovers(request: Any) -> HttpResponse:
    """What waits to be handed over, the oldest first."""
    rows = _rows(request).filter(state=Handover.State.WAITS).order_by("made_at", "pk")[:100]
    waiting = [{"it": row, "mine": may_hand_over(request.actor, row) is True} for row in rows]
    return render(request, "people/handovers.html", {"rows": waiting})


@require_http_methods(["GET", "POST"])
@sensitive_variables("shown")
@marked(OFFICIAL)
def handover(request: Any, uid: Any) -> HttpResponse:
    """Say what it is and to whom it goes; then show it, here and once."""
    it, spec = one(_rows(request), uid), find_verb("handover", "show")
    refuse_early(request.actor, it, spec)
    shown = spec.run(request.actor, it) if request.method == "POST" else None
    return render(request, "people/handover.html", {"it": it, "spec": spec, "shown": shown})
