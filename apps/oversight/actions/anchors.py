"""The hour's anchor."""

import base64
import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.audit import anchors, signatures
from apps.audit.queries import grown, heads, unlike
from apps.oversight import policy
from apps.oversight.models import Anchor
from apps.oversight.queries.anchor_log import anchored, hour_of, newest_anchor, recent_anchors, whole_log
from apps.oversight.refusals import Refusals


@action(
    "anchor.make",
    model=Anchor,
    label=_("Anchor the hour"),
    done=_("Made the anchor of the audit trail"),
    policy=policy.may_keep_time,
    ends="made",
    automatic=True,
)
def make_anchor(actor: Actor, _row: None, *, at: datetime.datetime) -> Anchor:
    """Bind the ends of all chains into one signed root, once an hour, and look whether the last anchors still fit.

    Tells the oversight desks of the first of a day, and of each that finds something new that no longer fits.
    Refused("wrong-state") for an hour that has its anchor.
    """
    hour = hour_of(at)
    if anchored(hour):
        raise Refused("wrong-state", Refusals.ANCHORED_ALREADY)
    last, day = newest_anchor(), hour.date()
    ends = list(grown(heads(), {end.stream: end for end in last.ends} if last else {}))
    anchor = Anchor(
        number=(last.number or 0) + 1 if last else 1,
        day=day,
        hour=hour,
        made_at=timezone.now().replace(microsecond=0),
        before=last.root if last else "",
        root=anchors.root_of(ends),
        heads=[[end.stream, end.seq, end.hash, end.since, end.before, end.rows] for end in ends],
        key=base64.b64encode(signatures.public_key()).decode(),
        faults=_faults(recent_anchors(day)),
    )
    anchor.log = anchors.log_of([*whole_log(), anchor.entry])
    anchor.signature = base64.b64encode(signatures.sign(anchors.logged(anchor.entry, anchor.log))).decode()
    anchor.save(force_insert=True)
    told = _told(anchor, last)
    emit("anchor.made", anchor, {"root": anchor.root, "day": day.isoformat(), "told": told})
    return anchor


def _told(anchor: Anchor, last: Anchor | None) -> str:
    """What the oversight desks hear of an anchor: that the trail was rewritten, that there is one, or nothing."""
    known: list[Any] = last.faults if last else []
    first_of_day = last is None or last.day != anchor.day
    if anchor.faults and (first_of_day or any(fault not in known for fault in anchor.faults)):
        return "broken"
    return "made" if first_of_day else ""


def _faults(earlier: list[Anchor]) -> list[list[object]]:
    """Where the trail no longer says what an earlier anchor holds. One query."""
    days = {end.place: anchor.day for anchor in reversed(earlier) for end in anchor.ends}
    gone = unlike(anchors.Head(*place) for place in days)
    return [[days[end.place].isoformat(), end.stream, end.seq] for end in gone]
