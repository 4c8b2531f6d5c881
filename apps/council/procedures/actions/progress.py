"""Where a procedure stands: what the engine says, put into the columns; and what it gives back to its decision."""

import datetime
from typing import Any

from apps.access.declared_actions import change_also, emit
from apps.council.models import Decision, WrittenProcedure
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence

W = WrittenProcedure.State
OPEN = frozenset({W.DISPATCHED, W.RUNNING, W.EXTENDED, W.OBJECTED})
"""States in which the text is with the States."""


def put(row: WrittenProcedure, seen: silence.State) -> None:
    """Put into the columns what the engine says of a procedure that has not ended; topics of what changed."""
    if seen.status == silence.DISPATCHED:
        return
    before, moved_from = row.state, row.deadline
    row.started_at, row.original_deadline, row.deadline = seen.started_at, seen.original_deadline, seen.deadline
    if seen.status == silence.OBJECTED:
        row.state = W.OBJECTED
    else:
        row.state = W.RUNNING if seen.deadline == seen.original_deadline else W.EXTENDED
    if row.state == W.OBJECTED and before != W.OBJECTED:
        emit("written.objected", row)
    if moved_from is not None and row.deadline != moved_from:
        emit("written.deadline_moved", row)
    if seen.status == silence.CONCLUDED_EARLY:
        emit("written.complete", row)


def begin(row: WrittenProcedure, now: datetime.datetime) -> None:
    """Start the clock: holidays are kept with the procedure from here on, and the deadline stands."""
    start = silence.started_at(queries.facts(row), now) or now
    row.poll = {**(row.poll or {}), "holidays": queries.frozen_holidays(start)}
    put(row, silence.state(queries.facts(row), now))
    emit("written.started", row)


def locked_decision(row: WrittenProcedure) -> Decision:
    """The procedure's decision, locked until the act is over."""
    found: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=row.decision_id)
    return found


def back_to_the_table(row: WrittenProcedure) -> None:
    """The decision was not taken in writing: it is proposed again, for a meeting or another procedure."""
    decision = locked_decision(row)
    if decision.state != Decision.State.PENDING_WRITTEN:
        return
    before, decision.state = decision.state, Decision.State.PROPOSED
    change_also("decision.fail_in_writing", decision, "state", before=before)


def ended(
    row: WrittenProcedure, seen: silence.State, outcome: str, sentence: str, at: datetime.datetime
) -> dict[str, Any]:
    """Close the columns of a procedure; its result with the arithmetic, as JSON values.

    Explicit supporters and silent States are listed apart: a silent State is not one in favour.
    """
    poll = row.poll or {}
    row.ended_at = at
    row.result = {
        **seen.as_data(),
        "outcome": outcome,
        "method": "SILENCE",
        "question": poll.get("question", ""),
        "rule_set": poll.get("rule_set", ""),
        "rule_set_hash": poll.get("rule_set_hash", ""),
        "members_total": seen.members,
        "counted": seen.entitled - len(seen.objections),
        "silent": list(seen.silent),
        "without_vote": poll.get("without_vote", {}),
        "forced_start": row.forced_reason,
        "sentence": sentence,
    }
    return row.result


def arithmetic(row: WrittenProcedure, seen: silence.State) -> str:
    """How many States were needed, and why: "12 needed, three quarters of 15"."""
    numerator, denominator = queries.parameters_of(row.rules).required_fraction
    return f"{seen.required} needed, {numerator}/{denominator} of {seen.members} Member States"
