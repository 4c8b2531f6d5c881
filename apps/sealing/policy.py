"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.people.refusals import Refusals as PeopleRefusals
from apps.sealing.refusals import Refusals

SEALS = frozenset({"contact", "intelligence", "analysis", "watch", "customs", "border", "ministry"})
"""Functions whose people may be sent texts of the highest level, and may hold a key for their State."""

HOLDING_LEVEL = 2
"""Who holds a key reads up to confidential at least. Not more: a holder opens a share, and never the text by it."""


def may_hold(actor: Actor, _key: Any) -> Verdict:
    """Propose a key of one's own: who works at a desk that is sent such texts, cleared for them."""
    if actor.function not in SEALS:
        return Deny(Refusals.NOT_A_HOLDING_DESK)
    if actor.rank < WORKS:
        return Deny(AccessRefusals.NEEDS_OFFICER)
    return ALLOW if actor.clearance >= HOLDING_LEVEL else Deny(Refusals.NOT_CLEARED)


def may_confirm_key(actor: Actor, key: Any) -> Verdict:
    """An administrator of the holder's party who is not the holder: nobody else knows their people."""
    if actor.user_id == key.user_id:
        return Deny(PeopleRefusals.OWN_PROPOSAL)
    return _administers(actor, key)


def may_end_key(actor: Actor, key: Any) -> Verdict:
    """The holder themself, and any administrator of the party alone: a key that is lost or stolen ends at once."""
    return ALLOW if actor.user_id == key.user_id else _administers(actor, key)


def _administers(actor: Actor, key: Any) -> Verdict:
    ours = actor.function == "administration" and actor.rank >= DECIDES and actor.party_code == key.party_id
    return ALLOW if ours else Deny(PeopleRefusals.NOT_ADMINISTRATOR)
