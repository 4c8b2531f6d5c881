"""Votes: what is frozen when one opens, ballots, and the closing by the engine."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.choices import some
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council.actions import outcome, periods
from apps.council.actions.decision_fields import ListField
from apps.council.actions.drafts import today_in
from apps.council.models import Ballot, Decision, Meeting, Vote
from apps.council.policy import decisions as policy
from apps.council.policy import may_preside
from apps.council.queries import consequences, membership
from apps.council.queries import votes as queries
from apps.council.queries import written_votes as written
from apps.council.refusals import Refusals
from apps.council.rules import votes

S = Decision.State
CAST = [choice for choice in Ballot.Value.choices if choice[0] != Ballot.Value.OBJECT]
ENDS = {S.ADOPTED, S.REJECTED, S.PROPOSED, S.PENDING_AD_REFERENDUM}
IN_ROOM = some(Vote.Method.ELECTRONIC, Vote.Method.SHOW, Vote.Method.ROLL)
VOTE_FIELDS: dict[str, forms.Field] = {
    "vote": forms.ChoiceField(label=pgettext_lazy("field, council", "Vote"), choices=CAST, widget=forms.RadioSelect),
    "explanation": forms.CharField(
        label=_("Explanation of vote"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    ),
}


@action(
    "decision.open_vote",
    model=Decision,
    label=_("Open the vote"),
    done=_("Opened the vote"),
    policy=may_preside,
    starts={S.PROPOSED},
    ends=S.VOTING,
    otherwise=Refusals.VOTE_NEEDS_TEXT,
    takes={
        "method": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Method"),
            required=False,
            choices=IN_ROOM,
            help_text=_("Electronic unless you choose another method"),
        ),
        "period_hours": periods.PERIOD,
        "urgent": periods.URGENT,
        "urgent_basis": periods.BASIS,
    },
)
def open_vote(
    actor: Actor,
    decision: Decision,
    *,
    method: str = "",
    period_hours: int | None = None,
    urgent: bool = False,
    urgent_basis: str = "",
) -> Decision:
    """Open a vote on the text as it stands; membership, arrears, waivers and rules are frozen now.

    In a meeting it has to be in session; without a meeting it is a written vote, open for the period of the organ's
    rules or a longer one. Refused without the statement of financial implications where the rules ask for one
    (Revised Treaty, Article 27(5)).
    """
    vote = frozen_vote(decision, method or Vote.Method.ELECTRONIC)
    if vote.meeting_id is None:
        _set_period(vote, decision.organ_id, period_hours, urgent, urgent_basis)
    elif period_hours is not None or urgent:
        raise ValidationError({"period_hours": _now("Only a vote outside a meeting has a period. Leave it empty.")})
    vote.save()
    decision.reason = ""
    emit("vote.opened" if vote.meeting_id is not None else "vote.opened_in_writing", decision)
    return decision


def _set_period(vote: Vote, organ: str, hours: int | None, urgent: bool, basis: str) -> None:
    """Until when a written vote is open, with the rules and holidays that say so kept beside it."""
    rules = membership.written_vote_rules_on(organ, vote.day)
    if rules is None:
        raise Refused(Refusals.NO_WRITTEN_VOTE)
    held, period = periods.chosen(rules, organ, hours, urgent=urgent, basis=basis)
    vote.closes_at, holidays = written.deadline(held, period, vote.poll["members"], vote.opened_at)
    kept = {"rules": held, "hours": period, "urgent_basis": basis if urgent else "", "holidays": holidays}
    vote.poll = {**vote.poll, "period": kept}


def frozen_vote(decision: Decision, method: str) -> Vote:
    """An unsaved vote on the decision, with what is fixed at its opening; refused where none can be held."""
    meeting = decision.meeting
    if meeting is not None and meeting.state != Meeting.State.IN_SESSION:
        raise Refused("wrong-state", Refusals.NOT_IN_SESSION)
    day = today_in(decision)
    rule_set = meeting.rule_set if meeting is not None else membership.rule_set_on(decision.organ_id, day)
    question = membership.rules_of(rule_set).question(decision.question) if rule_set is not None else None
    if rule_set is None or question is None:
        raise Refused(Refusals.NO_RULE_FOR_QUESTION)
    if question.requires_financial_statement and decision.financial is None:
        raise Refused("wrong-state", Refusals.NO_FINANCIAL_STATEMENT)
    return Vote(
        decision=decision,
        meeting=meeting,
        number=Vote.objects.filter(decision=decision).count() + 1,
        method=method if meeting is not None else Vote.Method.WRITTEN,
        question=decision.question,
        day=day,
        rule_set=rule_set,
        rule_set_hash=rule_set.sha256,
        text_hash=decision.text_hash,
        poll=queries.frozen(decision, day),
        opened_at=timezone.now(),
    )


@action(
    "decision.cast_vote",
    model=Decision,
    label=pgettext_lazy("button, council", "Vote"),
    done=_("Cast a vote"),
    policy=policy.may_vote,
    starts={S.VOTING},
    ends=S.VOTING,
    otherwise=Refusals.VOTE_CLOSED,
    takes=VOTE_FIELDS,
    binding=Binding(consequences.of_vote, in_person=True),
)
def cast_vote(actor: Actor, decision: Decision, *, vote: str, explanation: str = "") -> Decision:
    """Cast the vote of one's State, once; refused with the rule where the State has none."""
    running = open_vote_on(decision)
    _may_cast(running, actor.party_code)
    if _own_ballot(running, actor.party_code):
        raise Refused("wrong-state", Refusals.VOTED_ALREADY)
    add_ballot(actor, running, party=actor.party_code, value=vote, explanation=explanation)
    return decision


