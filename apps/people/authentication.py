"""How an API request finds its actor: a desk's key, or the browser session."""

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header

from apps.access import database_context, logs
from apps.access.problems import Problem
from apps.people import actions
from apps.people.actions import key_admission
from apps.people.middleware import SAFE, right_seat, seated


class DeskToken(BaseAuthentication):
    """`Authorization: Bearer ccp_…`; `DPoP ccp_…` with a proof where the key is bound to the program's own."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        """(account of the service seat, key); None without the header; 401 for a key that is not live."""
        kind, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() not in {"bearer", "dpop"}:
            return None
        found = key_admission.actor_of_key(request._request, kind, secret)
        if found is None:
            raise exceptions.AuthenticationFailed("This key is not valid: it is unknown, expired or revoked.")
        actor, token = found
        actions.used(token)
        request._request.actor = actor
        database_context.enter(actor)
        return token.seat.user, token

    def authenticate_header(self, request: Any) -> str:
        """What a 401 answer asks for."""
        return key_admission.challenge(get_authorization_header(request).decode("latin-1").partition(" ")[0])


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: Any, reason: str) -> str:
        return reason


class SeatSession(BaseAuthentication):
    """The portal's own pages: session cookie, active seat, CSRF token on unsafe methods."""

    def authenticate(self, request: Any) -> tuple[Any, None] | None:
        """(person, None) for a signed-in session; None otherwise."""
        user = getattr(request._request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        check = _CsrfCheck(lambda _request: HttpResponse())
        check.process_request(request._request)
        reason = check.process_view(request._request, lambda: HttpResponse(), (), {})
        if reason:
            logs.form_refused(request, str(reason))
            raise exceptions.PermissionDenied(
                "The form's protection against forgery is missing or old. Reload the page."
            )
        request._request.actor = seated(request._request)
        database_context.enter(request._request.actor)
        if request.method not in SAFE and not right_seat(request._request):
            raise Problem(409, "wrong-seat", "You act in another seat now. Load the page again.")
        return user, None
