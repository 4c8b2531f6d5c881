"""The loop: take what is due, ask outside any transaction, write down what came back."""

import datetime
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.access.actor import Actor
from apps.gateway import actions
from apps.gateway.actions import Outcome, client
from apps.gateway.models import Check, Query, Round, Source, SourceRule
from apps.gateway.queries import questions, subjects
from apps.gateway.queries.subjects import Subject
from apps.gateway.rules import wire
from apps.gateway.rules.patience import ALONE_AFTER
from apps.screening.matching import BadIdentity, compare, prepare
from apps.screening.queries import thresholds

BUDGET_S = 20
"""A call leaves the rest to the next tick after this, so that a slow source does not hold a worker."""
ROUNDS_AHEAD = 2
"""Requests that each thread makes in one round: enough to be fast, few enough to show progress."""


def work_off(actor: Actor, source: Source, now: datetime.datetime | None = None) -> int:
    """Ask all that is due of a source, in the order of arrival, until nothing is left or the time is over.

    How many questions were taken. `now` stands still for tests.
    """
    end, taken = time.monotonic() + BUDGET_S, 0
    while time.monotonic() < end:
        count = ask_once(actor, source, now or timezone.now())
        if not count:
            break
        taken += count
    return taken


def ask_once(actor: Actor, source: Source, now: datetime.datetime) -> int:
    """One round: how many questions were taken; 0 where none is due, or the source is to be left alone."""
    rule = questions.rule_of(source, now.date())
    address = questions.address_of(rule)
    if rule is None or not address:
        return 0
    most = questions.breaker_of(source).allows(now, rule.batch * rule.concurrency * ROUNDS_AHEAD)
    if not most or not questions.find_due_checks(source, now).exists():
        return 0
    row = actions.start_question_round(actor, None, source=source, most=most, now=now)
    if row.taken:
        least = least_alike()
        outcomes = outcomes_of(row, row.taken, source, rule, address, least=least)
        actions.record_source_answer(actor, row, outcomes=outcomes, rule=rule, now=max(now, timezone.now()))
        if least_alike() < least:
            ask_again(actor)  # the threshold fell while the source was waited for
    return int(row.asked)


def least_alike() -> float:
    """The likeness from which a record counts: the threshold in force, never above the matcher's own. One query."""
    return thresholds.in_force().least(spared=True)


def ask_again(actor: Actor) -> None:
    """Have those asked about anew of whom a source holds records that a lower threshold may show."""
    checks = questions.with_records(timezone.now())
    if checks:
        actions.repeat_source_check(actor, checks[0], others=checks[1:])


def outcomes_of(
    row: Round, taken: list[Check], source: Source, rule: SourceRule, address: str, *, least: float
) -> dict[UUID, Outcome]:
    """What came of each check; records alike from `least` on count. The network is waited for here."""
    people = {
        kind: subjects.load_subjects(kind, [check.subject_id for check in taken if check.subject_kind == kind])
        for kind in {check.subject_kind for check in taken}
    }
    outcomes, asked, bodies = {}, {}, {}
    for check in taken:
        person = people[check.subject_kind].get(check.subject_id)
        body = person and subjects.digest_questions(source.code, source.kind, person.record).get(check.digest)
        if person is None or body is None:
            outcomes[check.pk] = Outcome(Query.Outcome.GONE)
        else:
            asked[str(check.pk)], bodies[str(check.pk)] = (check, person), body
    order = [(str(check.pk), check.attempts) for check in taken if str(check.pk) in bodies]
    replies = client.ask_source(
        address,
        source.kind,
        row.purpose,
        bodies,
        wire.batches(order, rule.batch, ALONE_AFTER),
        timeout_s=rule.timeout_s,
        concurrency=rule.concurrency,
    )
    for key, (reply, ms) in replies.items():
        check, person = asked[key]
        outcomes[check.pk] = _outcome(source, person, reply, ms, least)
    return outcomes


def _outcome(source: Source, person: Subject, reply: wire.Reply, ms: int, least: float) -> Outcome:
    if reply.fault:
        return Outcome(reply.fault, ms=ms)
    try:
        alike = tuple(record for record in reply.records if _is_alike(source, person, record, least))
    except BadIdentity:
        return Outcome(wire.BROKEN, ms=ms)  # nobody could be compared with that
    return Outcome(records=reply.records, alike=alike, ms=ms)


def _is_alike(source: Source, person: Subject, record: Mapping[str, Any], least: float) -> bool:
    """Whether the engine would show the pair; a document of the same number and issuer always is."""
    subject = {"documents": [record["document"]]} if source.kind == Source.Kind.DOCUMENTS else record["identity"]
    held = prepare(subject, strict=False)
    if source.kind == Source.Kind.DOCUMENTS:
        return True
    if not held.names:
        raise BadIdentity("The record names nobody.", "")
    return compare(prepare(dict(person.record), strict=False), held).score >= least
