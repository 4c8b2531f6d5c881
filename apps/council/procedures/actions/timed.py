"""What time alone brings about. Each act is given its instant, looks again, and does its work once."""

import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.models import Heartbeat
from apps.access.refusal import Refused
from apps.council.actions.outcome import COLUMNS, settle
from apps.council.models import Decision, RuleSet, Vote, WrittenProcedure
from apps.council.policy import is_clock
from apps.council.procedures.actions.progress import (
    W,
    arithmetic,
    back_to_the_table,
    begin,
    ended,
    locked_decision,
    put,
)
from apps.council.procedures.queries import procedures as queries
from apps.council.procedures.rules import silence

RUNS = frozenset({W.RUNNING, W.EXTENDED})
CONCLUDED = frozenset({silence.CONCLUDED, silence.CONCLUDED_EARLY})


@action(
    "procedure.start_clock",
    model=WrittenProcedure,
    label=_("Start the clock"),
    done=_("Started the clock of a written procedure"),
    policy=is_clock,
    starts={W.DISPATCHED},
    ends={W.RUNNING, W.EXTENDED, W.OBJECTED},
    automatic=True,
)
def start_procedure_clock(actor: Actor, row: WrittenProcedure, *, now: datetime.datetime) -> WrittenProcedure:
    """Start the clock at the last receipt of the Member States."""
    start = silence.started_at(queries.facts(row), now)
    if start is None:
        raise Refused("wrong-state", record=row)
    begin(row, now)
    return row


@action(
    "procedure.conclude",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Conclude"),
    done=_("Concluded a written procedure"),
    policy=is_clock,
    starts=RUNS,
    ends=W.CONCLUDED,
    automatic=True,
)
def conclude_procedure(actor: Actor, row: WrittenProcedure, *, now: datetime.datetime) -> WrittenProcedure:
    """The deadline has passed and nobody with a vote objected: the decision is adopted, on the day of the deadline."""
    seen = silence.state(queries.facts(row), now)
    if seen.status not in CONCLUDED or seen.concluded_at is None:
        raise Refused("wrong-state", record=row)
    sentence = (
        f"Adopted in writing: {seen.entitled} Member States with a vote, none objected ({arithmetic(row, seen)}). "
        f"In support {len(seen.support)}, silent {len(seen.silent)}."
    )
    result = ended(row, seen, "ADOPTED", sentence, seen.concluded_at)
    _adopt(actor, row, result, seen.concluded_at)
    emit("written.concluded", row, {"outcome": "ADOPTED"})
    return row


def _adopt(actor: Actor, row: WrittenProcedure, result: dict[str, Any], at: datetime.datetime) -> None:
    decision = locked_decision(row)
    rule_set, day = RuleSet.objects.get(pk=result["rule_set"]), at.date()
    before = decision.state
    settle(decision, result, rule_set=rule_set, day=day, members=(row.poll or {}).get("members", []))
    last = Vote.objects.filter(decision=decision).aggregate(last=Max("number"))["last"] or 0
    Vote.objects.create(
        decision=decision,
        number=last + 1,
        method=Vote.Method.SILENCE,
        question=decision.question,
        day=day,
        rule_set=rule_set,
        rule_set_hash=result["rule_set_hash"],
        text_hash=row.text_hash,
        poll=row.poll,
        result=result,
        opened_at=row.started_at or at,
        closed_at=at,
        state=Vote.State.CLOSED,
    )
    change_also("decision.adopt_in_writing", decision, "state", *COLUMNS, before=before)
    if decision.state == Decision.State.ADOPTED:
        emit("decision.adopted", decision)


@action(
    "procedure.lapse",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Lapse"),
    done=_("Ended a written procedure without a result"),
    policy=is_clock,
    starts=RUNS,
    ends=W.LAPSED,
    automatic=True,
)
def lapse_procedure(actor: Actor, row: WrittenProcedure, *, now: datetime.datetime) -> WrittenProcedure:
    """The deadline has passed, but too few States had a vote to adopt anything: the decision is proposed again."""
    seen = silence.state(queries.facts(row), now)
    if seen.status != silence.LAPSED:
        raise Refused("wrong-state", record=row)
    sentence = f"Lapsed: {seen.entitled} Member States had a vote ({arithmetic(row, seen)})."
    ended(row, seen, "LAPSED", sentence, row.deadline or now)
    back_to_the_table(row)
    emit("written.concluded", row, {"outcome": "LAPSED"})
    return row


@action(
    "procedure.remind",
    model=WrittenProcedure,
    label=pgettext_lazy("button, council", "Send a reminder"),
    done=_("Reminded States that have not replied"),
    policy=is_clock,
    starts=RUNS,
    ends=RUNS,
    automatic=True,
)
def remind_of_procedure(actor: Actor, row: WrittenProcedure, *, hours: int, mark: str) -> WrittenProcedure:
    """Remind the States that have not replied that the deadline is near."""
    _once(row, mark)
    emit("written.reminder", row, {"step": mark, "hours": hours, "parties": queries.unanswered(actor, row)})
    return row


@action(
    "procedure.alarm",
    model=WrittenProcedure,
    label=_("Alert about missing receipts"),
    done=_("Warned of missing receipts"),
    policy=is_clock,
    starts={W.DISPATCHED},
    ends=W.DISPATCHED,
    automatic=True,
)
def alarm_of_procedure(actor: Actor, row: WrittenProcedure, *, parties: list[str], mark: str) -> WrittenProcedure:
    """A day after sending some States have not confirmed receipt: somebody has to call."""
    _once(row, mark)
    emit("written.no_receipt", row, {"parties": parties})
    return row


@action(
    "procedure.extend",
    model=WrittenProcedure,
    label=_("Extend after an outage"),
    done=_("Extended a written procedure after an outage"),
    policy=is_clock,
    starts=RUNS,
    ends=RUNS,
    automatic=True,
)
def extend_procedure(
    actor: Actor, row: WrittenProcedure, *, away_from: datetime.datetime, away_until: datetime.datetime
) -> WrittenProcedure:
    """The portal was away in the last hours: a day more for everybody, with the incident on the record."""
    incident = {
        "from": away_from.isoformat(),
        "until": away_until.isoformat(),
        "reference": f"OUTAGE-{away_from:%Y%m%dT%H%MZ}",
    }
    known = {outage["reference"] for outage in row.outages}
    if row.deadline is None or incident["reference"] in known:
        raise Refused("wrong-state", record=row)
    row.outages = [*row.outages, incident]
    put(row, silence.state(queries.facts(row), away_until))
    return row


def _once(row: WrittenProcedure, mark: str) -> None:
    if mark in row.told:
        raise Refused("wrong-state", record=row)
    row.told = [*row.told, mark]


def beat(now: datetime.datetime) -> None:
    """Leave a sign that the Council's clock ran at `now`; nobody's act, so not an action."""
    Heartbeat.objects.update_or_create(name=queries.CLOCK, defaults={"at": now})
