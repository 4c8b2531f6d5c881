"""What a State still owes on decisions: a vote, the answer of its Cabinet, reasons. Conditions for queries."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from apps.access.actor import Actor
from apps.council.models import Ballot, Clause, Confirmation, Decision, Statement, Vote

REASONS_WITHIN = datetime.timedelta(days=182)
"""Six months for the reasons why a recommendation is not implemented (Revised Treaty, Article 27(6))."""

S = Decision.State
STANDING = (S.ADOPTED, S.SEALED, S.IN_FORCE)


def of(model: Any, actor: Actor, **only: Any) -> Any:
    """Whether the decision has such a part that the actor may see."""
    return Exists(model.objects.visible_to(actor).filter(decision=OuterRef("pk"), **only))


def unvoted(actor: Actor) -> Q:
    """A vote is open in which the State is a member and has not voted."""
    party = actor.party_code
    is_member = of(Vote, actor, state=Vote.State.OPEN, poll__members__contains=[party])
    voted = of(Ballot, actor, vote__state=Vote.State.OPEN, party_id=party, code="")
    return Q(state=S.VOTING) & Q(is_member) & ~Q(voted)


def vote_until() -> Any:
    """Of a decision in a queryset: until when the open written vote on it takes ballots, as an expression."""
    running = Vote.objects.filter(decision=OuterRef("pk"), state=Vote.State.OPEN)
    return Subquery(running.values("closes_at")[:1])


def unconfirmed(actor: Actor) -> Q:
    """The State voted subject to its Cabinet, or was absent from a short consensus, and has not answered."""
    party = actor.party_code
    subject = of(Ballot, actor, vote__state=Vote.State.CLOSED, party_id=party, value=Ballot.Value.FOR_AD_REF, code="")
    absent = Exists(
        Vote.objects.visible_to(actor)
        .filter(decision=OuterRef("pk"), state=Vote.State.CLOSED, method=Vote.Method.CONSENSUS)
        .filter(poll__members__contains=[party])
        .exclude(present__contains=[party])
    )
    answered = of(Confirmation, actor, party_id=party)
    return Q(state=S.PENDING_AD_REFERENDUM) & (Q(subject) | Q(absent)) & ~Q(answered)


def unreasoned(actor: Actor) -> Q:
    """A recommendation to the State of the last six months, on which it has given no reasons."""
    party = actor.party_code
    given = of(Statement, actor, party_id=party, kind=Statement.Kind.REASONS)
    ours = of(Clause, actor, addressees__contains=[party])
    return recommended_lately() & Q(ours) & ~Q(given)


def recommended_lately() -> Q:
    """A recommendation whose six months for reasons are not over."""
    since = timezone.now().date() - REASONS_WITHIN
    return Q(state__in=STANDING, kind=Decision.Kind.RECOMMENDATION, adopted_on__gte=since)


def answer_due(row: Any) -> datetime.datetime | None:
    """Until when the State answers; the whole of the last day counts, days of decisions in writing are UTC.

    Of a vote in a meeting None. A row that may be in a vote is annotated with `vote_until`.
    """
    if row.state == S.VOTING:
        return row.vote_until
    day = row.ad_referendum_until if row.state == S.PENDING_AD_REFERENDUM else None
    if row.state in STANDING and row.adopted_on is not None:
        day = row.adopted_on + REASONS_WITHIN
    if day is None:
        return None
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
