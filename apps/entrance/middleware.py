"""What a session has to keep to with each request: how long, from where, with which kind of second factor."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access import database_context
from apps.access.problems import CONTENT_TYPE, problem
from apps.entrance.actions import journal
from apps.entrance.actions.directory_sign_in import leave_if_ended
from apps.entrance.adapters import factor_of
from apps.entrance.queries import sign_in
from apps.people.models import User

Handler = Callable[[HttpRequest], HttpResponse]
STREAM = "/api/stream/"
TOUCH_S = 60  # the idle clock is written at most once a minute
STEPS = {"webauthn": "mfa_add_webauthn", "totp": "mfa_activate_totp"}


def session_limits(get_response: Handler) -> Handler:
    """End a session after its party's time (at most 30 idle minutes, 12 hours in all: NIST SP 800-63B-4, AAL2), with
    its account, or when it comes from outside the party's networks."""

    def middleware(request: Any) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault("started", now)
            seen = request.session.get("seen", now)
            reason = _over(request, now - seen, now - started)
            if reason:
                journal.done(request, request.user, "session.end", why=reason)
                logout(request)
            # an open page is no sign of life: its stream does not wind the clock
            elif request.path != STREAM and (now - seen >= TOUCH_S or "seen" not in request.session):
                request.session["seen"] = now
        response = get_response(request)
        # a view of the API may have left no user at all
        if request.method == "POST" and request.user and request.user.is_authenticated and request.session.modified:
            leave_if_ended(request)
        return response

    return middleware


def _over(request: Any, idle: int, whole: int) -> str:
    """Why a session is over; "" while it is not."""
    if request.user.state != User.State.ACTIVE:
        return "account-closed"
    rule = sign_in.rule_for(request.user.home_party_id)
    return rule.over(request.META.get("REMOTE_ADDR"), idle=idle, whole=whole)


class asked_factor:
    """A session is good only with a kind of second factor that its party allows.

    Who has one of them signs in again with it; who has none sets one up first, and acts only then.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs after the actor was found, so that it can be taken away."""
        led_already: str = getattr(request, "first_step", "")
        if led_already or not request.user.is_authenticated:
            return None
        rule = sign_in.rule_for(request.user.home_party_id)
        if not rule.restricts_factors or factor_of(request) in rule.factors:
            return None
        step = STEPS["webauthn" if "webauthn" in rule.factors else "totp"]
        if request.resolver_match.view_name in {step, "account_logout", "account_reauthenticate"}:
            request.actor, request.first_step = None, step
            database_context.enter(None)
            return None
        if sign_in.kinds_of(request.user) & rule.factors:
            journal.done(request, request.user, "session.end", why="factor-kind")
            logout(request)
            messages.warning(request, _("Your party requires another kind of second factor. Sign in with it."))
            return _led(request, reverse("account_login"), 401)
        request.actor, request.first_step = None, step
        database_context.enter(None)
        if not getattr(view, "login_required", True) and not request.path.startswith("/api/"):
            return None
        return _led(request, reverse(step), 403)


def _led(request: Any, url: str, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = problem(request, status, "first-step", _("Sign in with a second factor that your party allows."))
        return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=status, headers={"HX-Redirect": url})
    return redirect(url)
