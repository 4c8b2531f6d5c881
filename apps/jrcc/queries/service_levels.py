"""Reading hits with what their clocks need, and what is overdue."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef
from django.db.models.functions import JSONObject

from apps.access.actor import DECIDES
from apps.jrcc.models import Hit, HitClock, HitEscalation, HitReferral
from apps.jrcc.queries.clocks import WORKED_ON, Clock, clocks
from apps.jrcc.queries.hits import first_acts
from apps.jrcc.queries.service_rules import Rung, ladder
from apps.jrcc.rules.numbers import Fact
from apps.people.models import Seat

MOST = 20_000
A_ROUND = 5_000
"""Clocks that one round looks at."""


def with_referrals(rows: Any) -> Any:
    """Hits with `referrals`, [{party, at, acknowledged_at}], in the same statement."""
    held: Any = HitReferral.objects.filter(hit=OuterRef("pk")).order_by("at")
    one = JSONObject(party="party_id", at="at", acknowledged_at="acknowledged_at")
    return rows.annotate(referrals=ArraySubquery(held.values(one=one).values("one")))


def attach_referrals(rows: Sequence[Any]) -> None:
    """Give hits that were read already their `referrals`. One query."""
    found = with_referrals(Hit.objects.filter(pk__in=[row.pk for row in rows]))
    held = dict(found.values_list("pk", "referrals"))
    for row in rows:
        row.referrals = held[row.pk]


@dataclass(frozen=True, slots=True)
class Late:
    """A rung that an overdue step has come to, of which nobody was told yet."""

    hit: Any
    clock: Clock
    rung: Rung


@dataclass(frozen=True, slots=True)
class Look:
    """What a round finds: rungs to tell of, and for each clock looked at (row, when it is looked at next)."""

    late: list[Late]
    wound: list[tuple[HitClock, datetime.datetime | None]]


def overdue(actor: Any, now: datetime.datetime) -> Look:
    """Steps that are overdue, of the hits whose clocks say that it is time to look. Three queries.

    A clock says so after each change of its hit, and then at the next moment at which a rung is reached: a round reads
    those hits alone, however many are open.
    """
    ring = list(HitClock.objects.visible_to(actor).filter(look_at__lte=now).order_by("look_at")[:A_ROUND])
    rows = Hit.objects.visible_to(actor).filter(WORKED_ON, pk__in=[one.hit_id for one in ring])
    hits = {hit.pk: hit for hit in with_referrals(rows).defer("evidence", "note", "outcome_note")}
    told = HitEscalation.objects.filter(hit__in=list(hits))
    known = set(told.values_list("hit_id", "step", "party_id", "since", "rung"))
    late, wound = [], []
    for one in ring:
        hit = hits.get(one.hit_id)
        later: list[datetime.datetime] = []
        for clock in clocks(hit) if hit is not None else ():
            for rung in ladder(now.date(), clock.step, clock.party):
                at = clock.due_at + datetime.timedelta(minutes=rung.minutes)
                if at >= now:
                    later.append(at)
                elif (one.hit_id, clock.step, clock.party, clock.since, rung.number) not in known:
                    late.append(Late(hit, clock, rung))
        wound.append((one, min(later, default=None)))
    return Look(late, wound)


def told_when_late(rung: Rung) -> tuple[list[str], list[int]]:
    """(desks, seats mailed) of a rung; desks that are not here are left out."""
    decide = {desk for desk, decides in rung.to if decides}
    desks = list(dict.fromkeys(desk for desk, _decides in rung.to))
    here = Seat.objects.current().filter(desk__code__in=desks).exclude(kind=Seat.Kind.SERVICE)
    mailed = [
        (code, pk) for pk, code, rank in here.values_list("pk", "desk__code", "rank")
        if code not in decide or rank >= DECIDES
    ]  # fmt: skip
    there = {code for code, _pk in mailed}
    return [desk for desk in desks if desk in there], sorted(pk for _code, pk in mailed)


def facts(actor: Any, first: datetime.datetime, until: datetime.datetime) -> list[Fact]:
    """The newest 20,000 of the actor's hits raised in a time, withdrawn ones left out. Two queries."""
    rows = Hit.objects.visible_to(actor).filter(created_at__gte=first, created_at__lt=until)
    rows = rows.exclude(state=Hit.State.WITHDRAWN)
    acts: dict[str, dict[str, datetime.datetime]] = {}
    for key, verb, at in first_acts(rows):
        acts.setdefault(key, {})[verb] = at
    columns = (
        "pk",
        "list_name",
        "journey__carrier_id",
        "referred_to",
        "traveller__submission__created_at",
        "created_at",
    )
    return [
        Fact(name, carrier or "–", tuple(states), sent, raised, acts.get(str(pk), {}))
        for pk, name, carrier, states, sent, raised in rows.order_by("-pk").values_list(*columns)[:MOST]
    ]


def overdue_steps(actor: Any, first: datetime.datetime, until: datetime.datetime) -> dict[str, int]:
    """{party: steps of its own that were overdue on hits that the actor sees}. One query."""
    rows = HitEscalation.objects.visible_to(actor).filter(rung=1, due_at__gte=first, due_at__lt=until).order_by()
    return dict(rows.values_list("party_id").annotate(n=Count("pk")))
