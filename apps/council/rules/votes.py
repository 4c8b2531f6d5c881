"""The vote engine: from the ballots of a sitting to its outcome, by the rules of its day and in integers only.

The order of the gates is fixed: members, vote rights, ballots, quorum, statement of financial implications,
determination of critical importance, consensus, majority. There is no casting vote, no proxy and no weighted vote.
Party codes are opaque. Revised Treaty Art. 27 to 29; what the Treaty leaves open is a portal rule, to be confirmed by
the organ.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .rule_sets import ENTITLED, Question, RuleError, RuleSet
from .working_time import add_years

FOR, AGAINST, ABSTAIN, FOR_AD_REF = VOTES = ("FOR", "AGAINST", "ABSTAIN", "FOR_AD_REF")
VOTE, CONSENSUS = METHODS = ("VOTE", "CONSENSUS")

ADOPTED, REJECTED, NO_QUORUM = "ADOPTED", "REJECTED", "NO_QUORUM"
PENDING, BROKEN = "PENDING_AD_REFERENDUM", "CONSENSUS_BROKEN"
NO_STATEMENT, NO_DETERMINATION = "BLOCKED_NO_FINANCIAL_STATEMENT", "BLOCKED_NO_DETERMINATION"
NO_QUESTION = "QUESTION_NOT_IN_RULESET"

ARREARS, PARTY_TO_ISSUE = "ARREARS", "PARTY_TO_ISSUE"
ASSOCIATE_MEMBER, NOT_A_MEMBER_STATE = "ASSOCIATE_MEMBER", "NOT_A_MEMBER_STATE"
NO_CREDENTIALS, NOT_PRESENT = "NO_CREDENTIALS", "NOT_PRESENT"
AD_REFERENDUM_NOT_ALLOWED = "AD_REFERENDUM_NOT_ALLOWED"

CAN_STILL_PASS, CANNOT_PASS, HAS_PASSED = "can_still_pass", "cannot_pass", "has_passed"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave of the Conference for a State in arrears to vote, both days included. Revised Treaty Art. 27(2)."""

    party: str
    valid_from: date
    valid_to: date | None = None

    def covers(self, party: str, day: date) -> bool:
        """Whether the leave is for this State and that day."""
        return self.party == party and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Poll:
    """All facts of one question put to an organ. Revised Treaty Art. 27 to 29.

    `members` are the full Member States of `day` in roll-call order, `associates` the Associate Members; `present`
    those in the room (or connected) when the poll closes; `ballots` are (party, vote) in the order cast, the last one
    of a State counts; `arrears` maps a State to the due date of its oldest unpaid contribution; `written` leaves
    presence out.
    """

    rule_set: RuleSet
    day: date
    question: str
    members: tuple[str, ...]
    associates: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    ballots: tuple[tuple[str, str], ...] = ()
    arrears: Mapping[str, date] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    csme_matter: bool = False
    dispute_parties: frozenset[str] = frozenset()
    credentials_missing: frozenset[str] = frozenset()
    financial_statement: bool = True
    wellbeing_determined: bool = False
    method: str = VOTE
    objections: tuple[str, ...] = ()
    written: bool = False

    def __post_init__(self) -> None:
        for party, vote in self.ballots:
            if vote not in VOTES:
                raise RuleError(f"{vote!r} of {party} is not a vote. Votes are {', '.join(VOTES)}.")
        if self.method not in METHODS:
            raise RuleError(f"{self.method!r} is not a method. Methods are {', '.join(METHODS)}.")
        if self.method == CONSENSUS and not self.rule_set.consensus.allowed:
            raise RuleError(f"Rule set {self.rule_set.id} does not let the organ decide by consensus.")


