"""A key used from another network, or for something else, than named for it: refused and written down.

A key from another network is told to its party as well.
"""

import dataclasses
import ipaddress
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from apps.access.refused import Refused
from apps.audit import actions as audit
from apps.entrance import actions, queries
from apps.people.models import DeskToken
from apps.people.queries import service_actor

TOLD_AGAIN_S = 3600


def key_is_at_home(actor: Any, token: Any) -> bool:
    """Whether the key may be used from the actor's address. One query; a refusal is written once an hour for each."""
    limit = token.limit = queries.limit_of(token)
    if limit is None or not limit.networks:
        return True
    networks = tuple(ipaddress.ip_network(each) for each in limit.networks)
    if queries.Rule(frozenset(), 0, 0, networks).admits(actor.address):
        return True
    if cache.add(f"key_away:{token.pk}:{actor.address}", 1, TOLD_AGAIN_S):
        refusal = Refused("may-not", "key-outside-networks")
        audit.append([audit.entry(actor, "token.use", token, outcome="refused", reason=refusal.code)])
        day = timezone.now().date().isoformat()
        actions.alarm(service_actor("IMPACS.automation", request_id=actor.request_id), limit, day=day)
    return False


def narrowed(actor: Any, token: Any) -> Any:
    """The actor of a key with the verbs and collections named for it. No query after `key_is_at_home`."""
    if token.limit is None or not (token.limit.verbs or token.limit.collections):
        return actor
    return dataclasses.replace(actor, verbs=tuple(token.limit.verbs), collections=tuple(token.limit.collections))


def collection_is_named(request: Any, actor: Any) -> bool:
    """Whether a key opens the collection that is asked for; a refusal is written once an hour for each."""
    view = request.resolver_match.func
    basename = getattr(view, "initkwargs", {}).get("basename", "")
    if actor.opens(basename):
        return True
    if cache.add(f"key_astray:{actor.seat_id}:{basename}", 1, TOLD_AGAIN_S):
        code = "key-other-collection"
        audit.append([audit.entry(actor, "token.use", DeskToken, outcome="refused", reason=code)])
    raise Refused("may-not", "key-other-collection")
