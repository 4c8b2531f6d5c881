"""The day's anchor."""

import base64
import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.refused import Refused
from apps.audit import anchors, signing
from apps.audit.queries import heads, unlike
from apps.oversight import policy
from apps.oversight.models import Anchor

LOOKED_BACK = 30
"""Earlier anchors that are compared with the trail each day; `verify_audit --anchor` compares older ones."""


@action(
    "anchor.make", model=Anchor, label=_("Anchor the day"), policy=policy.may_keep_time, ends="made", automatic=True
)
def make_anchor(actor: Actor, _row: None, *, day: datetime.date) -> Anchor:
    """Bind the ends of all chains into one signed root, once a day, and look whether the last anchors still fit.

    Tells the oversight desks. Refused("wrong-state") for a day that has its anchor.
    """
    if Anchor.objects.filter(day=day).exists():
        raise Refused("wrong-state", "anchored-already")
    ends, made_at = heads(), timezone.now().replace(microsecond=0)
    earlier = list(Anchor.objects.order_by("-day")[:LOOKED_BACK])
    root, before = anchors.root_of(ends), earlier[0].root if earlier else ""
    statement = anchors.statement(day, made_at.strftime("%Y-%m-%dT%H:%M:%SZ"), before, root)
    anchor = Anchor.objects.create(
        day=day,
        made_at=made_at,
        before=before,
        root=root,
        heads=[[end.stream, end.seq, end.hash] for end in ends],
        key=base64.b64encode(signing.public_key()).decode(),
        signature=base64.b64encode(signing.sign(statement)).decode(),
        faults=_faults(earlier),
    )
    emit("anchor.made", anchor, {"root": root, "day": day.isoformat(), "broken": bool(anchor.faults)})
    return anchor


def _faults(earlier: list[Anchor]) -> list[list[object]]:
    """Where the trail no longer says what an earlier anchor holds. One query."""
    days = {end: anchor.day for anchor in reversed(earlier) for end in anchor.ends}
    return [[days[end].isoformat(), end.stream, end.seq] for end in unlike(days)]
