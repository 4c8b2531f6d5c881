"""Who may listen to the live stream, and whether he still may: the doorkeeper of apps.access.stream_hub."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from apps.access.stream_hub import Admission
from apps.people import actions
from apps.people.models import User
from apps.people.queries import actor_for_token, standing


@dataclass(frozen=True, slots=True)
class Claim:
    """On what a stream stands: a seat with its clearance, and the session or the key that it was opened with."""

    user_id: int
    seat_id: int
    clearance: int
    session_key: str = ""
    token_id: int | None = None


def admit(request: Any) -> Admission | None:
    """By `Authorization: Bearer`, else by the session's active seat; None for neither."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind:
        return _by_key(request, secret) if kind.lower() == "bearer" else None
    actor = request.actor
    return _admission(actor, session_key=request.session.session_key or "") if actor else None


def _by_key(request: Any, secret: str) -> Admission | None:
    more = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    found = actor_for_token(actions.digest(secret.strip()), **more)
    if found is None:
        return None
    actor, token = found
    if not actor.opens("stream"):
        return None
    actions.used(token)
    return _admission(actor, token_id=token.pk)


def _admission(actor: Any, **opened_with: Any) -> Admission:
    claim = Claim(actor.user_id, actor.seat_id, actor.clearance, **opened_with)
    holder = f"session {claim.session_key}" if claim.session_key else f"key {claim.token_id}"
    return Admission(frozenset(actor.groups), actor.clearance, holder, claim)


def still_held(claims: Collection[Claim]) -> set[Claim]:
    """Claims whose seat is in force with the same clearance, and whose session or key lives. One query."""
    seats, sessions, keys = standing(
        {claim.seat_id for claim in claims},
        {claim.session_key for claim in claims},
        {claim.token_id for claim in claims if claim.token_id is not None},
    )
    return {
        claim
        for claim in claims
        if seats.get(claim.seat_id, (0, ""))[0] == claim.clearance
        and (
            claim.token_id in keys
            if claim.token_id is not None
            else _session_holds(sessions.get(claim.session_key, ""), claim, seats[claim.seat_id][1])
        )
    }


def _session_holds(data: str, claim: Claim, password: str) -> bool:
    """The session is the person's own, acts in this seat, and is neither idle nor too old nor of an old password."""
    session = _decoded(data)
    now = time.time()
    return (
        session.get(SESSION_KEY) == str(claim.user_id)
        and session.get("seat") == claim.seat_id
        and session.get(HASH_SESSION_KEY) == _session_hash(password)
        and now - session.get("seen", now) <= settings.SESSION_IDLE.total_seconds()
        and now - session.get("started", now) <= settings.SESSION_ABSOLUTE.total_seconds()
    )


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """A session's data; empty for data that was not written by this portal."""
    return Session(session_data=data).get_decoded() if data else {}


@lru_cache(maxsize=4096)
def _session_hash(password: str) -> str:
    """What a session keeps of the password that it was opened with."""
    return User(password=password).get_session_auth_hash()
