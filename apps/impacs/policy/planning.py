"""Who keeps filters and enters leave. Pure functions over loaded columns; many tasks at once: policy.tasks."""

from typing import Any

from apps.access.actor import DECIDES, Actor
from apps.access.verdict import ALLOW, Deny, Verdict


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep filters: everybody his own, readers as well; the reading door shows nobody else's."""
    return ALLOW


def may_withdraw_absence(actor: Actor, row: Any) -> Verdict:
    """Take leave back: the person himself, or who decides at his desk."""
    if row.user_id == actor.user_id or (row.owner_id == actor.desk_id and actor.rank >= DECIDES):
        return ALLOW
    return Deny("not-your-absence")
