"""What the clock does with votes outside a meeting: the end, reminders, receipts. Each act is done once."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council.actions.votes import ENDS, finish, open_vote_on
from apps.council.models import Decision, Vote
from apps.council.policy import is_clock
from apps.council.queries import votes as queries
from apps.council.queries import written_votes as written
from apps.council.refusals import Refusals

S = Decision.State


@action(
    "decision.end_vote",
    model=Decision,
    label=_("End the written vote"),
    done=_("Ended the written vote"),
    policy=is_clock,
    starts={S.VOTING},
    ends=ENDS,
    otherwise=Refusals.VOTE_CLOSED,
    automatic=True,
)
def end_vote(actor: Actor, decision: Decision, *, now: datetime.datetime) -> Decision:
    """The period of a written vote is over: it is closed, and the rules say what it came to."""
    running = _running(decision)
    if running.closes_at is None or now <= running.closes_at or running.text_hash != decision.text_hash:
        raise Refused("wrong-state", record=decision)
    finish(decision, running, queries.current_poll(running, now))
    return decision


@action(
    "decision.remind_of_vote",
    model=Decision,
    label=_("Remind of the vote"),
    done=_("Reminded States that have not voted"),
    policy=is_clock,
    starts={S.VOTING},
    ends=S.VOTING,
    automatic=True,
)
def remind_of_vote(actor: Actor, decision: Decision, *, mark: str) -> Decision:
    """Remind the States that have not voted that the period is nearly over."""
    running = _running(decision)
    _once(running, mark)
    emit("vote.reminder", decision, {"step": mark, "parties": written.to_come(running)})
    return decision


@action(
    "decision.alarm_of_vote",
    model=Decision,
    label=_("Alert about missing receipts"),
    done=_("Warned of missing receipts and votes"),
    policy=is_clock,
    starts={S.VOTING},
    ends=S.VOTING,
    automatic=True,
)
def alarm_of_vote(actor: Actor, decision: Decision, *, mark: str) -> Decision:
    """A day after the opening some States have neither confirmed receipt nor voted: somebody has to call."""
    running = _running(decision)
    _once(running, mark)
    silent = [party for party in written.to_come(running) if party not in running.receipts]
    if silent:
        emit("vote.no_receipt", decision, {"step": mark, "parties": silent})
    return decision


@action(
    "decision.take_vote_receipt",
    model=Decision,
    label=_("Register a receipt"),
    done=_("Took over a receipt given on the notification"),
    policy=is_clock,
    starts={S.VOTING},
    ends=S.VOTING,
    automatic=True,
)
def take_vote_receipt(actor: Actor, decision: Decision, *, party: str) -> Decision:
    """A ministry confirmed the notification of a written vote: its State has the text and the deadline."""
    running = _running(decision)
    if party not in running.poll["members"] or party in running.receipts:
        raise Refused("wrong-state", record=decision)
    running.receipts = {**running.receipts, party: timezone.now().isoformat()}
    running.save(update_fields=["receipts"])
    return decision


def _running(decision: Decision) -> Vote:
    running = open_vote_on(decision)
    if not written.is_written(running):
        raise Refused("wrong-state", record=decision)
    return running


def _once(vote: Vote, mark: str) -> None:
    if mark in vote.told:
        raise Refused("wrong-state")
    vote.told = [*vote.told, mark]
    vote.save(update_fields=["told"])
