"""The register of a party's people: who sits where, appoint, end a seat."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import declared_actions
from apps.access.forms import form_for, put_faults
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import refuse_early, try_form
from apps.people import actions, policy
from apps.people.forms import AppointForm, transfer_form
from apps.people.lists import People, account_chip, factor_chip
from apps.people.models import AccountProposal, Party, Seat, SeatWaiver
from apps.people.queries import (
    access_explanations,
    conflicts_of,
    from_elsewhere,
    hands_of,
    own_desks,
    register_of,
    takes_two,
    unsaved_seat,
)
from apps.people.refusals import Refusals
from apps.people.rules.registers import REGISTERS
from apps.people.views import impact_preview
from apps.people.views.accounts import waits
from apps.people.views.keys import made_by
from apps.people.views.page_context import about_account, asker, one


@require_GET
@marked(OFFICIAL)
def register(request: Any) -> HttpResponse:
    """People of one's own party, for its administration and oversight desks."""
    actor = asker(request, REGISTERS)
    people = People(request)
    first = not people.asking.on() and not people.asking.get("after")
    return people.answer(guests=from_elsewhere(actor.party_code) if first else [])


@require_GET
@marked(OFFICIAL)
def person(request: Any, uid: Any) -> HttpResponse:
    """One account with its seats, and the forms to appoint and to end."""
    actor = asker(request, REGISTERS)
    return person_page(request, one(register_of(actor), uid), AppointForm(actor=actor))


def person_page(request: Any, it: Any, form: Any, status: int = 200) -> HttpResponse:
    actor = request.actor
    rows = Seat.objects.visible_to(actor).filter(user=it).select_related("desk__function", "desk__party", "user")
    seats = list(rows.order_by("-state", "-valid_from"))
    hands = hands_of(actor, it, seats)
    verdict = policy.may_appoint(actor, None)
    refusal = Refused("may-not", Refusals.OWN_SEAT if it.pk == actor.user_id else getattr(verdict, "code", ""))
    appoints = verdict is True and it.pk != actor.user_id
    context = {
        "it": it,
        "account": account_chip(it),
        "factor": factor_chip(it),
        "account_offers": _account_offers(actor, it),
        "seats": [
            {"it": seat, "offers": _offers(actor, seat), "right": _right(seat), "hand": hands.get(seat.pk)}
            for seat in seats
        ],
        "keys": made_by(actor, it) if it.state in {"suspended", "left"} else [],
        "waivers": SeatWaiver.objects.visible_to(actor).filter(user=it, state="current", valid_to__gt=timezone.now()),
        "waiting": AccountProposal.objects.visible_to(actor).filter(subject=it, state__in=["open", "approved"]),
        "form": form if appoints else None,
        "why_not": "" if appoints else refusal.message,
    }
    return render(request, "people/person.html", context, status=status)


def _account_offers(actor: Any, it: Any) -> list[dict[str, Any]]:
    """Buttons of an account; all but opening it again ask or warn on a page of their own first."""
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse(f"people:account_{offer.verb}", args=[it.uid]),
            "asks": offer.verb != "reactivate",
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, it)
        if offer.spec.verb.startswith("account.")  # what one sets for oneself has its own page
    ]


def _offers(actor: Any, seat: Any) -> list[dict[str, Any]]:
    """Buttons of a seat in the register; switching belongs to the frame."""
    return [
        {
            "verb": f"{offer.verb} {seat.pk}",
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse(f"people:seat_{offer.verb}", args=[seat.uid]),
            "asks": True,
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, seat)
        if offer.verb in {"transfer", "end"}
    ]


