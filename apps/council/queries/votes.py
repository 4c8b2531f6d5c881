"""A vote as the engine counts it, and as the room sees it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from apps.access.actor import Actor
from apps.council.models import Ballot, Decision, Meeting, Vote
from apps.council.procedures.queries import silences
from apps.council.queries import membership
from apps.council.queries.presence import credentials_missing, present_at
from apps.council.queries.vote_boards import Board, Seat
from apps.council.rules import result_words, votes
from apps.people.models import Party

VALUES = {
    Ballot.Value.FOR: votes.FOR,
    Ballot.Value.AGAINST: votes.AGAINST,
    Ballot.Value.ABSTAIN: votes.ABSTAIN,
    Ballot.Value.FOR_AD_REF: votes.FOR_AD_REF,
}
"""What a ballot says, in the engine's words."""


def frozen(decision: Decision, day: datetime.date) -> dict[str, Any]:
    """What is fixed when a vote opens: membership, arrears, waivers and the decision's own facts, as JSON."""
    determination = decision.determination
    return {
        "members": [party.code for party in membership.roll(day)],
        "associates": [party.code for party in membership.associates(day)],
        "arrears": {party: due.isoformat() for party, due in membership.arrears(day).items()},
        "waivers": sorted(membership.waivers(day)),
        "csme_matter": decision.csme_matter,
        "dispute_parties": list(decision.dispute_parties),
        "financial_statement": decision.financial is not None,
        "wellbeing_determined": determination is not None and determination.adopted_on is not None,
    }


def poll(
    vote: Vote,
    ballots: Iterable[tuple[str, str]],
    *,
    present: Iterable[str],
    without_credentials: Iterable[str] = (),
    objections: Iterable[str] = (),
) -> votes.Poll:
    """The question for the engine: frozen facts, and the presence and ballots of a moment."""
    facts, day = vote.poll, vote.day
    return votes.Poll(
        rule_set=membership.rules_of(vote.rule_set),
        day=day,
        question=vote.question,
        members=tuple(facts["members"]),
        associates=frozenset(facts["associates"]),
        present=frozenset(present),
        ballots=tuple(ballots),
        arrears={party: datetime.date.fromisoformat(due) for party, due in facts["arrears"].items()},
        waivers=tuple(votes.Waiver(party, day, day) for party in facts["waivers"]),
        csme_matter=facts["csme_matter"],
        dispute_parties=frozenset(facts["dispute_parties"]),
        credentials_missing=frozenset(without_credentials),
        financial_statement=facts["financial_statement"],
        wellbeing_determined=facts["wellbeing_determined"],
        method=votes.CONSENSUS if vote.method == Vote.Method.CONSENSUS else votes.VOTE,
        objections=tuple(objections),
        written=vote.method in {Vote.Method.WRITTEN, Vote.Method.SILENCE},
    )


def current_poll(vote: Vote, at: datetime.datetime) -> votes.Poll:
    """The poll of an open vote at a moment, with everybody's ballots: for the engine alone, never for a page."""
    return poll(vote, cast(vote), present=present(vote.meeting, at), without_credentials=missing(vote.meeting, at))


def recounted(vote: Vote, answers: Mapping[str, bool]) -> votes.Poll:
    """The poll of a closed vote after Cabinets have answered; after a short consensus, with the States that joined."""
    joined = {party for party, yes in answers.items() if yes} if vote.method == Vote.Method.CONSENSUS else set()
    again = poll(
        vote,
        cast(vote),
        present={*vote.present, *joined},
        without_credentials=set(vote.poll.get("without_credentials", ())) - joined,
    )
    return votes.confirmed(again, answers)


def cast(vote: Vote) -> list[tuple[str, str]]:
    """(party, engine's word) of each ballot in the order cast; refused ones too: the engine refuses them again."""
    rows = Ballot.objects.filter(vote=vote).exclude(value=Ballot.Value.OBJECT).order_by("order")
    return [(party, VALUES[value]) for party, value in rows.values_list("party_id", "value")]


def present(meeting: Meeting | None, at: datetime.datetime) -> frozenset[str]:
    """Who is there; nobody where nobody meets."""
    return present_at(meeting, at) if meeting is not None else frozenset()


def missing(meeting: Meeting | None, at: datetime.datetime) -> frozenset[str]:
    """Who has no credentials in force; in writing nobody needs any."""
    return credentials_missing(meeting, at) if meeting is not None else frozenset()