@action(
    "decision.change_vote",
    model=Decision,
    label=_("Change our vote"),
    done=_("Changed a vote"),
    policy=policy.may_vote,
    starts={S.VOTING},
    ends=S.VOTING,
    otherwise=Refusals.VOTE_CLOSED,
    takes=VOTE_FIELDS,
    binding=Binding(consequences.of_vote, in_person=True),
)
def change_vote(actor: Actor, decision: Decision, *, vote: str, explanation: str = "") -> Decision:
    """Replace the vote of one's State while the vote is open; the earlier ballot stays in the log."""
    running = open_vote_on(decision)
    _may_cast(running, actor.party_code)
    if not _own_ballot(running, actor.party_code):
        raise Refused("wrong-state", Refusals.NOT_VOTED_YET)
    add_ballot(actor, running, party=actor.party_code, value=vote, explanation=explanation)
    return decision


@action(
    "decision.record_vote",
    model=Decision,
    label=_("Record a vote"),
    done=_("Recorded a vote"),
    policy=may_preside,
    starts={S.VOTING},
    ends=S.VOTING,
    otherwise=Refusals.VOTE_CLOSED,
    takes={
        "party": forms.CharField(
            label=pgettext_lazy("field, council", "State"), max_length=8, help_text=_("Its three-letter code")
        ),
        "vote": forms.ChoiceField(label=pgettext_lazy("field, council", "Vote"), choices=CAST),
    },
)
def record_vote(actor: Actor, decision: Decision, *, party: str, vote: str) -> Decision:
    """Record what a State said in a roll call or showed by hand; one that does not count is kept with the reason."""
    running = open_vote_on(decision)
    if running.method not in Vote.BY_HAND:
        raise Refused(Refusals.NOT_BY_HAND)
    known = {*running.poll["members"], *running.poll["associates"]}
    if party.upper() not in known:
        raise ValidationError({"party": _now("%(code)s is not a State of the Community.") % {"code": party}})
    add_ballot(actor, running, party=party.upper(), value=vote, code=refusal_of(running, party.upper()))
    return decision


@action(
    "decision.close_vote",
    model=Decision,
    label=_("Close the vote"),
    done=_("Closed the vote"),
    policy=may_preside,
    starts={S.VOTING},
    ends=ENDS,
    otherwise=Refusals.VOTE_CLOSED,
)
def close_vote(actor: Actor, decision: Decision) -> Decision:
    """End the vote for good and let the rules say what it came to; a mistake is voided and voted on anew.

    A written vote is closed before its period is over only when every State with a vote has voted.
    """
    running, now = open_vote_on(decision), timezone.now()
    if running.text_hash != decision.text_hash:
        raise Refused("wrong-state", Refusals.TEXT_CHANGED)
    _period_is_over(running, now)
    finish(decision, running, queries.current_poll(running, now))
    return decision


