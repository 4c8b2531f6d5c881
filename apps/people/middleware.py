"""From a session to an actor."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.access.doors import record_refusal
from apps.access.refused import Refused
from apps.people.kept import keep
from apps.people.models import Seat
from apps.people.queries import actor_at, seats_of

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STREAM = "/api/stream/"
TOUCH_S = 60  # the idle clock is written at most once a minute


def session_limits(get_response: Handler) -> Handler:
    """End a session after 30 idle minutes or 12 hours in all (NIST SP 800-63B-4, AAL2)."""

    def middleware(request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault("started", now)
            seen = request.session.get("seen", now)
            idle, absolute = settings.SESSION_IDLE.total_seconds(), settings.SESSION_ABSOLUTE.total_seconds()
            if now - seen > idle or now - started > absolute:
                logout(request)
            # an open page is no sign of life: its stream does not wind the clock
            elif request.path != STREAM and (now - seen >= TOUCH_S or "seen" not in request.session):
                request.session["seen"] = now
        return get_response(request)

    return middleware


class keep_forms:
    """A form that is posted after the session has ended is kept; signing in leads to it (`people:kept`)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before the sign-in page would swallow it: runs after the check against forgery."""
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.path.startswith("/api/"):
            return None
        sign_in = f"{reverse(settings.LOGIN_URL)}?next={reverse('people:kept')}"
        response = HttpResponse(status=401, headers={"HX-Redirect": sign_in})
        if request.headers.get("HX-Request") != "true":
            response = redirect(sign_in)
        keep(request, response)
        return response


def actor(get_response: Handler) -> Handler:
    """Put the person's active seat on the request; refuse a form that was made for another seat.

    Without this a person with two tabs would sign an answer for the wrong desk.
    """

    def middleware(request: Any) -> HttpResponse:
        # API requests find their actor through their authentication classes
        if request.user.is_authenticated and not request.path.startswith("/api/v1/"):
            request.actor = seated(request)
            if request.method not in SAFE and not right_seat(request):
                return render(request, "409.html", {"wrong_seat": True}, status=409)
        return get_response(request)

    return middleware


def seated(request: Any) -> Any:
    """The actor of the session's seat; the person's last or first seat when none is chosen or it has ended.

    One query for all seats of the person, kept on the request for the seat switcher.
    """
    request.seats = seats_of(request.user)
    by_id = {seat.pk: seat for seat in request.seats}
    wanted = (request.session.get("seat"), request.user.last_seat_id, *by_id)
    chosen = next((by_id[pk] for pk in wanted if pk in by_id), None)
    if request.session.get("seat") != (chosen and chosen.pk):
        request.session["seat"] = chosen and chosen.pk
    if chosen is None:
        return None
    return actor_at(chosen, request_id=request.request_id, address=request.META.get("REMOTE_ADDR"))


def right_seat(request: Any) -> bool:
    """Whether what is sent was made for the seat that is active now; what names no seat passes. A refusal is kept."""
    sent = request.headers.get("X-Seat") or request.POST.get("_seat")
    if not sent or (request.actor is not None and sent == str(request.actor.seat_id)):
        return True
    if request.actor is not None:
        record_refusal(request.actor, "seat.act", Seat, Refused("wrong-state", "wrong-seat"))
    return False
