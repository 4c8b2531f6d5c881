"""What was typed when a session ended: kept for a quarter of an hour, for this browser and this person's seat.

Encrypted in the cache under a random name that only the browser's cookie knows; files are not kept.
"""

import json
import secrets
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

from apps.access.encryption import opened, sealed

COOKIE, KEPT_S, LARGEST = "kept_form", 900, 65_536
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code", "secret"})
Form = dict[str, Any]


def save_input(request: Any, response: HttpResponse) -> None:
    """Keep the posted fields and let the browser remember where."""
    fields = [[name, value] for name, values in request.POST.lists() if name not in LEFT_OUT for value in values]
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    if not fields or len(text) > LARGEST:
        return
    name = secrets.token_urlsafe(24)
    cache.set(_key(name), sealed(text), KEPT_S)
    response.set_cookie(
        COOKIE, name, max_age=KEPT_S, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def kept_for(request: Any) -> Form | None:
    """{"path", "fields": [[name, value]…]} kept for this browser, if its form was made for the seat now active."""
    name = request.COOKIES.get(COOKIE, "")
    held = cache.get(_key(name)) if name else None
    if held is None or request.actor is None:
        return None
    try:
        form: Form = json.loads(opened(held))
    except InvalidToken:
        return None
    seats = [value for field, value in form["fields"] if field == "_seat"]
    return form if str(request.actor.seat_id) in seats else None


def forget(request: Any, response: HttpResponse) -> None:
    """Remove what was kept."""
    cache.delete(_key(request.COOKIES.get(COOKIE, "")))
    response.delete_cookie(COOKIE, samesite="Lax")


def _key(name: str) -> str:
    return f"kept:{name}"
