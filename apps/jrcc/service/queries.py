"""Reading hits with what their clocks need, and what is overdue."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef
from django.db.models.functions import JSONObject

from apps.access.actor import DECIDES
from apps.jrcc.models import Hit, HitEscalation, HitReferral
from apps.jrcc.queries import first_acts
from apps.jrcc.service.clocks import WATCH, WORKED_ON, Clock, clocks
from apps.jrcc.service.numbers import Fact
from apps.people.models import Seat

MOST = 20_000


def with_referrals(rows: Any) -> Any:
    """Hits with `referrals`, [{party, at, acknowledged_at}], in the same statement."""
    held: Any = HitReferral.objects.filter(hit=OuterRef("pk")).order_by("at")
    one = JSONObject(party="party_id", at="at", acknowledged_at="acknowledged_at")
    return rows.annotate(referrals=ArraySubquery(held.values(one=one).values("one")))


def overdue(actor: Any, now: datetime.datetime) -> Iterator[tuple[Any, Clock]]:
    """(hit, clock) of steps that are overdue and of which nobody was told yet. Two queries."""
    rows = Hit.objects.visible_to(actor).filter(WORKED_ON)
    hits = list(with_referrals(rows).defer("evidence", "note", "outcome_note").order_by("due_at", "pk"))
    told = HitEscalation.objects.filter(hit__in=[hit.pk for hit in hits])
    known = set(told.values_list("hit_id", "step", "party_id", "since"))
    for hit in hits:
        for clock in clocks(hit):
            if clock.due_at < now and (hit.pk, clock.step, clock.party, clock.since) not in known:
                yield hit, clock


def told_when_late(clock: Clock) -> tuple[list[str], list[int]]:
    """(desks, seats mailed): who decides at the watch; for a State's step also who decides at its border desk."""
    desks = ["JRCC.watch", *([] if clock.party == WATCH else [f"{clock.party}.border"])]
    seats = Seat.objects.current().filter(desk__code__in=desks, rank__gte=DECIDES)
    return desks, sorted(seats.values_list("pk", flat=True))


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
    rows = HitEscalation.objects.visible_to(actor).filter(due_at__gte=first, due_at__lt=until).order_by()
    return dict(rows.values_list("party_id").annotate(n=Count("pk")))
