"""Who is behind a key that a request shows: the same for the API, the stream and TAXII."""

import time
from typing import Any

from django.core.cache import cache

from apps.access.actor import Actor
from apps.people.actions.keys import digest
from apps.people.models import DeskToken
from apps.people.queries import actor_for_token
from apps.people.rules import proofs

ALGORITHMS = " ".join(proofs.ALGORITHMS)


def actor_of_key(request: Any, scheme: str, secret: str) -> tuple[Actor, DeskToken] | None:
    """(actor, key) for a live key that is shown as it has to be; None for every other.

    A key that is bound to its program's own key comes with a proof, each of which is taken once (RFC 9449); whoever has
    stolen the key alone has nothing. One that is not bound is a bearer's key and is shown as one.
    """
    more = {"request_id": request.request_id, "address": request.META.get("REMOTE_ADDR")}
    found = actor_for_token(digest(secret.strip()), **more)
    return found if found is not None and _possessed(request, scheme, secret.strip(), found[1]) else None


def _possessed(request: Any, scheme: str, secret: str, token: DeskToken) -> bool:
    if not token.proof_key:
        return scheme.lower() != "dpop"
    address = request.build_absolute_uri(request.path)
    shown = proofs.Shown(scheme, request.headers.get("DPoP", ""), str(request.method), address)
    number = proofs.believed(shown, secret, token.proof_key, time.time())
    return bool(number) and cache.add(f"key_proof:{token.pk}:{number}", 1, 2 * proofs.FRESH_S + 1)


def challenge(scheme: str) -> str:
    """What a 401 asks for (RFC 6750, section 3; RFC 9449, section 7.1), by how the key was shown."""
    if scheme.lower() == "dpop":
        return f'DPoP error="invalid_dpop_proof", algs="{ALGORITHMS}"'
    return "Bearer"
