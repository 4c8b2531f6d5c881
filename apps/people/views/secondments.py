"""Whom other parties have sent here, whom one's own has sent elsewhere, and asking for somebody."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import declared_actions
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import try_form
from apps.people import actions, policy
from apps.people.forms import secondment_form
from apps.people.models import AccountProposal, Party, Seat
from apps.people.queries import access_explanations, elsewhere, from_elsewhere, unsaved_seat
from apps.people.rules.registers import REGISTERS
from apps.people.views.page_context import asker, one

SHOWN = 50


@require_GET
@marked(OFFICIAL)
def secondments(request: Any) -> HttpResponse:
    """Seats here of people from elsewhere, seats elsewhere of one's own people, and what is asked for."""
    actor = asker(request, REGISTERS)
    asked = AccountProposal.objects.visible_to(actor).filter(verb=actions.approvals.SECONDS)
    asked = asked.select_related("subject", "desk__function", "proposer").order_by("-made_at")
    context = {
        "here": from_elsewhere(actor.party_code),
        "sent": elsewhere(actor.party_code),
        "asked": list(asked[:SHOWN]),
        "asks": policy.may_ask_for(actor, None) is True,
    }
    return render(request, "people/secondments.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def ask_for(request: Any) -> HttpResponse:
    """Ask for a person of another party by their user name."""
    actor = asker(request, REGISTERS)
    verdict = policy.may_ask_for(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    form = secondment_form(actor, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(_asked, actor))
        if done is not None:
            messages.info(request, _("Requested. It stays here until it is answered, withdrawn or expires."))
            return redirect("people:approval", uid=done.uid)
    return render(request, "people/secondment_new.html", {"form": form}, status=status)


def _asked(actor: Any, *, place: str, **fields: Any) -> Any:
    desk, _colon, role = place.partition(":")
    given = {name: value for name, value in fields.items() if value}
    return actions.secondments.ask_for_person(actor, None, desk=desk, role=role, **given)


@require_GET
@marked(OFFICIAL)
def secondment(request: Any, uid: Any) -> HttpResponse:
    """One such seat: for both parties' registers, for who decides at the desk, and for the person themselves."""
    actor = request.actor
    if actor is None:
        raise Refused("not-visible")
    rows = Seat.objects.visible_to(actor).seconded().select_related("user", "desk__function", "desk__party")
    seat = one(rows, uid)
    offers = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "url": reverse("people:seat_end", args=[seat.uid]),
            "asks": True,
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, seat)
        if offer.verb == "end" and offer.allowed and actor.function in REGISTERS
    ]
    return render(request, "people/secondment.html", {"it": seat, "offers": offers})


def what_he_would_see(actor: Any, proposal: Any) -> access_explanations.Change | None:
    """For the person's own party: what they see now, and what the seat that is asked for would add."""
    if proposal.home_id != actor.party_code or proposal.state != AccountProposal.State.AWAITED:
        return None
    desk = proposal.desk
    desk.party = Party.objects.visible_to(actor).get(pk=desk.party_id)
    wanted = unsaved_seat(proposal.subject, desk, proposal.payload["role"])
    held = Seat.objects.visible_to(actor).in_force().filter(user=proposal.subject)
    held = held.select_related("desk__function", "desk__party", "user").order_by("desk__code")
    return access_explanations.Change(
        [access_explanations.right(seat) for seat in held], access_explanations.right(wanted)
    )
