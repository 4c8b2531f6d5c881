"""A result in words: the arithmetic line by line, one sentence, and why a ballot was not counted.

Texts are English; each line and each refused ballot also has a code under which a translation can be kept.
"""

from typing import NamedTuple

from . import votes
from .rule_sets import Question, RuleSet
from .votes import Poll, Result

REJECTED_BALLOTS = {
    votes.NOT_A_MEMBER_STATE: "Only Member States vote, and on that day it is not one (Revised Treaty Art. 27(1)).",
    votes.ASSOCIATE_MEMBER: "Associate Members attend and speak; only Member States vote (Revised Treaty Art. 27(1)).",
    votes.ARREARS: "Contributions more than two years in arrears take its vote (Revised Treaty Art. 27(2)).",
    votes.PARTY_TO_ISSUE: "It is a party to the issue and does not vote on it (Revised Treaty Art. 28(4)).",
    votes.NO_CREDENTIALS: "Nobody holds credentials to vote for it (portal rule, to be confirmed by the organ).",
    votes.NOT_PRESENT: "It was not present at the close; only States represented vote (Revised Treaty Art. 27(1)).",
    votes.AD_REFERENDUM_NOT_ALLOWED: (
        "The rules of this organ know no vote subject to Cabinet (portal rule, to be confirmed by the organ)."
    ),
}
"""Why a ballot was not counted, by its code: one sentence with the article."""


class Line(NamedTuple):
    """One line of the arithmetic: a code for its label, and the number or the text that follows."""

    code: str
    value: int | str


def explain(poll: Poll, result: Result) -> list[Line]:
    """The arithmetic of a result, line by line, for the screen of the chair and for the record.

    Codes: members, without_vote (one line for each party), entitled, present, quorum_required, quorum (met, not_met,
    not_applied), gate, rule, for, against, abstain, ad_referendum, not_voting, rejected (one line for each ballot),
    objections, veto, comparison, by_analogy. Revised Treaty Art. 27 to 29.
    """
    question = poll.rule_set.question(poll.question)
    lost = votes.disqualified(
        poll.rule_set, poll.day, poll.members, poll.arrears, poll.waivers, poll.csme_matter, poll.dispute_parties
    )
    lines = [Line("members", result.members_total)]
    lines += [Line("without_vote", f"{party} {code}") for party, code in lost.items()]
    lines += [Line("entitled", result.entitled), *_quorum(result)]
    if question is None:
        lines.append(Line("gate", result.outcome))
    else:
        lines.append(Line("rule", rule(question, result.base)))
        lines += _counts(result)
        lines += _judgement(question, result)
    if result.applied_by_analogy:
        lines.append(Line("by_analogy", _analogy(poll.rule_set)))
    return lines


def rule(question: Question, base: int) -> str:
    """How the number of votes needed follows from the number of States: "3/4 of 15 = 11.25, rounded up 12".

    Revised Treaty Art. 27(3), 27(6), 28(2) and 29(2). Integers only; an endless decimal ends in an ellipsis.
    """
    numerator, denominator = question.fraction
    whole, rest = divmod(numerator * base, denominator)
    share = f"{'more than ' if question.strictly_more else ''}{numerator}/{denominator} of {base} = {whole}"
    if rest:
        hundredths, beyond = divmod(100 * rest, denominator)
        share += f".{hundredths:02d}".rstrip("0") + ("…" if beyond else "")
    needed = question.required(base)
    if question.strictly_more:
        return f"{share}, so {needed}"
    return f"{share}, rounded up {needed}" if rest else share


def sentence(result: Result) -> str:
    """The result in one English sentence: "Adopted: 13 for, 12 of 15 needed.".

    Revised Treaty Art. 27 to 29.
    """
    needed = f"{result.required} of {result.base} needed"
    if result.outcome == votes.ADOPTED and result.method == votes.CONSENSUS:
        return f"Adopted by consensus: no objection, {result.entitled_present} entitled States present, {needed}."
    if result.outcome == votes.ADOPTED:
        return f"Adopted: {result.votes_for} for, {needed}."
    if result.outcome == votes.REJECTED and result.votes_for >= result.required and result.against:
        return (
            f"Rejected: {result.votes_for} for, {needed}, but {result.against} against, and one is enough to defeat it."
        )
    if result.outcome == votes.PENDING and result.method == votes.CONSENSUS:
        return f"Pending: no objection, but only {result.entitled_present} entitled States present, {needed}."
    if result.outcome == votes.PENDING:
        return f"Pending: {result.votes_for} for and {result.ad_referendum} subject to Cabinet, {needed}."
    return _not_adopted(result, needed)


def _not_adopted(result: Result, needed: str) -> str:
    quorum = f"{result.quorum_required} of {result.members_total} needed"
    objectors = len(result.objections_counted)
    by_outcome = {
        votes.REJECTED: f"Rejected: {result.votes_for} for, {needed}.",
        votes.NO_QUORUM: f"No quorum: {result.present} present, {quorum} (Revised Treaty Art. 27(1)).",
        votes.NO_STATEMENT: "Not decided: no statement of financial implications (Revised Treaty Art. 27(5)).",
        votes.NO_DETERMINATION: (
            "Not decided: the issue has not been determined to be of critical importance (Revised Treaty Art. 29)."
        ),
        votes.BROKEN: f"Consensus broken: {objectors} {'objection' if objectors == 1 else 'objections'}.",
        votes.NO_QUESTION: "Not decided: the rules of this organ do not let it take this kind of decision.",
    }
    return by_outcome[result.outcome]


def _quorum(result: Result) -> list[Line]:
    met = "not_met" if result.outcome == votes.NO_QUORUM else "met"
    if result.outcome == votes.NO_QUESTION and result.present < result.quorum_required:
        met = "not_met"
    return [
        Line("present", result.present),
        Line("quorum_required", result.quorum_required),
        Line("quorum", "not_applied" if result.written else met),
    ]


def _counts(result: Result) -> list[Line]:
    if result.method == votes.CONSENSUS:
        return [Line("objections", len(result.objections_counted))]
    return [
        Line("for", result.votes_for),
        Line("against", result.against),
        Line("abstain", result.abstain),
        Line("ad_referendum", result.ad_referendum),
        Line("not_voting", result.not_voting),
        *(Line("rejected", f"{party} {code}") for party, code in result.rejected_ballots),
    ]


def _judgement(question: Question, result: Result) -> list[Line]:
    if result.outcome in {votes.NO_QUORUM, votes.NO_STATEMENT, votes.NO_DETERMINATION}:
        return [Line("gate", result.outcome)]
    if result.method == votes.CONSENSUS:
        return []
    reached = result.votes_for >= result.required
    lines = [Line("comparison", f"{result.votes_for} {'≥' if reached else '<'} {result.required}")]
    if question.vetoed_by_one:
        lines.append(Line("veto", result.against))
    return lines


def _analogy(rules: RuleSet) -> str:
    return f"Rules applied by analogy ({rules.id})."
