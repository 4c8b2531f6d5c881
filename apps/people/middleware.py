"""From a session to an actor."""

import time
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login, unstash_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access import database_context
from apps.access.declared_actions import record_refusal
from apps.access.problems import CONTENT_TYPE, problem
from apps.access.refusal import Refused
from apps.access.refusals import Refusals as AccessRefusals
from apps.people.models import Seat
from apps.people.queries import actor_at, has_second_factor, my_work, seats_of
from apps.people.queries.saved_input import save_input
from apps.people.refusals import Refusals

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


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
        response = _led(request, f"{reverse(settings.LOGIN_URL)}?next={reverse('people:kept')}", 401)
        save_input(request, response)
        return response


def _led(request: Any, url: str, status: int) -> HttpResponse:
    """Lead a whole page elsewhere, also when only a part of it was asked for."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=status, headers={"HX-Redirect": url})
    return redirect(url)


class first_steps:
    """Before anything else a password of one's own, then a second factor where the portal requires one.

    Until then nobody acts: the request has no actor, and only the step itself and signing out are open.
    """

    STEPS: ClassVar[dict[str, frozenset[str]]] = {
        "account_change_password": frozenset(),
        "mfa_activate_totp": frozenset({"account_reauthenticate", "mfa_add_webauthn"}),
    }

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the actor was found, so that it can be taken away."""
        if not request.user.is_authenticated:
            drop_unanswerable_sign_in(request)
            return None
        step = first_step(request.user)
        if not step:
            return None
        request.actor, request.first_step = None, step
        database_context.enter(None)
        if request.path.startswith("/api/"):
            body = problem(request, 403, "first-step", _("Choose a password or set up a second factor first."))
            return JsonResponse(body, status=403, content_type=CONTENT_TYPE)
        open_pages = {step, "account_logout", *self.STEPS[step]}
        if request.resolver_match.view_name in open_pages or not getattr(view, "login_required", True):
            return None
        return _led(request, reverse(step), 403)


class step_up:
    """An action that wants the second factor anew: it is asked for, then what was typed lies ready to be sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, failure: Exception) -> HttpResponse | None:
        """Runs before other exceptions are made pages of."""
        if (
            not isinstance(failure, Refused)
            or failure.code != AccessRefusals.STEP_UP
            or request.path.startswith("/api/")
        ):
            return None
        records = get_authentication_records(request, request.user)
        asks = (
            "mfa_reauthenticate" if any(record["method"] == "mfa" for record in records) else "account_reauthenticate"
        )
        onward = request.get_full_path() if request.method in SAFE else reverse("people:kept")
        response = _led(request, f"{reverse(asks)}?{urlencode({'next': onward})}", 403)
        if request.method not in SAFE:
            save_input(request, response)
        return response


def first_step(user: Any) -> str:
    """The name of the page that a person must go through first; "" for none. At most one query."""
    if user.must_change_password:
        return "account_change_password"
    if settings.REQUIRE_SECOND_FACTOR and not has_second_factor(user):
        return "mfa_activate_totp"
    return ""


def drop_unanswerable_sign_in(request: Any) -> None:
    """Let a sign-in begin anew that waits for a code of a second factor which an administrator has removed since."""
    if request.resolver_match.view_name == "mfa_authenticate":
        waiting = unstash_login(request, peek=True)
        if waiting is not None and not has_second_factor(waiting.user):
            clear_login(request)


def actor(get_response: Handler) -> Handler:
    """Put the person's active seat on the request; refuse a form that was made for another seat.

    Without this a person with two tabs would sign an answer for the wrong desk.
    """

    def middleware(request: Any) -> HttpResponse:
        # API requests find their actor through their authentication classes
        if request.user.is_authenticated and not request.path.startswith("/api/v1/"):
            request.actor = seated(request)
            database_context.enter(request.actor)
            if request.method not in SAFE and not right_seat(request):
                return render(request, "409.html", {"wrong_seat": True}, status=409)
        response = get_response(request)
        if request.method not in SAFE and getattr(request, "actor", None) is not None:
            my_work.forget(request.actor)  # what was done may have changed what waits
        return response

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
    more = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    return actor_at(chosen, proven=recently_proven(request), **more)


def recently_proven(request: Any) -> bool:
    """Whether the person gave a second factor within 15 minutes; their password, if the session began without one."""
    records = get_authentication_records(request, request.user)
    strong = [record["at"] for record in records if record["method"] == "mfa"]
    last = max(strong or [record["at"] for record in records], default=0)
    return time.time() - last < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def right_seat(request: Any) -> bool:
    """Whether what is sent was made for the seat that is active now; what names no seat passes. A refusal is kept."""
    sent = request.headers.get("X-Seat") or request.POST.get("_seat")
    if not sent or (request.actor is not None and sent == str(request.actor.seat_id)):
        return True
    if request.actor is not None:
        record_refusal(request.actor, "seat.act", Seat, Refused("wrong-state", Refusals.WRONG_SEAT))
    return False
