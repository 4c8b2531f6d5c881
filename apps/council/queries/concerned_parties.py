"""Which parties a decision concerns, for those who are told of it."""

import datetime

from apps.council.models import Ballot, Clause, Decision, Vote


def addressed(decision: Decision) -> list[str]:
    """Codes of the parties that its clauses address."""
    rows = Clause.objects.filter(decision=decision).values_list("addressees", flat=True)
    return sorted({code for codes in rows for code in codes})


def vote_closes_at(decision: Decision) -> datetime.datetime | None:
    """Until when the open vote on it takes ballots; None in a meeting, and for none."""
    rows = Vote.objects.filter(decision=decision, state=Vote.State.OPEN)
    return rows.values_list("closes_at", flat=True).first()


def subject_to_cabinet(decision: Decision) -> list[str]:
    """Codes of the States that voted subject to confirmation in the last vote."""
    last = Vote.objects.filter(decision=decision, state=Vote.State.CLOSED).order_by("-number").first()
    states = Ballot.objects.filter(vote=last, value=Ballot.Value.FOR_AD_REF).values_list("party_id", flat=True)
    return sorted(set(states))