def outcome(result: votes.Result, rule_set: str) -> dict[str, Any]:
    """A result as it is stored with its decision: the engine's keys, the rule set and the sentence."""
    data = result.as_data()
    return {
        **data,
        "rule_set": rule_set,
        "rule_set_hash": result.rule_set_hash,
        "sentence": result_words.sentence(result),
    }


def board(actor: Actor, decision: Decision, attended: Any = None) -> Board | None:
    """The last vote on a visible decision as this actor may know it; None before the first.

    While an electronic or written vote is open nobody is given counts but those of their own State's ballot and of the
    turnout.
    `attended` (queries.room.Attendance) spares what it knows already: two queries with it, five without.
    """
    vote = _last_vote(actor, decision)
    if vote is None:
        return None
    if vote.method == Vote.Method.SILENCE:
        return silences.board(vote)
    now = timezone.now()
    is_open = vote.state == Vote.State.OPEN
    here, without = frozenset(vote.present), frozenset(vote.poll.get("without_credentials", ()))
    if is_open and attended is not None:
        here, without = attended.present, attended.without_credentials
    elif is_open:
        here, without = present(vote.meeting, now), missing(vote.meeting, now)
    ballots = list(Ballot.objects.filter(vote=vote).order_by("order"))
    said = [(row.party_id, VALUES[Ballot.Value(row.value)]) for row in ballots if row.value != Ballot.Value.OBJECT]
    against = [row.party_id for row in ballots if row.value == Ballot.Value.OBJECT]
    everything = poll(vote, said, present=here, without_credentials=without, objections=against)
    result = votes.evaluate(everything)
    secret = is_open and vote.method not in Vote.BY_HAND
    known = [row for row in ballots if not row.code and (not secret or row.party_id == actor.party_code)]
    names = attended.names if attended is not None else {}
    voted = {party for party, _ in everything.ballots}
    return Board(
        state=vote.state,
        method=vote.method,
        number=vote.number,
        seats=_seats(everything, {row.party_id: row for row in known}, voted, names, vote.receipts),
        counts=_counts(result, voted, secret=secret),
        required=result.required,
        members_total=result.members_total,
        quorum_required=result.quorum_required,
        present=result.present,
        standing="" if secret or not is_open else votes.live(everything).chance,
        sentence="" if is_open else result_words.sentence(result),
        arithmetic=[]
        if is_open
        else [(line.code, str(line.value)) for line in result_words.explain(everything, result)],
        text_hash8=vote.text_hash[:8],
        rule_set=vote.rule_set_id,
        by_analogy=result.applied_by_analogy,
        outcome="" if is_open else result.outcome.lower(),
        closes_at=vote.closes_at,
        period_source=vote.poll.get("period", {}).get("rules", {}).get("source", ""),
    )


def _last_vote(actor: Actor, decision: Decision) -> Vote | None:
    rows = Vote.objects.visible_to(actor).filter(decision=decision).exclude(state=Vote.State.VOID)
    return rows.select_related("rule_set", "meeting").order_by("-number").first()


def _seats(
    everything: votes.Poll,
    shown: Mapping[str, Ballot],
    voted: set[str],
    known: Mapping[str, str],
    receipts: Mapping[str, str],
) -> list[Seat]:
    names = known or dict(Party.objects.filter(code__in=everything.members).values_list("code", "short_name"))
    barred = votes.disqualified(
        everything.rule_set,
        everything.day,
        everything.members,
        everything.arrears,
        everything.waivers,
        everything.csme_matter,
        everything.dispute_parties,
    )
    seats = []
    for party in everything.members:
        code = barred.get(party) or (votes.NO_CREDENTIALS if party in everything.credentials_missing else "")
        ballot = shown.get(party)
        seats.append(
            Seat(
                party=party,
                name=names.get(party, party),
                present=everything.written or party in everything.present,
                entitled=not code,
                reason=result_words.REJECTED_BALLOTS[code] if code else "",
                value=ballot.value if ballot else "",
                voted=party in voted,
                at=ballot.at if ballot else None,
                received_at=datetime.datetime.fromisoformat(receipts[party]) if party in receipts else None,
            )
        )
    return seats


def _counts(result: votes.Result, voted: set[str], *, secret: bool) -> dict[str, int]:
    turnout = {"voted": len(voted), "not_voted": result.members_total - len(voted)}
    if secret:
        return turnout
    return turnout | {
        "for": result.votes_for,
        "against": result.against,
        "abstain": result.abstain,
        "ad_referendum": result.ad_referendum,
        "not_voting": result.not_voting,
    }
