"""Saved searches of a seat, those whose time has come, and what they have told of."""

import datetime
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.people.models import Seat
from apps.search.models import Asked, SavedSearch
from apps.search.queries.results import Found, find
from apps.search.rules.question import Question

DAILY = datetime.timedelta(days=1)
S, A = SavedSearch.State, SavedSearch.Alerts


def kept(actor: Actor) -> Any:
    """Those of the seat, by name."""
    return SavedSearch.objects.visible_to(actor).filter(state=S.KEPT).order_by("name")


def due(now: datetime.datetime) -> list[tuple[SavedSearch, Any]]:
    """[(search, its seat with person and desk)] whose owner wants to be told now, and still sits there. Two queries.

    Those of an ended seat are left where they are: they find nothing, for there is nobody to see it.
    """
    rows = SavedSearch.objects.filter(state=S.KEPT).filter(
        Q(alerts=A.AT_ONCE) | Q(alerts=A.DAILY) & (Q(looked_at=None) | Q(looked_at__lte=now - DAILY))
    )
    found = list(rows.order_by("pk"))
    seats = Seat.objects.current(now).filter(pk__in={row.seat_id for row in found})
    known = {seat.pk: seat for seat in seats.select_related("user", "desk__party", "desk__function")}
    return [(row, known[row.seat_id]) for row in found if row.seat_id in known]


def told(actor: Actor, saved: SavedSearch) -> Found:
    """What a search has told of and the seat still sees, the newest first."""
    return find(actor, Question(saved.words, saved.filters, "newest"), told_by=saved)


def asked_before(actor: Actor, question: Question) -> Asked | None:
    """The note of this question's first page, by the seat. One query."""
    rows = Asked.objects.visible_to(actor).filter(seat_id=actor.seat_id, words=question.words)
    found: Asked | None = rows.filter(filters=dict(question.filters)).order_by("-pk").first()
    return found


def log(actor: Actor, before: Any = None) -> Any:
    """What people of the actor's party searched, newest first, for its oversight."""
    return Asked.objects.visible_to(actor, before=before).select_related("user", "desk")
