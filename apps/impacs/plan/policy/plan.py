"""Who keeps filters and enters leave. Pure functions over loaded columns; many tasks at once: policy.tasks."""

from typing import Any

from apps.access.actor import DECIDES, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.impacs.refusals import Refusals


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep filters: everybody their own, readers as well; `visible_to` shows nobody else's."""
    return ALLOW


def may_withdraw_absence(actor: Actor, row: Any) -> Verdict:
    """Take leave back: the person themselves, or who decides at their desk."""
    if row.user_id == actor.user_id or (row.owner_id == actor.desk_id and actor.rank >= DECIDES):
        return ALLOW
    return Deny(Refusals.NOT_YOUR_ABSENCE)
