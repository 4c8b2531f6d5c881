"""Who comes in by a socket: the session, the seat, the text and the right, asked before a single byte is sent."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.http.request import validate_host

from apps.access.actor import Actor
from apps.coedit.actions import rights, sittings
from apps.coedit.queries import texts
from apps.people.actions.stream_rights import Claim, signed_out, still_held
from apps.people.middleware import first_step
from apps.people.queries import actor_for, colleagues

PROTOCOL = "cisnet.coedit.v1"
COLOURS = ("#1f6f8b", "#a23b72", "#2e7d32", "#b45309", "#5b4b9a", "#b3261e", "#00695c", "#6d4c41", "#37517e", "#7a5c00")
"""Of people's carets; each at least 4.5 : 1 against white."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody who came in: what they may do, counted at `grants`, and how others see them."""

    actor: Actor
    claim: Claim
    assessment: uuid.UUID
    section: uuid.UUID
    mode: Literal["write", "read"]
    reason: str
    grants: int
    label: str
    colour: str
    sitting: int = 0

    @property
    def user(self) -> dict[str, Any]:
        """As others see them: their seat, not their name."""
        return {"id": self.actor.seat_id, "label": self.label, "colour": self.colour}


def origin_allowed(headers: dict[bytes, bytes]) -> bool:
    """Whether the page that opens the socket is one of ours: the very host that is asked, or a trusted origin."""
    origin, host = headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    page = urlsplit(origin)
    scheme = "https" if settings.SECURE_COOKIES else "http"
    if page.scheme not in {scheme, "https"} or not page.hostname or page.netloc.lower() != host.lower():
        return False
    name = f"[{page.hostname}]" if ":" in page.hostname else page.hostname
    return validate_host(name, settings.ALLOWED_HOSTS)


def admit(
    headers: dict[bytes, bytes], address: str | None, assessment: uuid.UUID, section: uuid.UUID
) -> Admission | None:
    """Who comes in from this address, or None whatever the reason: nobody learns which texts there are."""
    if not origin_allowed(headers):
        return None
    seated = _seated(headers.get(b"cookie", b"").decode("latin-1"), address)
    if seated is None:
        return None
    actor, claim = seated
    if rights.closed_to(actor.party_code):
        return None
    row = texts.found(section)
    if row is None or row.assessment != assessment:
        return None
    grant = rights.grant(actor, assessment, section)
    if grant.mode is None:
        return None
    mode = "read" if row.frozen else grant.mode
    reason = "frozen" if row.frozen else grant.reason
    seats = list(colleagues(actor))
    number = sorted(seats).index(actor.seat_id) + 1 if actor.seat_id in seats else 1
    label = f"{actor.party_code} {actor.function} {number}"
    colour = COLOURS[actor.seat_id % len(COLOURS)]
    sitting = sittings.open_one(section, actor, writes=mode == "write")
    return Admission(actor, claim, assessment, section, mode, reason, row.grants, label, colour, sitting)


def _seated(cookies: str, address: str | None) -> tuple[Actor, Claim] | None:
    """(the actor of the session's seat, on what it stands), as a page would find them."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request: Any = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user: Any = get_user(request)
    if not user.is_authenticated or first_step(user):
        return None
    actor = actor_for(user, request.session.get("seat"), address=address)
    if actor is None:
        return None
    claim = Claim(actor.user_id, actor.seat_id, actor.clearance, session_key=key, address=address)
    return (actor, claim) if still_held([claim]) else None


def touch(claim: Claim, now: int) -> None:
    """Typing is a sign of life: it winds the clock of an idle session as a page does."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(claim.session_key)
    if session.get("seen") is not None and session.exists(claim.session_key):
        session["seen"] = now
        session.save()


def lost(claims: Collection[Claim]) -> dict[Claim, int]:
    """{claim that holds no more: close code}: 4401 when the session is over, 4403 when a right was withdrawn."""
    gone = set(claims) - still_held(claims)
    if not gone:
        return {}
    over = signed_out(gone)
    return {claim: 4401 if claim in over else 4403 for claim in gone}


def shut_out(parties: Collection[str]) -> dict[str, int]:
    """{party that texts are closed to now: close code}: 1013 to come again later, 4403 where its room is off."""
    found = {party: rights.closed_to(party) for party in parties}
    return {party: 1013 if why == "maintenance" else 4403 for party, why in found.items() if why}


def recheck(admission: Admission) -> tuple[rights.Grant, int, bool]:
    """(what they may do now, the count of rights that it was asked at, whether the text is frozen)."""
    row = texts.found(admission.section)
    if row is None:
        return rights.NONE, 0, False
    # the count first: what changes after it is seen by the next commit
    return rights.grant(admission.actor, admission.assessment, admission.section), row.grants, row.frozen
