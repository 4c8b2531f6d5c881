"""Requests of different parties about one subject, as far as both parties let that be known."""

import datetime
from dataclasses import dataclass

from apps.access.actor import Actor
from apps.exchange.models import Overlap, Request, Subject
from apps.exchange.queries import vocabulary

NEW = datetime.timedelta(days=2)
"""How far back each round looks for requests that were just sent; an earlier round has seen the others."""

NEVER, MUTUAL = "never", "mutual"
GONE = ("draft", "cancelled")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests, the older first, and the subject of both. `mutual`: both parties are told too."""

    first: Request
    second: Request
    kind: str
    key: str
    mutual: bool


def pairs(clock: Actor, now: datetime.datetime) -> list[Pair]:
    """Pairs that are not noted yet. A party that has said never is in none."""
    window = datetime.timedelta(days=vocabulary.detail("period", "match")["days"])
    seen = Request.objects.visible_to(clock).exclude(state__in=GONE)
    fresh = Subject.objects.filter(request__in=seen.filter(sent_at__gt=now - NEW)).select_related("request")
    keys = {row.key for row in fresh}
    if not keys:
        return []
    older = Subject.objects.filter(key__in=keys, request__in=seen.filter(sent_at__gt=now - window))
    by_key: dict[str, list[Request]] = {}
    for row in older.select_related("request").order_by("request__sent_at", "request_id"):
        by_key.setdefault(row.key, []).append(row.request)
    noted = set(Overlap.objects.filter(key__in=keys).values_list("key", "first_id", "second_id"))
    policies = vocabulary.match_policies({row.originator_id for rows in by_key.values() for row in rows})
    found: dict[tuple[str, object, object], Pair] = {}
    for row in fresh:
        for other in by_key[row.key]:
            if other.pk == row.request_id or other.originator_id == row.request.originator_id:
                continue
            if other.line != row.request.line:
                continue
            first, second = sorted((other, row.request), key=lambda one: (one.sent_at, one.pk))
            said = {policies[first.originator_id], policies[second.originator_id]}
            if NEVER not in said and (row.key, first.pk, second.pk) not in noted:
                found[row.key, first.pk, second.pk] = Pair(first, second, row.kind, row.key, said == {MUTUAL})
    return list(found.values())
