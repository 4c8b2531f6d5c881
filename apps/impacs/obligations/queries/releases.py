"""Which actions the Conference's releases hold, and which ones no longer."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.council.models import Statement
from apps.impacs.models import StateAction

NOT_FINISHED = ("not_started", "acknowledged", "in_progress")


def _in_effect(day: datetime.date) -> Any:
    """Opt-outs granted that hold on the day for the clause of the outer action."""
    rows = Statement.objects.filter(
        Q(until=None) | Q(until__gte=day),
        Q(clauses=[]) | Q(clauses__contains=[OuterRef("clause__number")]),
        decision=OuterRef("decision"),
        party=OuterRef("party"),
        kind=Statement.Kind.OPT_OUT,
        state=Statement.State.GRANTED,
        granted_on__lte=day,
    )
    return Exists(rows)


def releasable(day: datetime.date) -> Any:
    """Actions under way whose State is released on the day."""
    return StateAction.objects.filter(_in_effect(day), state__in=NOT_FINISHED)


def to_release(first: StateAction, day: datetime.date) -> Any:
    """Actions of the same State and decision that its releases hold on the day, the first among them."""
    return releasable(day).filter(decision=first.decision_id, party=first.party_id)


def bound_again(day: datetime.date) -> Any:
    """Released actions whose release has ended by the day."""
    return StateAction.objects.filter(~_in_effect(day), state=StateAction.State.OPTED_OUT)