@dataclass(frozen=True, slots=True)
class Result:
    """What a poll came to. Revised Treaty Art. 27 to 29.

    Counts are of Member States; `entitled_present` are those that may vote and can act (in writing, all of them).
    `base` is what the majority was reckoned of, 0 when the question is not in the rule set.
    """

    outcome: str
    question: str
    method: str
    written: bool
    rule_set: str
    rule_set_hash: str
    applied_by_analogy: bool
    members_total: int
    entitled: int
    present: int
    entitled_present: int
    quorum_required: int
    base: int = 0
    required: int = 0
    votes_for: int = 0
    against: int = 0
    abstain: int = 0
    ad_referendum: int = 0
    not_voting: int = 0
    rejected_ballots: tuple[tuple[str, str], ...] = ()
    objections_counted: tuple[str, ...] = ()
    binding: bool = False

    def as_data(self) -> dict[str, Any]:
        """The record of the result for storing and sealing: lists, numbers and text only."""
        seen = ("members_total", "entitled", "present", "quorum_required")
        data: dict[str, Any] = {name: getattr(self, name) for name in seen}
        if self.outcome != NO_QUESTION:
            counts = ("votes_for", "against", "abstain", "ad_referendum", "not_voting", "required")
            data |= {name: getattr(self, name) for name in counts}
            data |= {"rejected_ballots": [list(pair) for pair in self.rejected_ballots], "binding": self.binding}
            if self.method == CONSENSUS:
                data["objections_counted"] = list(self.objections_counted)
        return data | {"outcome": self.outcome}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a vote stands while it is open. Portal rule, to be confirmed by the organ.

    `outstanding` are the States that may still vote now, in roll-call order; `chance` is can_still_pass, cannot_pass or
    has_passed; `gate` is the outcome code of a gate that shuts the poll as things are, else "".
    """

    votes_for: int
    needed: int
    outstanding: tuple[str, ...]
    chance: str
    gate: str
    present: int
    quorum_required: int


@dataclass(frozen=True, slots=True)
class _Count:
    """Who may vote, who is here, and what was accepted."""

    disqualified: dict[str, str]
    present: tuple[str, ...]
    accepted: dict[str, str]
    rejected: tuple[tuple[str, str], ...]

    def of(self, vote: str) -> int:
        return sum(cast == vote for cast in self.accepted.values())


def disqualified(
    rule_set: RuleSet,
    day: date,
    members: Iterable[str],
    arrears: Mapping[str, date],
    waivers: Collection[Waiver] = (),
    csme_matter: bool = False,
    dispute_parties: Collection[str] = (),
) -> dict[str, str]:
    """The members that may not vote on that day, with the code why: ARREARS or PARTY_TO_ISSUE.

    More than two years behind, counted from the due date of the oldest unpaid contribution, except in matters of the
    Single Market or with leave of the Conference: Revised Treaty Art. 27(2). Parties to the issue: Art. 28(4).
    """
    exempt = csme_matter and rule_set.arrears.exempt_if_csme_matter
    reasons: dict[str, str] = {}
    for party in members:
        waived = exempt or any(waiver.covers(party, day) for waiver in waivers)
        if not waived and _behind(rule_set, day, arrears.get(party)):
            reasons[party] = ARREARS
        if rule_set.barred_parties.applies and party in dispute_parties:
            reasons.setdefault(party, PARTY_TO_ISSUE)
    return reasons


def evaluate(poll: Poll) -> Result:
    """Count a poll. Revised Treaty Art. 27 to 29, gates in the order given at the head of the module."""
    count = _count(poll)
    question = poll.rule_set.question(poll.question)
    if question is None:
        return _seen(poll, count, NO_QUESTION)
    total = len(poll.members)
    base = total - len(count.disqualified) if question.base == ENTITLED else total
    result = replace(
        _seen(poll, count, REJECTED),
        base=base,
        required=question.required(base),
        votes_for=count.of(FOR),
        against=count.of(AGAINST),
        abstain=count.of(ABSTAIN),
        ad_referendum=count.of(FOR_AD_REF),
        not_voting=total - len(count.accepted),
        rejected_ballots=count.rejected,
        objections_counted=_objections(poll, count),
    )
    outcome = _gate(poll, count, question) or _outcome(poll, count, question, result)
    return replace(result, outcome=outcome, binding=outcome == ADOPTED and question.binding)


def live(poll: Poll) -> Standing:
    """Where the poll stands with the presence and the ballots of this moment.

    A question that one vote against defeats has passed only when nobody who may vote is left. Portal rule, to be
    confirmed by the organ.
    """
    count = _count(poll)
    result = evaluate(poll)
    question = poll.rule_set.question(poll.question)
    free = tuple(party for party in _entitled_here(poll, count) if party not in count.accepted)
    gate = NO_QUESTION if question is None else _gate(poll, count, question)
    return Standing(
        votes_for=result.votes_for,
        needed=result.required,
        outstanding=free,
        chance=CANNOT_PASS if gate or question is None else _chance(poll, question, result, len(free)),
        gate=gate,
        present=result.present,
        quorum_required=result.quorum_required,
    )


def confirmed(poll: Poll, answers: Mapping[str, bool]) -> Poll:
    """The same poll after Cabinets have answered: a vote subject to Cabinet becomes a vote for, or is taken out.

    States that have not answered keep their vote subject to Cabinet. Portal rule, to be confirmed by the organ.
    """
    last = dict(poll.ballots)
    said = {party: yes for party, yes in answers.items() if last.get(party) == FOR_AD_REF}
    ballots = [pair for pair in poll.ballots if pair[0] not in said]
    ballots += [(party, FOR) for party, yes in said.items() if yes]
    return replace(poll, ballots=tuple(ballots))


def _behind(rule_set: RuleSet, day: date, oldest_unpaid: date | None) -> bool:
    if oldest_unpaid is None:
        return False
    limit = add_years(oldest_unpaid, rule_set.arrears.threshold_years)
    return day > limit or (day == limit and not rule_set.arrears.strictly_more)


def _count(poll: Poll) -> _Count:
    lost = disqualified(
        poll.rule_set, poll.day, poll.members, poll.arrears, poll.waivers, poll.csme_matter, poll.dispute_parties
    )
    present = tuple(party for party in poll.members if party in poll.present and party not in poll.credentials_missing)
    accepted: dict[str, str] = {}
    rejected = []
    for party, vote in poll.ballots:
        code = _refusal(poll, lost, party, vote)
        if code:
            rejected.append((party, code))
        else:
            accepted[party] = vote
    return _Count(lost, present, accepted, tuple(rejected))


def _refusal(poll: Poll, lost: Mapping[str, str], party: str, vote: str) -> str:
    if party not in poll.members:
        return ASSOCIATE_MEMBER if party in poll.associates else NOT_A_MEMBER_STATE
    if party in lost:
        return lost[party]
    if party in poll.credentials_missing:
        return NO_CREDENTIALS
    if party not in poll.present and not poll.written:
        return NOT_PRESENT
    return AD_REFERENDUM_NOT_ALLOWED if vote == FOR_AD_REF and not poll.rule_set.ad_referendum.allowed else ""


def _seen(poll: Poll, count: _Count, outcome: str) -> Result:
    return Result(
        outcome=outcome,
        question=poll.question,
        method=poll.method,
        written=poll.written,
        rule_set=poll.rule_set.id,
        rule_set_hash=poll.rule_set.content_hash,
        applied_by_analogy=poll.rule_set.applied_by_analogy,
        members_total=len(poll.members),
        entitled=len(poll.members) - len(count.disqualified),
        present=len(count.present),
        entitled_present=len(_entitled_here(poll, count)),
        quorum_required=poll.rule_set.quorum.required(len(poll.members)),
    )


def _here(poll: Poll, count: _Count) -> tuple[str, ...]:
    """Those who can act: present with credentials; in writing every member with credentials."""
    if not poll.written:
        return count.present
    return tuple(party for party in poll.members if party not in poll.credentials_missing)


def _entitled_here(poll: Poll, count: _Count) -> tuple[str, ...]:
    return tuple(party for party in _here(poll, count) if party not in count.disqualified)


def _objections(poll: Poll, count: _Count) -> tuple[str, ...]:
    if poll.method != CONSENSUS:
        return ()
    by_right = poll.rule_set.consensus.objection_requires_vote_right
    heard = _entitled_here(poll, count) if by_right else _here(poll, count)
    return tuple(party for party in dict.fromkeys(poll.objections) if party in heard)


def _gate(poll: Poll, count: _Count, question: Question) -> str:
    """The outcome of the first gate that is shut, or ""."""
    quorum = poll.rule_set.quorum
    making = [p for p in count.present if quorum.counts_arrears_states or count.disqualified.get(p) != ARREARS]
    if not poll.written and len(making) < quorum.required(len(poll.members)):
        return NO_QUORUM
    if question.requires_financial_statement and not poll.financial_statement:
        return NO_STATEMENT
    if question.question == "DECISION_CRITICAL" and not poll.wellbeing_determined:
        return NO_DETERMINATION
    return ""


def _outcome(poll: Poll, count: _Count, question: Question, result: Result) -> str:
    if poll.method == CONSENSUS:
        return _consensus(poll, result)
    if question.vetoed_by_one and result.against:
        return REJECTED
    if result.votes_for >= result.required:
        return ADOPTED
    return PENDING if result.votes_for + result.ad_referendum >= result.required else REJECTED


def _consensus(poll: Poll, result: Result) -> str:
    if result.objections_counted:
        return BROKEN
    if poll.rule_set.consensus.floor and result.entitled_present < result.required:
        return poll.rule_set.consensus.if_short
    return ADOPTED


def _chance(poll: Poll, question: Question, result: Result, outstanding: int) -> str:
    if poll.method == CONSENSUS:
        return {ADOPTED: HAS_PASSED, PENDING: CAN_STILL_PASS}.get(result.outcome, CANNOT_PASS)
    if question.vetoed_by_one and result.against:
        return CANNOT_PASS
    if result.votes_for >= result.required:
        return CAN_STILL_PASS if question.vetoed_by_one and outstanding else HAS_PASSED
    reachable = result.votes_for + result.ad_referendum + outstanding
    return CAN_STILL_PASS if reachable >= result.required else CANNOT_PASS
