"""What happens to steps on hits that were not done: who decides is told, and the next watch takes them over."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.write_guard import writing
from apps.jrcc.models import Hit, HitClock, HitEscalation
from apps.jrcc.queries.clocks import Clock
from apps.manifests import policy


@action(
    "hit_escalation.raise",
    model=HitEscalation,
    label=_("Notify that a step is overdue"),
    done=_("Warned that a step on a hit is overdue"),
    policy=policy.may_process,
    ends="raised",
    automatic=True,
)
def escalate_hit(actor: Actor, _row: None, *, hit: Hit, late: Clock, rung: int = 1) -> HitEscalation:
    """Write down that a step was not done in its time, once for each rung of the ladder; who stands there is told.

    The hit itself does not change, so that nobody who is just writing about it has to begin again.
    """
    row: Any = HitEscalation.objects.create(
        hit=hit, step=late.step, party_id=late.party, since=late.since, due_at=late.due_at, rung=rung
    )
    also("hit.escalate", hit, before=hit.state, after=hit.state)
    emit("hit.overdue", hit, {"step": late.step, "party": late.party, "since": late.since.isoformat(), "rung": rung})
    return row


def wind(looked_at: Sequence[tuple[HitClock, datetime.datetime | None]]) -> None:
    """Set clocks to when they are looked at next; one that the trigger has wound meanwhile stays as it is.

    No action: nothing about a hit changes by it, and a line in the audit each minute would tell nobody anything.
    """
    for clock, look_at in looked_at:
        with writing("a clock"):
            HitClock.objects.filter(pk=clock.pk, look_at=clock.look_at).update(look_at=look_at)


@action(
    "hit.hand_over",
    model=Hit,
    label=_("Hand over with the watch"),
    done=_("Handed claimed hits over with the watch"),
    policy=policy.may_process,
    starts={Hit.State.CLAIMED},
    ends=Hit.State.CLAIMED,
    automatic=True,
)
def hand_over_hit(actor: Actor, hit: Hit, *, others: Sequence[Hit], seat_id: int, person: str) -> Hit:
    """Give claimed hits to the officer who has taken the watch over; their clocks run on."""
    claimed = Hit.objects.select_for_update().filter(pk__in=[one.pk for one in others], state=Hit.State.CLAIMED)
    for one in claimed.order_by("pk"):
        one.claimed_by_seat_id, one.claimed_by = seat_id, person
        change_also("hit.hand_over", one, "claimed_by_seat_id", "claimed_by", before=one.state)
    hit.claimed_by_seat_id, hit.claimed_by = seat_id, person
    return hit
