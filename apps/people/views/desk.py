"""One's own pages: what waits, the seat one acts in, how pages look, a form that was kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.refused import Refused
from apps.audit.models import AuditRecord
from apps.audit.wording import told
from apps.people import actions
from apps.people.forms import PreferencesForm, safe_next
from apps.people.kept import forget, kept_for
from apps.people.models import Seat
from apps.people.queries import actor_for
from apps.people.waiting import waiting_for

LAST_ACTS = 8


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
