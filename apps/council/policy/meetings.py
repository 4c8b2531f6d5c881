"""Who may call meetings, change their agenda, answer for a State, and keep positions."""

from typing import Any

from apps.access.actor import Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_bind_state, may_change_own, may_preside, may_speak_for_state
from apps.council.refusals import Refusals

LATE_BY_CHAIR = frozenset({"agenda_closed", "in_session", "suspended", "adjourned"})
"""States of a meeting in which only the chair can still add an item."""


def may_withdraw_item(actor: Actor, item: Any) -> Verdict:
    """The desk that proposed an item takes it back; the Secretariat does for whoever asked it in writing."""
    return may_change_own(actor, item)


def may_add_late(actor: Actor, meeting: Any) -> Verdict:
    """An item after the closing of the agenda: by the chair's leave alone."""
    return ALLOW if may_preside(actor, meeting) else Deny(Refusals.LATE_ITEM)


def may_write_position(actor: Actor, position: Any) -> Verdict:
    """Officers of the ministry whose position it is; for a new one, of any State's ministry."""
    if position is not None and position.owner_id != actor.desk_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return may_speak_for_state(actor, position)


def may_approve_position(actor: Actor, position: Any) -> Verdict:
    """Those who decide in that ministry."""
    if position.owner_id != actor.desk_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return may_bind_state(actor, position)
