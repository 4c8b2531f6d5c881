"""The hand-over of a watch: signed by the outgoing officer, taken over by another, or broken off."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.refusal import Refused
from apps.rifc.actions.fields import reason_field
from apps.rifc.rules.content import digest
from apps.watch import policy
from apps.watch.actions.log import add, begin
from apps.watch.models import Handover, Watch, WatchEntry
from apps.watch.queries import brief
from apps.watch.queries import log as queries

W = Watch.State


def frozen_items(rows: list[WatchEntry]) -> list[dict[str, Any]]:
    """Open items as a hand-over keeps them."""
    return [
        {"id": str(row.pk), "watch": row.watch.number, "serial": row.serial, "at": row.event_at.isoformat(),
         "text": row.text}
        for row in rows
    ]  # fmt: skip


@action(
    "watch.start_handover",
    model=Watch,
    label=pgettext_lazy("button, watch", "Hand over"),
    done=_("Signed the hand-over of a watch"),
    policy=policy.may_hand_over,
    starts={W.OPEN},
    ends=W.HANDOVER,
    takes={
        "remarks": reason_field(_("What the next officer should know"), 2000, required=False),
        "signed": forms.BooleanField(label=_("I hand over the watch with the items above")),
    },
)
def start_watch_handover(actor: Actor, row: Watch, *, signed: bool, remarks: str = "") -> Watch:
    """Freeze what is open and sign it; the watch goes on until somebody else takes it over."""
    now = timezone.now()
    items = frozen_items(queries.open_items(actor, row.owner_id))
    about = brief.frozen(brief.list_brief_rows(actor, now))
    Handover.objects.create(
        watch=row,
        items=items,
        brief=about,
        remarks=remarks,
        sha256=digest({"watch": str(row.pk), "items": items, "brief": about, "remarks": remarks}),
        started_at=now,
        outgoing_id=actor.user_id,
        outgoing_seat_id=actor.seat_id,
    )
    row.outgoing_id = actor.user_id
    add(actor, row, text=_now("Handover signed, open items: %(n)s.") % {"n": len(items)}, category="handover")
    told = {"desk": row.owner_id, "number": row.number, "level": row.level, "step": str(row.last_serial)}
    emit("watch.handover", row, told)
    return row


@action(
    "watch.abort",
    model=Watch,
    label=_("Cancel the handover"),
    done=_("Broke off the hand-over of a watch"),
    policy=policy.may_hand_over,
    starts={W.HANDOVER},
    ends=W.OPEN,
    takes={"reason": reason_field(pgettext_lazy("field, watch", "Reason"))},
)
def abort_watch_handover(actor: Actor, row: Watch, *, reason: str) -> Watch:
    """Go on with the watch; what was signed is kept with the reason."""
    waiting = _waiting(row)
    waiting.broken_off, waiting.ended_at = reason, timezone.now()
    waiting.save(update_fields=["broken_off", "ended_at"])
    row.outgoing_id = None
    add(actor, row, text=pgettext("words, watch", "Handover cancelled: %(why)s") % {"why": reason}, category="handover")
    return row


@action(
    "watch.accept",
    model=Watch,
    label=pgettext_lazy("button, watch", "Take over"),
    done=_("Took over a watch"),
    policy=policy.may_take_over,
    starts={W.HANDOVER},
    ends=W.CLOSED,
    takes={"signed": forms.BooleanField(label=_("I have read the items and take over the watch"))},
)
def take_over_watch(actor: Actor, row: Watch, *, signed: bool) -> Watch:
    """Sign as the incoming officer: this watch closes, the next one opens with what is open, and the chain goes on."""
    now, waiting = timezone.now(), _waiting(row)
    waiting.incoming_id, waiting.incoming_seat_id, waiting.ended_at = actor.user_id, actor.seat_id, now
    waiting.save(update_fields=["incoming", "incoming_seat_id", "ended_at"])
    sign = {"sha": waiting.sha256[:12]}
    add(actor, row, text=_now("Watch taken over; list signed by both (%(sha)s).") % sign, category="handover")
    row.closed_at, row.state = now, W.CLOSED
    # before the next one begins: a desk has one watch on duty
    row.save(update_fields=["state", "closed_at"])
    following = begin(actor, row, now)
    items = queries.open_items(actor, row.owner_id)
    text = _now("Took over from watch %(number)s, open items: %(n)s.") % {"number": row.number, "n": len(items)}
    add(actor, following, text=text, category="handover")
    following.save(update_fields=["last_serial", "head_sha256"])
    seats = {"desk": actor.desk_code, "outgoing": waiting.outgoing_seat_id, "incoming": actor.seat_id}
    emit("watch.taken_over", row, seats | {"person": actor.person})
    also("watch.open", following, after=W.OPEN)
    return row


def _waiting(row: Watch) -> Handover:
    found = Handover.objects.select_for_update().filter(watch=row, ended_at=None).first()
    if found is None:
        raise Refused("wrong-state", record=row)
    return found
