"""A key used from another network, or for something else, than named for it: refused and written down.

A key from another network is told to its party as well.
"""

import dataclasses
import ipaddress
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from apps.access.database_context import seat_context
from apps.access.refusal import Refused
from apps.audit import actions as audit
from apps.entrance import actions
from apps.entrance.queries import sign_in
from apps.entrance.refusals import Refusals
from apps.people.models import DeskToken
from apps.people.queries import service_actor

TOLD_AGAIN_S = 3600


def key_is_at_home(actor: Any, token: Any) -> bool:
    """Whether the key may be used from the actor's address. One query; a refusal is written once an hour for each."""
    limit = token.limit = sign_in.limit_of(token)
    if limit is None or not limit.networks:
        return True
    networks = tuple(ipaddress.ip_network(each) for each in limit.networks)
    if sign_in.Rule(frozenset(), 0, 0, networks).admits(actor.address):
        return True
    if cache.add(f"key_away:{token.pk}:{actor.address}", 1, TOLD_AGAIN_S):
        refusal = Refused(Refusals.KEY_OUTSIDE_NETWORKS)
        with seat_context(actor):  # the entrance writes in nobody's name
            audit.append([audit.entry(actor, "token.use", token, outcome="refused", reason=refusal.code)])
        day = timezone.now().date().isoformat()
        actions.alarm_of_key_use(service_actor("IMPACS.automation", request_id=actor.request_id), limit, day=day)
    return False


def narrowed(actor: Any, token: Any) -> Any:
    """The actor of a key with the verbs and collections named for it. No query after `key_is_at_home`."""
    if not hasattr(token, "limit"):
        token.limit = sign_in.limit_of(token)
    if token.limit is None or not (token.limit.verbs or token.limit.collections):
        return actor
    return dataclasses.replace(actor, verbs=tuple(token.limit.verbs), collections=tuple(token.limit.collections))


def collection_is_named(request: Any, actor: Any) -> bool:
    """Whether a key opens the collection that is asked for; a refusal is written once an hour for each."""
    view = request.resolver_match.func
    basename = getattr(view, "initkwargs", {}).get("basename", "")
    if actor.opens(basename):
        return True
    refusal = Refused(Refusals.KEY_OTHER_COLLECTION)
    if cache.add(f"key_astray:{actor.seat_id}:{basename}", 1, TOLD_AGAIN_S):
        with seat_context(actor):
            audit.append([audit.entry(actor, "token.use", DeskToken, outcome="refused", reason=refusal.code)])
    raise refusal
