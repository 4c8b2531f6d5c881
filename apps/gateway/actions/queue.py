"""Which questions are to be put for whom."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.gateway import policy
from apps.gateway.actions.findings import end_findings
from apps.gateway.models import Check, Standing
from apps.gateway.queries import questions, subjects

C = Check.State
AT_ONCE = 1000


@action(
    "check.queue",
    model=Check,
    label=pgettext_lazy("button, gateway", "Queue"),
    done=_("Queued checks of travellers"),
    policy=policy.may_ask,
    ends=list(C),
    automatic=True,
)
def queue_source_check(
    actor: Actor, _row: None, *, kind: str, people: Sequence[subjects.Subject], groups: Collection[UUID]
) -> Check:
    """Have every source that is on asked about these people, and of these groups about nobody else.

    `queries.missing` must say that there is something to do. What is asked already is not asked anew. A check whose
    question has changed (corrected data), or whose subject has left, is let go, and what it found is taken back.
    """
    now, sources = timezone.now(), questions.sources_on()
    rows = questions.checks_of(kind, sources, [one.id for one in people], groups)
    held = list(rows.select_for_update().order_by("pk"))
    known = {(check.source_id, check.subject_id, check.digest): check for check in held}
    wanted = {(s.pk, one.id, key): one for s in sources for one in people for key in questions.wanted_of(s, one)}
    Check.objects.bulk_create(
        [_new_check(kind, place, one, now) for place, one in wanted.items() if place not in known],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    _bring_back(known, wanted, now)
    _let_go(actor, [check for place, check in known.items() if place not in wanted and check.state != C.GONE], now)
    Standing.objects.count_again({one.group for one in people} | {check.group_id for check in held})
    first: Check = rows.order_by("pk")[0]
    emit("checks.queued", first)
    return first


@action(
    "check.ask_again",
    model=Check,
    label=pgettext_lazy("button, gateway", "Ask again"),
    done=_("Asked a source again"),
    policy=policy.may_ask,
    starts={C.NO_RECORD, C.HIT},
    ends={C.WAITING, C.HIT},
    automatic=True,
)
def repeat_source_check(actor: Actor, first: Check, *, others: Sequence[Check]) -> Check:
    """Put answered questions again, at once: the records that the source held are compared by a lower threshold.

    Nobody of whom a record was put aside reads as answered meanwhile; what was found stands until the new answer.
    """
    now, keys = timezone.now(), [check.pk for check in others]
    rows = Check.objects.select_for_update().filter(pk__in=keys, state__in=[C.NO_RECORD, C.HIT])
    found = [first, *rows.order_by("pk")]
    for check in found:
        check.due_at = now
        if check.state == C.NO_RECORD:
            check.state, check.queued_at, check.keep_until = C.WAITING, now, None
    Check.objects.bulk_update(found, ["state", "due_at", "queued_at", "keep_until"], batch_size=AT_ONCE)
    Standing.objects.count_again({check.group_id for check in found})
    emit("checks.queued", first)
    return first


def _new_check(kind: str, place: tuple[Any, UUID, str], one: subjects.Subject, now: datetime.datetime) -> Check:
    source, subject, digest = place
    return Check(
        source_id=source,
        subject_kind=kind,
        subject_id=subject,
        group_id=one.group,
        digest=digest,
        arrives_at=one.arrives_at,
        queued_at=now,
        due_at=now if digest else None,
        state=C.WAITING if digest else C.UNASKABLE,
    )


def _bring_back(known: Mapping[Any, Check], wanted: Mapping[Any, subjects.Subject], now: datetime.datetime) -> None:
    """What was let go and is asked again, and whoever arrives at another time now."""
    changed = []
    for place, one in wanted.items():
        check = known.get(place)
        if check is None:
            continue
        back = check.state == C.GONE
        if back:
            check.state, check.queued_at = (C.WAITING, now) if check.digest else (C.UNASKABLE, now)
            check.due_at = now if check.digest else None
        if back or (check.arrives_at, check.group_id) != (one.arrives_at, one.group):
            check.arrives_at, check.group_id = one.arrives_at, one.group
            changed.append(check)
    Check.objects.bulk_update(changed, ["state", "queued_at", "due_at", "arrives_at", "group_id"])


def _let_go(actor: Actor, checks: Sequence[Check], now: datetime.datetime) -> None:
    if not checks:
        return
    Check.objects.filter(pk__in=[check.pk for check in checks]).update(state=C.GONE, due_at=None)
    end_findings(actor, questions.live_findings([check.pk for check in checks]), "no_longer_asked", now)
