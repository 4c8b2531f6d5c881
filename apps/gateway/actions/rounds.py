"""Asking, taking the answers, and forgetting them in time."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.gateway import policy
from apps.gateway.actions.findings import end_findings, record_findings
from apps.gateway.models import Answer, Check, Health, Query, Round, Source, SourceRule, Standing
from apps.gateway.queries import questions
from apps.gateway.rules.patience import LEASE_S, Breaker, pause

C, Q = Check.State, Query.Outcome
AT_ONCE = 1000
SETTLED = ["state", "attempts", "due_at", "answered_at", "keep_until", "fault"]
"""Columns that an outcome changes."""


@action(
    "round.ask",
    model=Round,
    label=pgettext_lazy("button, gateway", "Ask"),
    done=_("Asked a source about travellers"),
    policy=policy.may_ask,
    ends=list(Round.State),
    automatic=True,
)
def start_question_round(actor: Actor, _row: None, *, source: Source, most: int, now: datetime.datetime) -> Round:
    """Take up to `most` due checks of a source, in the order of arrival, and write down that they are asked.

    Those that a kept answer serves are answered at once. The rest stand in `round.taken`; for four minutes nobody
    else takes them, then they count as lost and are asked again.
    """
    taken = questions.to_take(source, now, most)
    answers = questions.read_kept_answers(source, {check.digest for check in taken}, now)
    served = {check.pk: answers[check.digest] for check in taken if _is_served(answers.get(check.digest), check, now)}
    rest = [check for check in taken if check.pk not in served]
    row: Any = Round.objects.create(
        source=source,
        seat_id=actor.seat_id,
        desk=actor.desk_code,
        purpose=questions.PURPOSE,
        asked_at=now,
        answered_at=None if rest else now,
        asked=len(taken),
        answered=len(served),
        state=Round.State.ASKED if rest else Round.State.ANSWERED,
    )
    lease = now + datetime.timedelta(seconds=LEASE_S)
    Check.objects.filter(pk__in=[check.pk for check in rest]).update(due_at=lease)
    Query.objects.bulk_create([_query(row, check, now, served) for check in taken], batch_size=AT_ONCE)
    _serve([check for check in taken if check.pk in served], served)
    row.taken = rest
    return row


def _serve(checks: Sequence[Check], served: Mapping[UUID, Answer]) -> None:
    """Settle checks by the answers that are kept."""
    for check in checks:
        _settle(check, Outcome(), served[check.pk].answered_at, served[check.pk].keep_until)
    Check.objects.bulk_update(checks, SETTLED, batch_size=AT_ONCE)
    Standing.objects.count_again({check.group_id for check in checks})


def _is_served(answer: Answer | None, check: Check, now: datetime.datetime) -> bool:
    """A kept answer of no record serves another journey of the same person."""
    return answer is not None and questions.fresh_enough(answer, now) and check.state == C.WAITING


def _query(row: Round, check: Check, now: datetime.datetime, served: Collection[UUID]) -> Query:
    is_served = check.pk in served
    return Query(
        source_id=row.source_id,
        round=row,
        check_row=check,
        subject_kind=check.subject_kind,
        subject_id=check.subject_id,
        asked_at=now,
        answered_at=now if is_served else None,
        outcome=Q.KEPT if is_served else Q.ASKED,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: a fault, or the records, and those of them that the engine finds alike."""

    fault: str = ""
    records: tuple[dict[str, Any], ...] = ()
    alike: tuple[dict[str, Any], ...] = ()
    ms: int = 0


@action(
    "round.answer",
    model=Round,
    label=_("Record the answers"),
    done=_("Recorded the answers of a source"),
    policy=policy.may_ask,
    starts=set(Round.State),
    ends=Round.State.ANSWERED,
    automatic=True,
)
def record_source_answer(
    actor: Actor, row: Round, *, outcomes: Mapping[UUID, Outcome], rule: SourceRule, now: datetime.datetime
) -> Round:
    """Write down what came back, by check: answers, records found, faults with the time of the next attempt.

    `Query.Outcome.GONE` as fault: nobody has to be asked about any more. Emits `gateway.found` for new records.
    """
    source = Source.objects.select_related("list").get(pk=row.source_id)
    rows = Check.objects.select_for_update().filter(pk__in=list(outcomes)).order_by("pk")
    # a worker that was thought lost may come after a later answer: that one stands
    taken = [check for check in rows if check.answered_at is None or check.answered_at <= row.asked_at]
    answered = [check for check in taken if not outcomes[check.pk].fault]
    keep_until = now + datetime.timedelta(minutes=rule.keep_minutes)
    _keep(source, {check.digest: bool(outcomes[check.pk].records) for check in answered}, now, keep_until)
    for check in taken:
        _settle(check, outcomes[check.pk], now, keep_until)
    Check.objects.bulk_update(taken, SETTLED, batch_size=AT_ONCE)
    found = {check: outcomes[check.pk].alike for check in answered}
    record_findings(actor, source, rule, found, now)
    _note_queries(row, outcomes, now)
    _note_health(source, rule, [one for one in outcomes.values() if one.fault != Q.GONE], now)
    Standing.objects.count_again({check.group_id for check in taken})
    row.answered_at, row.answered = now, row.answered + len(answered)
    return row