def _right(seat: Any) -> Any:
    """What a seat in force lets its person see; None for one that has ended or not begun."""
    now = timezone.now()
    begun = seat.state == "current" and seat.valid_from <= now and (seat.valid_to is None or seat.valid_to > now)
    return access_explanations.right(seat) if begun else None


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def appoint(request: Any, uid: Any) -> HttpResponse:
    """What a seat would change for a person; then, on POST, give it or ask a second person."""
    actor = asker(request, REGISTERS)
    it = one(register_of(actor), uid)
    if request.method == "GET":
        return _before_and_after(request, it)
    form = AppointForm(request.POST, actor=actor)
    if form.is_valid():
        desk_code, role = form.cleaned_data["place"]
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day") if form.cleaned_data[name]}
        try:
            done = actions.do_or_ask(actor, "seat.appoint", None, user=it.username, desk=desk_code, role=role, **days)
        except ValidationError as wrong:
            put_faults(form, wrong)
        else:
            if isinstance(done, AccountProposal):
                return waits(request, done)
            messages.success(request, _("%(name)s is now appointed to %(desk)s.") % {"name": it, "desk": desk_code})
            return redirect("people:person", uid=it.uid)
    return person_page(request, it, form, status=422)


def _before_and_after(request: Any, it: Any) -> HttpResponse:
    """The page that says what a seat would add to what the person sees now; a wrong choice leads back."""
    actor = request.actor
    form = AppointForm(request.GET, actor=actor)
    if not form.is_valid():
        return person_page(request, it, form, status=422)
    desk_code, role = form.cleaned_data["place"]
    desk = next(one for one in own_desks(actor) if one.code == desk_code)
    desk.party = Party.objects.visible_to(actor).get(pk=desk.party_id)
    proposed = unsaved_seat(it, desk, role)
    seats = (
        Seat.objects.visible_to(actor)
        .filter(user=it, state="current")
        .select_related("desk__function", "desk__party", "user")
    )
    now = [right for right in map(_right, seats) if right]
    context = {
        "it": it,
        "form": form,
        "change": access_explanations.Change(now, access_explanations.right(proposed)),
        "two": takes_two("seat.appoint", None, {"user": it.username, "desk": desk_code, "role": role}, actor.user_id),
        "conflicts": conflicts_of(it, desk),
    }
    return render(request, "people/appoint.html", context)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def seat_transfer(request: Any, uid: Any) -> HttpResponse:
    """Ask where to and why, then move a person's seat to another desk."""
    actor = asker(request, REGISTERS)
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    spec = declared_actions.REGISTRY["seat.transfer"]
    refuse_early(actor, seat, spec)
    form = transfer_form(actor, request.POST if request.method == "POST" else None)
    status, effect = 200, None
    if impact_preview.looks(request):
        effect = impact_preview.of_transfer(actor, form, seat)
    elif request.method == "POST":
        done, status = try_form(form, partial(_moved, actor, seat))
        if done is not None:
            messages.success(request, _("Moved. Open pages of the old appointment close within a second."))
            return redirect("people:person", uid=seat.user.uid)
    shown = {"form": form, "spec": spec, "seat": seat, "looks": True, "effect": effect}
    context = {**about_account(seat.user), **shown}
    return impact_preview.page(request, "people/account_do.html", context, status)


def _moved(actor: Any, seat: Any, *, place: str, reason: str) -> Any:
    desk, _colon, role = place.partition(":")
    return actions.transfer_appointment(actor, seat, desk=desk, role=role, reason=reason)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def acting_end(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then end an acting seat before its last day."""
    actor = request.actor
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    spec = declared_actions.REGISTRY["seat.end"]
    refuse_early(actor, seat, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=seat)
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(spec.run, actor, seat))
        if done is not None:
            messages.success(request, _("The acting appointment has ended."))
            return redirect("people:stand_in")
    context = {"seat": seat, "form": form, "spec": spec, "effect": impact_preview.of_end(actor, seat)}
    return render(request, "people/acting_end.html", context, status=status)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def seat_end(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then end a person's seat."""
    actor = asker(request, REGISTERS)
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    verb = declared_actions.REGISTRY["seat.end"]
    own = seat.user.home_party_id == actor.party_code
    form = form_for(verb)(request.POST if request.method == "POST" else None, actor=actor, row=seat)
    if request.method == "POST" and form.is_valid():
        verb.run(actor, seat, **form.cleaned_data)
        messages.success(request, _("The appointment has ended. This person's open pages close within a second."))
        return redirect("people:person", uid=seat.user.uid) if own else redirect("people:secondments")
    context = {"seat": seat, "form": form, "own": own, "effect": impact_preview.of_end(actor, seat)}
    return render(request, "people/seat_end.html", context, status=422 if form.errors else 200)
