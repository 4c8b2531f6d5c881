"""The register of a party's people: who sits where, appoint, end a seat."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import doors
from apps.access.acts import ask, attempted
from apps.access.forms import form_for, put_faults
from apps.access.refused import Refused
from apps.people import actions, explaining, policy
from apps.people.forms import AppointForm, RegisterFilter, transfer_form
from apps.people.managers import REGISTERS
from apps.people.models import AccountProposal, Party, Seat, SeatWaiver
from apps.people.queries import conflicts_of, from_elsewhere, hands_of, own_desks, register_of, takes_two
from apps.people.views import effects
from apps.people.views.accounts import waits
from apps.people.views.found import asker, one
from apps.people.views.keys import made_by

ON_A_PAGE = 50


@require_GET
def register(request: Any) -> HttpResponse:
    """People of one's own party, for its administration and oversight desks."""
    actor = asker(request, REGISTERS)
    form = RegisterFilter(request.GET, actor=actor)
    chosen = form.chosen()
    people = register_of(actor).filter(home_party_id=actor.party_code)
    found = _narrowed(people, actor, chosen)
    page, pager = _by_user_name(found, request.GET, chosen)
    context = {
        "form": form,
        "filters": chosen,
        "people": _with_seats(actor, page),
        "total": found.count(),
        "appoints": policy.may_appoint(actor, None) is True,
        "opens": policy.may_open_account(actor, None) is True,
        "guests": [] if chosen or pager.get("newer") else from_elsewhere(actor.party_code),
        **pager,
    }
    return render(request, "people/register.html", context)


def _narrowed(people: Any, actor: Any, chosen: dict[str, str]) -> Any:
    if words := chosen.get("q"):
        people = people.filter(Q(full_name__icontains=words) | Q(username__icontains=words))
    if code := chosen.get("desk"):
        there = Seat.objects.visible_to(actor).filter(desk__code=code, state="current")
        people = people.filter(pk__in=there.values("user_id"))
    if state := chosen.get("state"):
        people = people.filter(state=state)
    if factor := chosen.get("factor"):
        people = people.filter(second_factor=factor == "yes")
    return people


def _by_user_name(people: Any, params: Any, chosen: dict[str, str]) -> tuple[list[Any], dict[str, str]]:
    """(people of one page in the order of user names, addresses of the pages before and after)."""
    after, before = params.get("after", ""), params.get("before", "")
    if before:
        found = list(people.filter(username__lt=before).order_by("-username")[: ON_A_PAGE + 1])
        earlier, later, page = len(found) > ON_A_PAGE, True, found[:ON_A_PAGE][::-1]
    else:
        found = list(people.filter(username__gt=after).order_by("username")[: ON_A_PAGE + 1])
        earlier, later, page = bool(after), len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    pages = {}
    if page and earlier:
        pages["newer"] = "?" + urlencode({**chosen, "before": page[0].username})
    if page and later:
        pages["older"] = "?" + urlencode({**chosen, "after": page[-1].username})
    return page, pages


def _with_seats(actor: Any, people: list[Any]) -> list[dict[str, Any]]:
    seats = Seat.objects.visible_to(actor).filter(user__in=people, state="current")
    by_person: dict[int, list[Any]] = {}
    known = {person.pk: person for person in people}
    for seat in seats.select_related("desk__function").order_by("desk__code"):
        seat.user = known[seat.user_id]
        by_person.setdefault(seat.user_id, []).append(seat)
    return [{"it": person, "seats": by_person.get(person.pk, [])} for person in people]


@require_GET
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
    refusal = Refused("may-not", "own-seat" if it.pk == actor.user_id else getattr(verdict, "code", ""))
    appoints = verdict is True and it.pk != actor.user_id
    context = {
        "it": it,
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
            "danger": offer.verb in {"suspend", "leave"},
        }
        for offer in doors.offers(actor, it)
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
            "danger": offer.verb == "end",
        }
        for offer in doors.offers(actor, seat)
        if offer.verb in {"transfer", "end"}
    ]


def _right(seat: Any) -> Any:
    """What a seat in force lets its person see; None for one that has ended or not begun."""
    now = timezone.now()
    begun = seat.state == "current" and seat.valid_from <= now and (seat.valid_to is None or seat.valid_to > now)
    return explaining.right(seat) if begun else None


@require_http_methods(["GET", "POST"])
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
            messages.success(request, _("%(name)s now sits at %(desk)s.") % {"name": it, "desk": desk_code})
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
    proposed = Seat(user=it, desk=desk, role=role, rank=desk.function.roles.index(role) + 1)
    seats = (
        Seat.objects.visible_to(actor)
        .filter(user=it, state="current")
        .select_related("desk__function", "desk__party", "user")
    )
    now = [right for right in map(_right, seats) if right]
    context = {
        "it": it,
        "form": form,
        "change": explaining.Change(now, explaining.right(proposed)),
        "two": takes_two("seat.appoint", None, {"desk": desk_code, "role": role}),
        "conflicts": conflicts_of(it, desk),
    }
    return render(request, "people/appoint.html", context)


@require_http_methods(["GET", "POST"])
def seat_transfer(request: Any, uid: Any) -> HttpResponse:
    """Ask where to and why, then move a person's seat to another desk."""
    actor = asker(request, REGISTERS)
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    spec = doors.REGISTRY["seat.transfer"]
    ask(actor, seat, spec)
    form = transfer_form(actor, request.POST if request.method == "POST" else None)
    status, effect = 200, None
    if effects.looks(request):
        effect = effects.of_transfer(actor, form, seat)
    elif request.method == "POST":
        done, status = attempted(form, partial(_moved, actor, seat))
        if done is not None:
            messages.success(request, _("Moved. Open pages of the old seat close within a second."))
            return redirect("people:person", uid=seat.user.uid)
    context = {"it": seat.user, "form": form, "spec": spec, "seat": seat, "looks": True, "effect": effect}
    return effects.page(request, "people/account_do.html", context, status)


def _moved(actor: Any, seat: Any, *, place: str, reason: str) -> Any:
    desk, _colon, role = place.partition(":")
    return actions.transfer(actor, seat, desk=desk, role=role, reason=reason)


@require_http_methods(["GET", "POST"])
def acting_end(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then end an acting seat before its last day."""
    actor = request.actor
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    spec = doors.REGISTRY["seat.end"]
    ask(actor, seat, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=seat)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, partial(spec.run, actor, seat))
        if done is not None:
            messages.success(request, _("The acting seat has ended."))
            return redirect("people:stand_in")
    context = {"seat": seat, "form": form, "spec": spec, "effect": effects.of_end(actor, seat)}
    return render(request, "people/acting_end.html", context, status=status)


@require_http_methods(["GET", "POST"])
def seat_end(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then end a person's seat."""
    actor = asker(request, REGISTERS)
    seat = one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    verb = doors.REGISTRY["seat.end"]
    own = seat.user.home_party_id == actor.party_code
    form = form_for(verb)(request.POST if request.method == "POST" else None, actor=actor, row=seat)
    if request.method == "POST" and form.is_valid():
        verb.run(actor, seat, **form.cleaned_data)
        messages.success(request, _("The seat has ended. Open pages of this person close within a second."))
        return redirect("people:person", uid=seat.user.uid) if own else redirect("people:secondments")
    context = {"seat": seat, "form": form, "own": own, "effect": effects.of_end(actor, seat)}
    return render(request, "people/seat_end.html", context, status=422 if form.errors else 200)
