"""Emergency seats: taking one, giving it back, and judging it afterwards."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import declared_actions
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.audit import queries as audit
from apps.audit.row_places import around, key_of
from apps.audit.sentences import told
from apps.pages.verb_pages import VerbPages, try_form
from apps.people import policy
from apps.people.actions import emergency, session_moved
from apps.people.forms import emergency_form
from apps.people.models import EmergencyUse
from apps.people.queries import actor_for, emergency_desks, rule

ON_A_PAGE = 50


def _rows(actor: Any) -> Any:
    rows = EmergencyUse.objects.visible_to(actor)
    return rows.select_related("seat__user", "seat__desk__function", "seat__desk__party", "judged_by__user")


verbs: VerbPages = VerbPages(
    noun="emergency",
    address="people:emergency_do",
    rows=_rows,
    key="uid",
    page=lambda row: reverse("people:emergency", args=[row.uid]),
    title=lambda row: row.seat.desk.code,
    whence=(pgettext_lazy("link, people", "Emergency access"), "people:emergencies"),
    # who gives the seat back sits there no more, and has no page of it
    onward=lambda _request, done, spec: verbs.page(done) if spec.name == "judge" else reverse("home"),
    said={
        "judge": pgettext_lazy("words, people", "Review recorded."),
        "give_back": gettext_lazy("Emergency access has ended."),
    },
)


@require_http_methods(["GET", "POST"])
@marked(OFFICIAL)
def take(request: Any) -> HttpResponse:
    """Ask for desk and reason, then sit down there; the browser acts from the emergency seat at once."""
    actor = request.actor
    if actor is None or not policy.may_break_glass(actor, None):
        raise Refused("not-visible")
    desks = emergency_desks(actor)
    form = emergency_form(actor, desks, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        done, status = try_form(form, partial(emergency.take_emergency_seat, actor, None))
        if done is not None:
            _sit(request, done.seat_id)
            messages.warning(
                request, _("You now have emergency access. The desk and your oversight desk have been told.")
            )
            return redirect("people:desk")
    context = {"form": form, "desks": desks, "minutes": rule("emergency"), "uses": _own(actor)}
    return render(request, "people/emergency_take.html", context, status=status)


def _own(actor: Any) -> Any:
    rows = EmergencyUse.objects.visible_to(actor).filter(seat__user_id=actor.user_id)
    return rows.select_related("seat__desk__function").order_by("-pk")[:10]


def _sit(request: Any, seat_id: int) -> None:
    here = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    seated = actor_for(request.user, seat_id, **here)
    if seated is None:
        return
    before = request.session.session_key
    request.session["seat"] = seat_id
    request.session.cycle_key()
    session_moved(before, request.session.session_key)


@require_GET
@marked(OFFICIAL)
def emergencies(request: Any) -> HttpResponse:
    """Emergency seats that this seat may know of: those to be judged first."""
    actor = request.actor
    if actor is None or actor.function == "carrier":
        raise Refused("not-visible")
    rows = list(_rows(actor).order_by("-pk")[:100])
    rows.sort(key=lambda row: row.state != "due")
    return render(request, "people/emergencies.html", {"rows": rows})


@require_GET
@marked(OFFICIAL)
def emergency_use(request: Any, uid: Any) -> HttpResponse:
    """One emergency seat: who, why, what they opened; and the form to judge it."""
    actor = request.actor
    it = verbs.find(actor, uid)
    offers = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": verbs.place(it, offer.verb),
            "asks": True,
        }
        for offer in declared_actions.offers(actor, it)
        if offer.verb == "judge" or (it.seat.user_id == actor.user_id and it.seat.state == "current")
    ]
    return render(request, "people/emergency.html", {"it": it, "offers": offers, **_acts(request, it)})


def _acts(request: Any, it: Any) -> dict[str, Any]:
    """What was opened, done and tried from the seat, all of it: who sees the seat judges it by that."""
    before, after = key_of(request.GET.get("before")), key_of(request.GET.get("after"))
    page, newer, older = audit.page(audit.under_seat(it.seat.user_id, it.seat_id), before, after, ON_A_PAGE)
    return {"lines": told(page, request.actor), **around({}, page, newer, older)}
