"""Who stands in for whom: named by account administrators, or by who decides at a desk for that desk."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access import declared_actions
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import try_form
from apps.people import actions, policy
from apps.people.forms import stand_in_form
from apps.people.models import AccountProposal, Seat
from apps.people.queries import register_of
from apps.people.views import impact_preview


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def stand_in(request: Any) -> HttpResponse:
    """Acting seats that one may see, and the form to name somebody."""
    actor = request.actor
    if actor is None or not policy.may_delegate(actor, None):
        raise Refused("not-visible")
    form = stand_in_form(actor, request.POST if request.method == "POST" else None, _known(actor))
    status, effect = 200, None
    if impact_preview.looks(request):
        effect = impact_preview.of_standing_in(actor, form)
    elif request.method == "POST":
        done, status = try_form(form, partial(_named, actor))
        if isinstance(done, AccountProposal):
            messages.info(
                request, _("An appointment that may approve needs second approval by an account administrator.")
            )
            return redirect("people:stand_in")
        if done is not None:
            messages.success(request, _("Appointed. The appointment ends automatically after its last day."))
            return redirect("people:stand_in")
    seats = Seat.objects.visible_to(actor).filter(kind=Seat.Kind.ACTING).select_related("user", "desk__function")
    context = {
        "form": form,
        "effect": effect,
        "rows": [{"it": seat, "offers": _offers(actor, seat)} for seat in seats.order_by("-state", "-pk")[:50]],
        "asked": AccountProposal.objects.visible_to(actor)
        .filter(proposer=actor.user_id, verb="seat.delegate", state="open")
        .select_related("subject", "desk__function"),
    }
    return impact_preview.page(request, "people/stand_in.html", context, status)


def _known(actor: Any) -> list[tuple[str, str]]:
    """[(user name, name)] of the people that the actor may name."""
    if actor.function == "administration":
        people = register_of(actor).filter(home_party_id=actor.party_code, state="active").exclude(pk=actor.user_id)
        return [(one.username, one.get_full_name()) for one in people.order_by("full_name")]
    seats = Seat.objects.visible_to(actor).filter(desk_id=actor.desk_id, state="current", user__state="active")
    seats = seats.exclude(kind=Seat.Kind.SERVICE).exclude(user_id=actor.user_id).select_related("user")
    seats = seats.filter(user__home_party=actor.party_code)  # others were sent to one seat and no further one
    return sorted({(seat.user.username, seat.user.get_full_name()) for seat in seats}, key=lambda one: one[1])


def _named(actor: Any, *, place: str, **fields: Any) -> Any:
    desk, _colon, role = place.partition(":")
    return actions.do_or_ask(actor, "seat.delegate", None, desk=desk, role=role, **fields)


def _offers(actor: Any, seat: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {seat.pk}",
            "label": offer.label,
            "allowed": True,
            "url": reverse("people:acting_end", args=[seat.uid]),
            "asks": True,
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, seat)
        if offer.verb == "end" and offer.allowed
    ]
