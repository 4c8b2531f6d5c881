"""The door of TAXII: who asks, in which order a request is checked, and how every answer looks.

Session cookies do not count here, so that there is nothing to forge; the addresses are served before the portal's
sessions, sign-in and pages have a part in it (`apps.taxii.middleware`).
"""

import base64
import binascii
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse

from apps.access import database_context
from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.operations import queries as operations
from apps.people import actions as people
from apps.people.actions import key_admission
from apps.taxii.protocol import media
from apps.taxii.protocol.requests import BadAsk
from apps.taxii.views import throttles

log = logging.getLogger("portal.taxii")
ASKS_FOR = 'Basic realm="cisnet-taxii"'
TITLES = {
    400: "Bad request",
    401: "Authentication needed",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    413: "Content too large",
    415: "Unsupported media type",
    422: "Cannot be processed",
    429: "Too many requests",
    500: "Server error",
    503: "Not available",
}
Plain = dict[str, Any]


class Wrong(Exception):
    """A request that is answered with an error message (TAXII 2.1, section 3.6.1)."""

    def __init__(self, status: int, description: str = "", **headers: str) -> None:
        super().__init__(description)
        self.status, self.description, self.headers = status, description, headers


@dataclass(frozen=True, slots=True)
class Call:
    """A request with the seat of the desk's programs."""

    request: Any
    actor: Actor

    @property
    def params(self) -> dict[str, list[str]]:
        """Parameters of the address."""
        return dict(self.request.GET.lists())


Find = Callable[..., Any]
Serve = Callable[[Call, Any], HttpResponse]


def served(method: str, find: Find) -> Callable[[Serve], Callable[..., HttpResponse]]:
    """An endpoint of one method: 401, 429, 404/403 (`find`), 406, then its own work. Others answer 405."""
    return by_method(**{method: find})


def by_method(**finds: Find) -> Callable[[Serve], Callable[..., HttpResponse]]:
    """An endpoint of several methods, each with its own way to find what the address names."""

    def declare(view: Serve) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: Any, **names: str) -> HttpResponse:
            return _finished(request, lambda: _served(request, finds, view, names))

        answer.login_required = False  # type: ignore[attr-defined]
        answer.csrf_exempt = True  # type: ignore[attr-defined]
        return answer

    return declare


def _served(request: Any, finds: dict[str, Find], view: Serve, names: dict[str, str]) -> HttpResponse:
    call = Call(request, authenticated(request))
    if operations.now().closes(call.actor.party_code, request.resolver_match.view_name):
        raise Wrong(404)
    find = finds.get(request.method)
    if find is None:
        raise Wrong(405, Allow=", ".join(sorted(finds)))
    target = find(call, **names)
    if not media.acceptable(request.headers.get("Accept")):
        raise Wrong(406, f"This server answers {media.TAXII}.")
    return view(call, target)


def not_there(request: Any) -> HttpResponse:
    """An address that TAXII does not have: after the question who asks."""

    def answer() -> HttpResponse:
        authenticated(request)
        raise Wrong(404)

    return _finished(request, answer)


def _finished(request: Any, serve: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return serve()
    except Wrong as wrong:
        return error(request, wrong.status, wrong.description, wrong.headers)
    except BadAsk as wrong:
        return error(request, 400, str(wrong))
    except Refused as refusal:
        return error(request, {404: 404, 403: 403}.get(refusal.status, 503), refusal.message, {"Retry-After": "2"})
    except RequestDataTooBig:
        return error(request, 413)
    except (BadRequest, SuspiciousOperation, TooManyFieldsSent, UnicodeError):
        return error(request, 400)
    except (OperationalError, InterfaceError):
        connection.close()
        return error(request, 503, "Try again in a few seconds.", {"Retry-After": "5"})
    except Exception:
        log.exception("taxii failed", extra={"request_id": request.request_id})
        return error(request, 500, "The fault is on this side and was noted.")


def authenticated(request: Any) -> Actor:
    """The seat of the key in the request; Wrong(401), the same for whatever is wrong with it, or Wrong(429)."""
    header = request.headers.get("Authorization", "")
    user, secret = credentials(header)
    scheme = header.partition(" ")[0]
    # the digest of the key is looked up, so that there is no word to compare and no time to tell by
    found = key_admission.actor_of_key(request, scheme, secret)
    named = f"{found[1].seat.desk.code}.{found[1].label}" if found else ""
    if found is None or (user is not None and not hmac.compare_digest(user.encode(), named.encode())):
        if request.headers.get("Authorization") and throttles.failed_too_often(str(request.META.get("REMOTE_ADDR"))):
            raise Wrong(429, "Too many failed attempts.", **{"Retry-After": "60"})
        asked = f"{ASKS_FOR}, {key_admission.challenge(scheme)}"
        raise Wrong(401, "Send the desk's key.", **{"WWW-Authenticate": asked})
    actor, token = found
    if not actor.opens("taxii"):
        raise Wrong(403, "This key is not for this server.")
    if throttles.too_often(token):
        raise Wrong(429, "Ask less often.", **{"Retry-After": "1"})
    people.used(token)
    request.actor = actor
    database_context.enter(actor)
    return actor


def credentials(header: str) -> tuple[str | None, str]:
    """(user, or None for a bearer; key) of an Authorization header; what is malformed fits no key."""
    kind, _, rest = header.partition(" ")
    if kind.lower() in {"bearer", "dpop"}:
        return None, rest.strip()
    if kind.lower() != "basic":
        return "", ""
    try:
        user, colon, secret = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return (user, secret) if colon else ("", "")


def said(body: Plain | bytes, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """An answer. Nobody keeps it."""
    data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    response = HttpResponse(data, status=status, content_type=media.TAXII)
    response["Cache-Control"] = "no-store, private"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def error(request: Any, status: int, description: str = "", headers: dict[str, str] | None = None) -> HttpResponse:
    """An error message."""
    body = {"title": TITLES[status], "http_status": str(status), "error_id": request.request_id}
    body |= {"description": description} if description else {}
    return said(body, status, {k: v for k, v in (headers or {}).items() if k != "Retry-After" or status in {429, 503}})
