"""Keys of desks for tests: there at once, as from before the test; and one by the hands of two people."""

import dataclasses
import datetime
import secrets
from typing import Any

from django.utils import timezone

from apps.people import actions
from apps.people.models import Desk, DeskToken

ASKED = {"desk": "JAM.border", "scope": "read", "days": 30}


def a_key(desk: str, scope: str = "write", *, days: int = 1, label: str = "", clearance: int = 3) -> DeskToken:
    """A live key that reads all that its desk may read, with the key itself as `.secret`; nobody is told of it."""
    secret = actions.keys.TOKEN_MARK + secrets.token_urlsafe(12)
    token = DeskToken.objects.create(
        seat=actions.service_seat(Desk.objects.select_related("function").get(code=desk)),
        prefix=secret[:12],
        sha256=actions.digest(secret),
        label=label,
        scope=scope,
        clearance=clearance,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    token.secret = secret
    return token


def by_two(maker: Any, second: Any, *, clearance: int | None = None, **asked: Any) -> DeskToken:
    """A live key that one person asked for and another approved; the second one is shown it, as `.secret`."""
    asked_for = actions.propose_api_key(dataclasses.replace(maker, proven=True), None, **{**ASKED, **asked})
    approved = actions.approve_api_key(second, asked_for, clearance=clearance)
    return actions.show_api_key(second, approved)
