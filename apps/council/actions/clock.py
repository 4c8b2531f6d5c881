"""The Council's clock: every minute it looks what is due, and does one act for each procedure and written vote."""

import datetime
from collections.abc import Callable
from typing import Any

from apps.access.refusal import Refused
from apps.council.actions import written_votes as voting
from apps.council.models import Vote
from apps.council.procedures import actions
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence
from apps.council.queries import written_votes as written
from apps.people.queries import service_actor

REMINDERS = (4, 24)
"""Hours before the deadline at which States without a reply are reminded, the nearest first."""

CALL_AFTER = datetime.timedelta(hours=24)
AWAY = datetime.timedelta(minutes=30)

Away = tuple[datetime.datetime, datetime.datetime] | None
Act = tuple[Callable[..., Any], dict[str, Any]] | None


def run_due_procedures(now: datetime.datetime) -> int:
    """Do what is due at `now`; the number of acts. Run twice at once, each act is still done once."""
    actor = service_actor("IMPACS.automation", request_id="council.tick")
    away = _away(now)
    done = sum(_step(actor, due, now, away) for due in queries.under_way(actor))
    done += sum(_vote_step(actor, each, now) for each in written.running(actor))
    actions.beat(now)
    return done


def step(key: Any, now: datetime.datetime) -> None:
    """What is due for one procedure at `now`, without waiting for the next minute. Raises Refused as the act does."""
    actor = service_actor("IMPACS.automation", request_id="council.step")
    for due in queries.under_way(actor, key):
        act = next_act(due, now)
        if act is not None:
            act[0](actor, due.row, **act[1])


def _away(now: datetime.datetime) -> Away:
    """(from, until) of an outage that has just ended: the clock ran last more than half an hour ago."""
    last = queries.last_beat()
    return (last, now) if last is not None and now - last > AWAY else None


def _step(actor: Any, due: queries.Due, now: datetime.datetime, away: Away) -> int:
    act = next_act(due, now, away)
    if act is None:
        return 0
    body, fields = act
    try:
        row = body(actor, due.row, **fields)
    except Refused:
        return 0  # somebody was faster, or an objection came in between
    if away and body is actions.start_procedure_clock:
        # the deadline that has only now been found may have passed while the portal was away
        return 1 + _step(actor, queries.Due(row, queries.facts(row)), now, away)
    return 1


def _vote_step(actor: Any, vote: Vote, now: datetime.datetime) -> int:
    act = next_of_vote(vote, now)
    if act is None:
        return 0
    body, fields = act
    try:
        body(actor, vote.decision, **fields)
    except Refused:
        return 0  # somebody closed it, or all have voted meanwhile
    return 1


def next_of_vote(vote: Vote, now: datetime.datetime) -> Act:
    """The one thing that time has to do with a written vote at `now`: (action, its fields), or None."""
    if vote.closes_at is None:
        return None
    if now > vote.closes_at:
        return voting.end_vote, {"now": now}
    hours = next((hours for hours in REMINDERS if vote.closes_at - now <= datetime.timedelta(hours=hours)), None)
    mark = f"{hours} h before {vote.closes_at.isoformat()}" if hours else "no receipt"
    if mark in vote.told or (hours is None and now < vote.opened_at + CALL_AFTER):
        return None
    return (voting.remind_of_vote if hours else voting.alarm_of_vote), {"mark": mark}


def next_act(due: queries.Due, now: datetime.datetime, away: Away = None) -> Act:
    """The one thing that time has to do with a procedure at `now`: (action, its fields), or None."""
    row, seen = due.row, silence.state(due.facts, now)
    if row.deadline is None:
        return _before_the_start(due, seen, now)
    if away and silence.interrupted(row.deadline, *away) and seen.status != silence.CONCLUDED_EARLY:
        return actions.extend_procedure, {"away_from": away[0], "away_until": away[1]}
    if seen.status in {silence.CONCLUDED, silence.CONCLUDED_EARLY}:
        return actions.conclude_procedure, {"now": now}
    if seen.status == silence.LAPSED:
        return actions.lapse_procedure, {"now": now}
    return _reminder(row, now)


def _before_the_start(due: queries.Due, seen: silence.State, now: datetime.datetime) -> Act:
    if seen.status != silence.DISPATCHED:
        return actions.start_procedure_clock, {"now": now}
    mark = "no receipt"
    sent = due.row.dispatched_at
    if sent is None or now < sent + CALL_AFTER or mark in due.row.told:
        return None
    return actions.alarm_of_procedure, {"parties": list(seen.missing_receipts), "mark": mark}


def _reminder(row: Any, now: datetime.datetime) -> Act:
    left: datetime.timedelta = row.deadline - now
    hours = next((hours for hours in REMINDERS if left <= datetime.timedelta(hours=hours)), None)
    mark = f"{hours} h before {row.deadline.isoformat()}"
    if hours is None or mark in row.told:
        return None
    return actions.remind_of_procedure, {"hours": hours, "mark": mark}