def _keep(source: Source, found: Mapping[str, bool], now: datetime.datetime, keep_until: datetime.datetime) -> None:
    """Keep the answers without a record, by digest; one with a record is an entry, and is asked for anew."""
    Answer.objects.filter(source=source, digest__in=[digest for digest, is_found in found.items() if is_found]).delete()
    rows = [
        Answer(source=source, digest=digest, answered_at=now, keep_until=keep_until)
        for digest, is_found in found.items()
        if not is_found
    ]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "digest"],
        update_fields=["answered_at", "keep_until"],
        batch_size=AT_ONCE,
    )


def _settle(check: Check, outcome: Outcome, now: datetime.datetime, keep_until: datetime.datetime) -> None:
    """The check as the outcome leaves it."""
    if outcome.fault == Q.GONE:
        check.state, check.due_at = C.GONE, None
        return
    if check.state not in Check.ASKED:
        return  # let go, or run out, while the answer was on its way
    if outcome.fault:
        check.attempts, check.fault = check.attempts + 1, outcome.fault
        check.due_at = now + pause(check.attempts)
        return
    check.state = C.HIT if outcome.alike else C.NO_RECORD
    check.attempts, check.fault, check.answered_at, check.keep_until = 0, "", now, keep_until
    check.due_at = _renewal(check, now, keep_until)


def _renewal(check: Check, now: datetime.datetime, keep_until: datetime.datetime) -> datetime.datetime | None:
    """When somebody who is still to come then is asked about again."""
    again = questions.renewed_at(now, keep_until)
    return again if check.arrives_at is not None and check.arrives_at > again else None


def _note_queries(row: Round, outcomes: Mapping[UUID, Outcome], now: datetime.datetime) -> None:
    asked = list(Query.objects.filter(round=row, check_row__in=list(outcomes)))
    for query in asked:
        outcome = outcomes[query.check_row_id]
        query.answered_at = None if outcome.fault else now
        query.outcome = outcome.fault or (Q.RECORD if outcome.records else Q.NO_RECORD)
        query.ms = outcome.ms
    Query.objects.bulk_update(asked, ["answered_at", "outcome", "ms"], batch_size=AT_ONCE)


def _note_health(source: Source, rule: SourceRule, outcomes: Collection[Outcome], now: datetime.datetime) -> None:
    """How the source does after a round; when it is back, all that waits is due at once, in the order of arrival."""
    if not outcomes:
        return
    Health.objects.get_or_create(source=source)
    health = Health.objects.select_for_update().get(source=source)
    answered = any(not one.fault for one in outcomes)
    after = Breaker(health.failing_since, health.failures, health.next_try_at).after(answered=answered, now=now)
    if answered and health.failing_since is not None:
        Check.objects.filter(source=source, state=C.WAITING, attempts__gt=0, due_at__gt=now).update(due_at=now)
    health.failing_since, health.failures, health.next_try_at = after.failing_since, after.failures, after.next_try_at
    health.ms = max(one.ms for one in outcomes)
    health.fault = "" if answered else next(iter(outcomes)).fault
    if answered:
        health.answered_at = now
        health.slow_since = (health.slow_since or now) if health.ms >= rule.slow_ms else None
    health.save()


@action(
    "check.expire",
    model=Check,
    label=pgettext_lazy("button, gateway", "Remove"),
    done=_("Deleted answers whose time was over"),
    policy=policy.may_ask,
    starts={C.NO_RECORD, C.HIT},
    ends=list(C),
    automatic=True,
)
def expire_source_check(actor: Actor, first: Check, *, now: datetime.datetime) -> Check:
    """Delete answers that may no longer be kept, `first` and what else has run out; what they found is taken back.

    Whoever is still to come waits for a new answer; of the others it stays written that they were answered, and when.
    """
    found = [first, *(check for check in questions.running_out(now, AT_ONCE) if check.pk != first.pk)]
    for check in found:
        waits = check.arrives_at is not None and check.arrives_at > now
        check.state = C.WAITING if waits else C.LAPSED
        check.due_at, check.queued_at = (now, now) if waits else (None, check.queued_at)
        check.keep_until = None
    Check.objects.bulk_update(found, ["state", "due_at", "queued_at", "keep_until"], batch_size=AT_ONCE)
    Answer.objects.filter(keep_until__lte=now).delete()
    end_findings(actor, questions.live_findings([check.pk for check in found]), "answer_expired", now)
    Standing.objects.count_again({check.group_id for check in found})
    return first
