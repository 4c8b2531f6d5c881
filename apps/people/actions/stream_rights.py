"""Who may listen to the live stream, and whether they still may: the doorkeeper of apps.access.stream_hub."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session

from apps.access.manifest import registry
from apps.access.stream_hub import Admission
from apps.people import actions
from apps.people.actions import key_admission
from apps.people.models import User
from apps.people.queries import Standing, standing


class Rule(Protocol):
    """What a party asks of its people's sessions."""

    def holds(self, session: Mapping[str, Any], address: str | None, now: float) -> bool:
        """Whether a session with these data may be used from this address at `now`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """On what a stream stands: a seat with its clearance, a session or a key, and the address that opened it."""

    user_id: int
    seat_id: int
    clearance: int
    session_key: str = ""
    token_id: int | None = None
    address: str | None = None


def admit(request: Any) -> Admission | None:
    """By `Authorization: Bearer` or `DPoP`, else by the session's active seat; None for neither."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind:
        return _by_key(request, kind, secret) if kind.lower() in {"bearer", "dpop"} else None
    actor = request.actor
    return _admission(actor, session_key=request.session.session_key or "") if actor else None


def challenge(request: Any) -> str:
    """What a 401 asks for, by how the key was shown."""
    return key_admission.challenge(request.headers.get("Authorization", "").partition(" ")[0])


def _by_key(request: Any, kind: str, secret: str) -> Admission | None:
    found = key_admission.actor_of_key(request, kind, secret)
    if found is None:
        return None
    actor, token = found
    if not actor.opens("stream"):
        return None
    actions.used(token)
    return _admission(actor, token_id=token.pk)


def _admission(actor: Any, **opened_with: Any) -> Admission:
    claim = Claim(actor.user_id, actor.seat_id, actor.clearance, address=actor.address, **opened_with)
    holder = f"session {claim.session_key}" if claim.session_key else f"key {claim.token_id}"
    return Admission(frozenset(actor.groups), actor.clearance, holder, claim)


def still_held(claims: Collection[Claim]) -> set[Claim]:
    """Claims whose seat is in force with the same clearance, and whose session or key lives. One query.

    A key lowers the clearance of its desk's seat.

    A session lives only while the rule of the person's party lets it; rules come from the cache.
    """
    seats, sessions, keys, rules = _asked(claims)
    return {
        claim
        for claim in claims
        if (seat := seats.get(claim.seat_id)) is not None
        and (
            claim.token_id in keys and min(seat.clearance, keys[claim.token_id]) == claim.clearance
            if claim.token_id is not None
            else seat.clearance == claim.clearance
            and _session_holds(_decoded(sessions.get(claim.session_key, "")), claim, seat, rules[seat.home])
        )
    }


def signed_out(claims: Collection[Claim]) -> set[Claim]:
    """Claims whose session has ended, or is over by the rule of the person's party. One query, as above."""
    seats, sessions, _, rules = _asked(claims)
    return {
        claim
        for claim in claims
        if not (data := _decoded(sessions.get(claim.session_key, "")))
        or ((seat := seats.get(claim.seat_id)) is not None and not _keeps(data, claim, rules[seat.home]))
    }


def _asked(
    claims: Collection[Claim],
) -> tuple[dict[int, Standing], dict[str, str], dict[int, int], dict[str | None, list[Rule]]]:
    """(seats in force, data of live sessions, live keys, rules of the holders' parties)."""
    seats, sessions, keys = standing(
        {claim.seat_id for claim in claims},
        {claim.session_key for claim in claims},
        {claim.token_id for claim in claims if claim.token_id is not None},
    )
    parties = {seat.home for seat in seats.values()}
    return (
        seats,
        sessions,
        keys,
        {party: [rule_of(party) for rule_of in registry.offered("people.session_rules").values()] for party in parties},
    )


def _session_holds(session: dict[str, Any], claim: Claim, seat: Standing, rules: list[Rule]) -> bool:
    """The session is the person's own, acts in this seat, keeps to the rules, and is not of an old password."""
    return (
        session.get(SESSION_KEY) == str(claim.user_id)
        and session.get("seat") == claim.seat_id
        and session.get(HASH_SESSION_KEY) == _session_hash(seat.password)
        and _keeps(session, claim, rules)
    )


def _keeps(session: dict[str, Any], claim: Claim, rules: list[Rule]) -> bool:
    now = time.time()
    return all(rule.holds(session, claim.address, now) for rule in rules)


@lru_cache(maxsize=4096)
def _decoded(data: str) -> dict[str, Any]:
    """A session's data; empty for data that was not written by this portal."""
    return Session(session_data=data).get_decoded() if data else {}


@lru_cache(maxsize=4096)
def _session_hash(password: str) -> str:
    """What a session keeps of the password that it was opened with."""
    return User(password=password).get_session_auth_hash()
