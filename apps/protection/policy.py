"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.carriers.refusals import Refusals as CarriersRefusals
from apps.protection.refusals import Refusals

HANDLERS = frozenset({"oversight", "administration"})
"""Desks that a person's own request reaches: those that answer for the party's data, not those that use them."""

HOLDERS = frozenset({"border", "customs", "intelligence", "contact", "ministry", "watch", "analysis", "secretariat"})
"""Desks of the party that look what they hold. All are asked each time, so that being asked tells nothing."""

BOARD = HANDLERS | {"platform"}
REGISTER = frozenset({"oversight", "administration", "ministry"})
REGIONAL = frozenset({"IMPACS", "JRCC"})
CLOCK = "IMPACS.automation"


def may_keep_time(actor: Actor, row: Any) -> Verdict:
    """The portal's own automatic work."""
    return ALLOW if actor.desk_code == CLOCK else Deny(AccessRefusals.NOT_THE_PORTAL)


def may_record_request(actor: Actor, row: Any) -> Verdict:
    """Record a person's request, prepare its answer, or end it: the party's oversight and administration."""
    if actor.function not in HANDLERS or (row is not None and row.originator_id != actor.party_code):
        return Deny(Refusals.NOT_PROTECTION_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_gather(actor: Actor, row: Any) -> Verdict:
    """Note what one's own desk holds on the person: officers of every desk of the party."""
    if actor.function not in HANDLERS | HOLDERS or actor.party_code != row.originator_id:
        return Deny(Refusals.NOT_PROTECTION_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_release_answer(actor: Actor, row: Any) -> Verdict:
    """Release or give back an answer: somebody else of these desks who decides."""
    verdict = may_record_request(actor, row)
    if not verdict:
        return verdict
    if row.prepared_by_user_id == actor.user_id:
        return Deny(Refusals.OWN_ANSWER)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.ANSWER_NEEDS_DECIDER)


def may_propose_purpose(actor: Actor, row: Any) -> Verdict:
    """Propose a purpose of one's own party, or take it back: its oversight, administration and ministry."""
    if actor.function not in REGISTER or (row is not None and row.party_id != actor.party_code):
        return Deny(Refusals.NOT_REGISTER_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_confirm_purpose(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of these desks who decides."""
    verdict = may_propose_purpose(actor, row)
    if not verdict:
        return verdict
    if row.proposed_by_user_id == actor.user_id:
        return Deny(CarriersRefusals.OWN_CHANGE)
    return ALLOW if actor.rank >= DECIDES else Deny(CarriersRefusals.CHANGE_NEEDS_DECIDER)
