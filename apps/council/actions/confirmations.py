"""Votes subject to confirmation: what Cabinets answered, and what is left at the end of the period."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council.actions import outcome
from apps.council.models import Ballot, Confirmation, Decision, Vote
from apps.council.policy import decisions as policy
from apps.council.policy import is_clock
from apps.council.queries import votes as queries
from apps.council.refusals import Refusals
from apps.council.rules import votes

S = Decision.State


class YesNo(forms.TypedChoiceField):
    """Yes or no, chosen and never taken for granted; true and false over the API."""

    takes_truth = True

    def __init__(self, **kwargs: Any) -> None:
        choices = [("true", pgettext_lazy("choice, council", "Yes")), ("false", pgettext_lazy("choice, council", "No"))]
        super().__init__(choices=choices, coerce=lambda text: text == "true", widget=forms.RadioSelect, **kwargs)

    def to_python(self, value: Any) -> str:
        """The key of the choice."""
        return super().to_python(str(value).lower() if isinstance(value, bool) else value)


@action(
    "decision.confirm",
    model=Decision,
    label=_("Record our Cabinet's answer"),
    done=_("Recorded the Cabinet's answer to a vote"),
    policy=policy.may_vote,
    starts={S.PENDING_AD_REFERENDUM},
    ends={S.PENDING_AD_REFERENDUM, S.ADOPTED, S.REJECTED},
    otherwise=Refusals.NOTHING_TO_CONFIRM,
    takes={"confirmed": YesNo(label=_("Is the vote confirmed?"))},
)
def confirm_decision(actor: Actor, decision: Decision, *, confirmed: bool) -> Decision:
    """Confirm, or not, a vote that was cast subject to Cabinet; the decision falls as soon as it can only fall.

    After a consensus with too few States present, a State that was absent confirms that it joins.
    """
    vote = _last(decision)
    if actor.party_code not in _waited_for(vote):
        raise Refused(Refusals.NOTHING_TO_CONFIRM)
    if Confirmation.objects.filter(decision=decision, party_id=actor.party_code).exists():
        raise Refused("wrong-state", Refusals.NOTHING_TO_CONFIRM)
    Confirmation.objects.create(
        decision=decision, party_id=actor.party_code, confirmed=confirmed, seat_id=actor.seat_id
    )
    _recount(decision, vote)
    return decision


@action(
    "decision.end_confirmations",
    model=Decision,
    label=_("Close the confirmations"),
    done=_("Ended the wait for confirmations"),
    policy=is_clock,
    starts={S.PENDING_AD_REFERENDUM},
    ends=S.REJECTED,
    automatic=True,
)
def end_confirmations(actor: Actor, decision: Decision) -> Decision:
    """The period for confirmations is over and too few have come: the decision is not adopted."""
    emit("adref.ended", decision)
    return decision


def _last(decision: Decision) -> Vote:
    rows = Vote.objects.filter(decision=decision, state=Vote.State.CLOSED).select_related("rule_set", "meeting")
    return rows.order_by("-number")[0]


def _waited_for(vote: Vote) -> frozenset[str]:
    """States that voted subject to Cabinet; after a short consensus those that were not in the room."""
    if vote.method == Vote.Method.CONSENSUS:
        return frozenset(vote.poll["members"]) - frozenset(vote.present)
    rows = Ballot.objects.filter(vote=vote, code="").order_by("order")
    last = {row.party_id: row.value for row in rows}
    return frozenset(party for party, value in last.items() if value == Ballot.Value.FOR_AD_REF)


def _recount(decision: Decision, vote: Vote) -> None:
    """Count again with the answers; set the end where there is one. The vote's own result stays as it was."""
    answers = dict(Confirmation.objects.filter(decision=decision).values_list("party_id", "confirmed"))
    result = votes.evaluate(queries.recounted(vote, answers))
    waiting = _waited_for(vote) - set(answers)
    if result.outcome == votes.PENDING and waiting:
        return
    stored = queries.outcome(result, vote.rule_set_id)
    day = timezone.now().date()
    outcome.settle(decision, stored, rule_set=vote.rule_set, day=day, members=vote.poll["members"])
    if decision.state != S.ADOPTED:
        decision.state = S.REJECTED
    if decision.state == S.ADOPTED:
        emit("decision.adopted", decision)
