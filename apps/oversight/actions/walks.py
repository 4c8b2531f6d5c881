"""The day's walk over the chains."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.oversight import policy
from apps.oversight.models import ChainWalk
from apps.oversight.queries.walks import Walked, last_walk
from apps.oversight.refusals import Refusals


@action(
    "chain_walk.note", model=ChainWalk, label=_("Record a seal check"),
    done=_("Checked the chains of the audit trail"), policy=policy.may_keep_time,
    ends="made", automatic=True,
)  # fmt: skip
def note_walk(actor: Actor, _row: None, *, day: datetime.date, began_at: datetime.datetime, found: Walked) -> ChainWalk:
    """Keep what a walk over the chains of the audit found; tell the oversight and the operators of each break.

    Once a day; a break is told again each day on which it is there. Refused("wrong-state") for a day that has its walk.
    """
    if ChainWalk.objects.filter(day=day).exists():
        raise Refused("wrong-state", Refusals.WALKED_ALREADY)
    before = last_walk()
    row = ChainWalk.objects.create(
        day=day,
        began_at=began_at,
        ended_at=timezone.now(),
        entries=found.entries,
        marks=found.marks,
        resume=found.resume,
        round_began_at=began_at if before is None or before.whole else before.round_began_at,
        whole=found.whole,
        breaks=found.breaks,
    )
    if row.breaks:
        emit("chain_walk.broken", row, {"breaks": [[stream, seq] for stream, seq, _reason in row.breaks]})
    return row
