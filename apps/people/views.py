"""Pages of people: one's own desk, the party's register, its keys."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import doors
from apps.access.forms import form_for
from apps.access.refused import Refused
from apps.audit.models import AuditRecord
from apps.audit.wording import told
from apps.people import actions, policy
from apps.people.forms import AppointForm, PreferencesForm, RegisterFilter, key_form, safe_next
from apps.people.kept import forget, kept_for
from apps.people.managers import REGISTERS
from apps.people.models import DeskToken, Seat
from apps.people.queries import actor_for, register_of
from apps.people.waiting import waiting_for

LAST_ACTS = 8
ON_A_PAGE = 50
KEEPS_KEYS = REGISTERS | {"platform"}


@require_GET
def desk(request: Any) -> HttpResponse:
    """My desk: what waits here, my seats, what I did last."""
    acts = AuditRecord.objects.visible_to(request.actor).filter(user_id=request.user.pk).order_by("-pk")[:LAST_ACTS]
    context = {"rows": waiting_for(request.actor), "acts": told(acts, request.actor)}
    return render(request, "people/desk.html", context)


@require_POST
def switch_seat(request: Any) -> HttpResponse:
    """Act in another of one's own seats from now on, under a new session key."""
    wanted = request.POST.get("seat", "")
    here = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    actor = actor_for(request.user, wanted, **here) if wanted.isdecimal() and len(wanted) < 19 else None
    if actor is None:
        raise Refused("not-visible")
    actions.switch_seat(actor, Seat.objects.visible_to(actor).get(pk=actor.seat_id))
    before = request.session.session_key
    request.session["seat"] = actor.seat_id
    request.session.cycle_key()
    actions.session_moved(before, request.session.session_key)
    return redirect("home")


@require_POST
def preferences(request: Any) -> HttpResponse:
    """Theme and density of one's pages, then back to the page that asked."""
    actions.prefer(request.user, **PreferencesForm(request.POST).wishes())
    return redirect(safe_next(request, reverse("home")))


@require_http_methods(["GET", "POST"])
def kept_form(request: Any) -> HttpResponse:
    """What was typed when the session ended, to be sent now; POST throws it away. Home when nothing is kept."""
    if request.method == "POST":
        response = redirect("home")
        forget(request, response)
        return response
    form = kept_for(request)
    if form is None:
        return redirect("home")
    shown = [(name, value) for name, value in form["fields"] if not name.startswith("_") and value]
    return render(request, "people/kept.html", {"kept": form, "shown": shown})


@require_GET
def register(request: Any) -> HttpResponse:
    """People of one's own party, for its administration and oversight desks."""
    actor = _of(request, REGISTERS)
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
    for seat in seats.select_related("desk__function").order_by("desk__code"):
        by_person.setdefault(seat.user_id, []).append(seat)
    return [{"it": person, "seats": by_person.get(person.pk, [])} for person in people]


@require_GET
def person(request: Any, uid: Any) -> HttpResponse:
    """One account with its seats, and the forms to appoint and to end."""
    actor = _of(request, REGISTERS)
    return _person_page(request, _one(register_of(actor), uid), AppointForm(actor=actor))


def _person_page(request: Any, it: Any, form: Any, status: int = 200) -> HttpResponse:
    actor = request.actor
    seats = Seat.objects.visible_to(actor).filter(user=it).select_related("desk__function", "user")
    verdict = policy.may_appoint(actor, None)
    refusal = Refused("may-not", "own-seat" if it.pk == actor.user_id else getattr(verdict, "code", ""))
    appoints = verdict is True and it.pk != actor.user_id
    context = {
        "it": it,
        "seats": [{"it": seat, "offers": _offers(actor, seat)} for seat in seats.order_by("-state", "-valid_from")],
        "form": form if appoints else None,
        "why_not": "" if appoints else refusal.message,
    }
    return render(request, "people/person.html", context, status=status)


def _offers(actor: Any, seat: Any) -> list[dict[str, Any]]:
    """Buttons of a seat in the register; switching belongs to the frame."""
    return [
        {
            "verb": f"{offer.verb} {seat.pk}",
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse("people:seat_end", args=[seat.uid]),
            "asks": True,
            "danger": True,
        }
        for offer in doors.offers(actor, seat)
        if offer.verb == "end"
    ]


@require_POST
def appoint(request: Any, uid: Any) -> HttpResponse:
    """Give a person a seat."""
    actor = _of(request, REGISTERS)
    it = _one(register_of(actor), uid)
    form = AppointForm(request.POST, actor=actor)
    if form.is_valid():
        desk_code, role = form.cleaned_data["place"]
        try:
            actions.appoint(actor, None, user=it.username, desk=desk_code, role=role)
        except ValidationError as wrong:
            form.add_error("place", wrong.messages)
        else:
            messages.success(request, _("%(name)s now sits at %(desk)s.") % {"name": it, "desk": desk_code})
            return redirect("people:person", uid=it.uid)
    return _person_page(request, it, form, status=422)


@require_http_methods(["GET", "POST"])
def seat_end(request: Any, uid: Any) -> HttpResponse:
    """Ask for the reason, then end a person's seat."""
    actor = _of(request, REGISTERS)
    seat = _one(Seat.objects.visible_to(actor).select_related("desk__function", "user"), uid)
    verb = doors.REGISTRY["seat.end"]
    form = form_for(verb)(request.POST if request.method == "POST" else None, actor=actor, row=seat)
    if request.method == "POST" and form.is_valid():
        verb.run(actor, seat, **form.cleaned_data)
        messages.success(request, _("The seat has ended. Open pages of this person close within a second."))
        return redirect("people:person", uid=seat.user.uid)
    context = {"seat": seat, "form": form}
    return render(request, "people/seat_end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@sensitive_variables("made", "context")
def tokens(request: Any) -> HttpResponse:
    """The party's keys for programs; a new one is shown here, once."""
    actor = _of(request, KEEPS_KEYS)
    made = None
    verdict = policy.may_create_token(actor, None)
    form = key_form(actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_token(actor, None, **form.cleaned_data)
            form = key_form(actor)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    keys = DeskToken.objects.visible_to(actor).select_related("seat__desk").order_by("state", "-pk")[:200]
    context = {
        "keys": [{"it": key, "offers": _revocation(actor, key)} for key in keys],
        "form": form if verdict else None,
        "why_not": "" if verdict else Refused("may-not", getattr(verdict, "code", "")).message,
        "made": made,
    }
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def _revocation(actor: Any, key: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {key.pk}",
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse("people:token_revoke", args=[key.uid]),
            "danger": True,
        }
        for offer in doors.offers(actor, key)
    ]


@require_POST
def token_revoke(request: Any, uid: Any) -> HttpResponse:
    """Make a key useless."""
    actor = _of(request, KEEPS_KEYS)
    actions.revoke_token(actor, _one(DeskToken.objects.visible_to(actor), uid))
    messages.success(request, _("The key is revoked. Programs that use it are refused from now on."))
    return redirect("people:tokens")


def _of(request: Any, functions: frozenset[str]) -> Any:
    """The actor, if his desk has one of these functions; for all others the page is not there."""
    if request.actor is None or request.actor.function not in functions:
        raise Refused("not-visible")
    return request.actor


def _one(rows: Any, uid: Any) -> Any:
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Refused("not-visible")
    return found