def _period_is_over(running: Vote, now: datetime.datetime) -> None:
    """Refuse the close of a written vote in which a State can still vote, with who and until when."""
    if running.closes_at is None or now > running.closes_at:
        return
    missing = written.to_come(running)
    if missing:
        sentence = _now(
            "This written vote is open until %(until)s UTC (%(source)s), and %(n)s States have not voted: %(states)s."
            " It closes by itself then; before, it can be closed as soon as all have voted."
        )
        words = {"until": running.closes_at.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M"), "n": len(missing)}
        words |= {"states": ", ".join(missing), "source": running.poll["period"]["rules"]["source"]}
        raise Refused("wrong-state", Refusals.VOTE_PERIOD_RUNS, message=sentence % words)


def finish(decision: Decision, vote: Vote, poll: votes.Poll) -> None:
    """Close a vote with the result of its poll, and settle the decision by it."""
    result = votes.evaluate(poll)
    stored = queries.outcome(result, vote.rule_set_id)
    vote.present = [party for party in poll.members if party in poll.present]
    vote.poll = {**vote.poll, "without_credentials": sorted(poll.credentials_missing)}
    vote.result, vote.closed_at, vote.state = stored, timezone.now(), Vote.State.CLOSED
    vote.save()
    outcome.settle(decision, stored, rule_set=vote.rule_set, day=vote.day, members=list(poll.members))
    emit("vote.closed", decision)
    if decision.state == S.ADOPTED:
        emit("decision.adopted", decision)
    if decision.state == S.PENDING_AD_REFERENDUM:
        emit("adref.pending", decision)


@action(
    "decision.void_vote",
    model=Decision,
    label=_("Void the vote"),
    done=_("Voided the vote"),
    policy=may_preside,
    starts={S.VOTING},
    ends=S.PROPOSED,
    otherwise=Refusals.VOTE_CLOSED,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, council", "Reason"), max_length=300)},
    danger=True,
)
def void_vote(actor: Actor, decision: Decision, *, reason: str) -> Decision:
    """Break off an open vote, for a lost quorum or a mistake; its ballots stay in the log and count for nothing."""
    running = open_vote_on(decision)
    running.state, running.void_reason, running.closed_at = Vote.State.VOID, reason, timezone.now()
    running.save()
    return decision


@action(
    "decision.adopt_by_consensus",
    model=Decision,
    label=_("Adopt by consensus"),
    done=pgettext_lazy("words, audit", "Declared consensus"),
    policy=may_preside,
    starts={S.PROPOSED},
    ends={S.ADOPTED, S.PROPOSED, S.PENDING_AD_REFERENDUM},
    otherwise=Refusals.VOTE_NEEDS_TEXT,
    takes={
        "objections": ListField(
            label=pgettext_lazy("field, council", "Objections"),
            required=False,
            help_text=_("Codes of the States that objected, for example BRB, JAM; leave empty if none did"),
        )
    },
)
def adopt_decision_by_consensus(actor: Actor, decision: Decision, *, objections: Any = None) -> Decision:
    """Declare consensus: nobody entitled and present objects, and enough are present to carry a vote.

    With too few present it waits for confirmation; with an objection the text is on the table again. Without a
    meeting everybody is asked in writing: use the written procedure.
    """
    if decision.meeting is None:
        raise Refused(Refusals.CONSENSUS_NEEDS_MEETING)
    vote = frozen_vote(decision, Vote.Method.CONSENSUS)
    vote.save()
    heard = _parties(vote, objections)
    for party in heard:
        add_ballot(actor, vote, party=party, value=Ballot.Value.OBJECT, code=refusal_of(vote, party))
    now = timezone.now()
    poll = queries.poll(
        vote,
        [],
        present=queries.present(vote.meeting, now),
        without_credentials=queries.missing(vote.meeting, now),
        objections=heard,
    )
    finish(decision, vote, poll)
    return decision


def _parties(vote: Vote, sent: Any) -> list[str]:
    if sent in (None, ""):
        return []
    known = {*vote.poll["members"], *vote.poll["associates"]}
    if not isinstance(sent, list) or not all(isinstance(code, str) and code in known for code in sent):
        raise ValidationError({"objections": _now('Enter States by code, for example ["BRB", "JAM"].')})
    return list(dict.fromkeys(sent))


def open_vote_on(decision: Decision) -> Vote:
    """The open vote of a locked decision."""
    return Vote.objects.select_related("rule_set", "meeting").get(decision=decision, state=Vote.State.OPEN)


def add_ballot(actor: Actor, vote: Vote, *, party: str, value: str, explanation: str = "", code: str = "") -> Ballot:
    """Write a ballot after all earlier ones; the decision's lock keeps the order."""
    return Ballot.objects.create(
        decision_id=vote.decision_id,
        vote=vote,
        party_id=party,
        value=value,
        explanation=explanation,
        code=code,
        order=Ballot.objects.filter(vote=vote).count() + 1,
        seat_id=actor.seat_id,
    )


def refusal_of(vote: Vote, party: str) -> str:
    """Why a State's ballot would not count now, in the engine's code; empty when it counts."""
    now = timezone.now()
    poll = queries.poll(
        vote,
        [(party, votes.FOR)],
        present=queries.present(vote.meeting, now),
        without_credentials=queries.missing(vote.meeting, now),
    )
    return next((code for _, code in votes.evaluate(poll).rejected_ballots), "")


def _may_cast(vote: Vote, party: str) -> None:
    """Refuse a State that has no vote here, naming the rule; and everybody after the period of a written vote."""
    if vote.closes_at is not None and timezone.now() > vote.closes_at:
        raise Refused("wrong-state", Refusals.VOTE_PERIOD_OVER)
    code = refusal_of(vote, party)
    if code == votes.ASSOCIATE_MEMBER:
        raise Refused(Refusals.VOTE_ASSOCIATE)
    if code == votes.NOT_A_MEMBER_STATE:
        raise Refused(Refusals.VOTE_NOT_MEMBER)
    if code == votes.ARREARS:
        raise Refused(Refusals.VOTE_ARREARS)
    if code == votes.PARTY_TO_ISSUE:
        raise Refused(Refusals.VOTE_DISPUTE)
    if code == votes.NO_CREDENTIALS:
        raise Refused(Refusals.VOTE_CREDENTIALS)
    if code == votes.NOT_PRESENT:
        raise Refused(Refusals.VOTE_NOT_PRESENT)


def _own_ballot(vote: Vote, party: str) -> bool:
    return Ballot.objects.filter(vote=vote, party_id=party, code="").exists()
