"""What time alone brings about: reminders, parts that are late, requests that are late, subjects that two ask about."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share as grant
from apps.exchange import policy
from apps.exchange.actions.event_facts import of_part, of_request
from apps.exchange.models import Addressee, Overlap, Request
from apps.exchange.queries import vocabulary
from apps.exchange.rules.lines import line_of
from apps.people.queries import desk_ids

R, A = Request.State, Addressee.State


@action(
    "rfi_addressee.remind",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Send a reminder"),
    done=_("Reminded a desk of a request"),
    policy=policy.is_clock,
    starts=Addressee.LIVE,
    ends=Addressee.LIVE,
    automatic=True,
)
def remind_rfi_addressee(actor: Actor, part: Addressee, *, now: datetime.datetime) -> Addressee:
    """Before the moment once, after it as often as the list says."""
    part.reminded += 1
    late = part.due_at <= now
    times = vocabulary.detail("period", "chase")["times"]
    again = now + vocabulary.minutes(part.priority, "chase")
    part.remind_at = again if late and part.reminded < times else None
    step = f"{part.due_at.isoformat()}:{part.reminded}:{'late' if late else 'soon'}"
    emit("exchange.chased" if late else "exchange.due_soon", part, of_part(part, [part.owner_id], step=step))
    return part


@action(
    "rfi_addressee.expire",
    model=Addressee,
    label=_("Record as overdue"),
    done=_("Noted an answer as late"),
    policy=policy.is_clock,
    starts={A.RECEIVED, A.ACCEPTED, A.PARTIAL},
    ends=A.OVERDUE,
    automatic=True,
)
def expire_rfi_addressee(actor: Actor, part: Addressee, *, now: datetime.datetime) -> Addressee:
    """The moment is over: the desk is told; its point of contact and the line's watch read the number."""
    part.reminded, part.remind_at = 0, now + vocabulary.minutes(part.priority, "chase")
    step = part.due_at.isoformat()
    emit("exchange.late", part, of_part(part, [part.owner_id], step=step))
    contact = f"{part.owner.party_id}.contact"
    above = set(desk_ids(contact, line_of(part.line).watch)) - {part.owner_id}
    emit("exchange.escalated", part, of_part(part, above, step=step))
    return part


@action(
    "rfi.expire",
    model=Request,
    label=_("Record as overdue"),
    done=_("Noted a request as late"),
    policy=policy.is_clock,
    starts={R.SENT, R.IN_PROGRESS},
    ends=R.OVERDUE,
    automatic=True,
)
def expire_rfi(actor: Actor, row: Request) -> Request:
    """The moment is over and somebody has not answered."""
    emit("exchange.overdue", row, of_request(row, [row.owner_id], step=row.due_at.isoformat() if row.due_at else ""))
    return row


@action(
    "overlap.find",
    model=Overlap,
    label=_("Record requests on the same subject"),
    done=_("Noted that two parties ask about one subject"),
    policy=policy.is_clock,
    ends=Overlap.State.OPEN,
    automatic=True,
)
def record_overlap(actor: Actor, _row: None, *, pair: Any) -> Overlap:
    """Two parties ask about one subject: the line's watch is told; the parties too, if both have said so."""
    first, second = pair.first, pair.second
    watch = desk_ids(line_of(first.line).watch)[0]
    row: Overlap = Overlap.objects.create(
        owner_id=watch,
        originator_id=actor.party_code,
        kind=pair.kind,
        key=pair.key,
        first=first,
        second=second,
        mutual=pair.mutual,
    )
    grant(actor, row, [watch], basis="same subject")
    said = {"id": str(row.pk), "line": first.line, "level": row.level, "due": ""}
    emit("exchange.overlap", row, {**said, "number": f"{first.number} + {second.number}"[:60], "desks": [watch]})
    if pair.mutual:
        for request in (first, second):
            emit("exchange.overlap_told", request, of_request(request, [request.owner_id], step=f"also {request.pk}"))
    return row


@action(
    "overlap.settle",
    model=Overlap,
    label=pgettext_lazy("button, exchange", "Settled"),
    done=_("Settled two requests about one subject"),
    policy=policy.may_settle,
    starts={Overlap.State.OPEN},
    ends=Overlap.State.SETTLED,
)
def settle_overlap(actor: Actor, row: Overlap) -> Overlap:
    """RIFC has brought the parties together, or seen that there is no need."""
    return row
