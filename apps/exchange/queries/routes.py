"""The overview of a line's watch, and of a point of contact for its State: who asks whom, how far, until when."""

from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.exchange.models import Addressee, Overlap
from apps.exchange.queries.requests import LIVE

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What the watch reads of an overlap: the kind of the subject, parties and numbers."""

    pk: Any
    kind: str
    state: str
    version: int
    at: Any
    first: str
    first_party: str
    second: str
    second_party: str
    mutual: bool


def routes(actor: Actor, state: str = "open", party: str = "") -> list[dict[str, Any]]:
    """Routes of open, late or all requests, the earliest due first; no word of what is asked. One query."""
    rows = beyond(Addressee.objects.all(), "routes").routes_for(actor)
    if state == "open":
        rows = rows.filter(state__in=LIVE)
    elif state == "late":
        rows = rows.filter(state="overdue")
    if party:
        rows = rows.filter(owner__party_id=party) | rows.filter(asker__party_id=party)
    return list(rows.order_by("due_at", "pk")[:SHOWN])


def late_of_others(actor: Actor) -> Any:
    """Routes that are late at other desks, to be chased."""
    return (
        beyond(Addressee.objects.all(), "routes")
        .routes_for(actor)
        .filter(state="overdue")
        .exclude(owner_id=actor.desk_id)
    )


def overlaps(actor: Actor) -> list[Known]:
    """Pairs of requests about one subject that the actor's desk was told of, open ones first. One query."""
    rows = Overlap.objects.visible_to(actor).order_by("state", "-pk")[:SHOWN]
    columns = ("pk", "kind", "state", "version", "created_at", "first__number", "first__originator_id")
    return [Known(*row) for row in rows.values_list(*columns, "second__number", "second__originator_id", "mutual")]


def route(actor: Actor, pk: Any) -> dict[str, Any] | None:
    """One route by the id of its part; None for one that is not the actor's to know."""
    found: dict[str, Any] | None = beyond(Addressee.objects.all(), "routes").routes_for(actor).filter(pk=pk).first()
    return found
