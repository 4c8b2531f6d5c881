"""Who moves a State from stage to stage in a system: the State's ministry, and the body that keeps the system."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.region.refusals import Refusals

KEEPING = frozenset({"watch", "analysis", "secretariat"})
"""Functions by which a body keeps its systems: the JRCC's watch, the RIFC's analysis, the IMPACS secretariat."""


def may_speak_for_state(actor: Actor, row: Any) -> Verdict:
    """Ask to join, tell of the legal basis: officers of the State's ministry, where States join one by one."""
    if not row.system.joinable:
        return Deny(Refusals.NOT_JOINABLE)
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny(Refusals.NOT_YOUR_STATE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_bind_state(actor: Actor, row: Any) -> Verdict:
    """Sign and withdraw: those who decide in the State's ministry, or a program with the ministry's own key."""
    verdict = may_speak_for_state(actor, row)
    if not verdict:
        return verdict
    return ALLOW if actor.rank >= DECIDES or actor.seat_kind == "service" else Deny(Refusals.NEEDS_DECIDER)


def keeps_system(actor: Actor, row: Any) -> Verdict:
    """Assess, test, bring into use: officers of the body that keeps the system."""
    if not row.system.joinable:
        return Deny(Refusals.NOT_JOINABLE)
    if actor.function not in KEEPING or actor.party_code != row.system.keeper_id:
        return Deny(Refusals.NOT_SYSTEM_KEEPER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_suspend(actor: Actor, row: Any) -> Verdict:
    """The body that keeps the system, or those who decide in the State's ministry."""
    return may_bind_state(actor, row) if actor.function == "ministry" else keeps_system(actor, row)


def may_correct(actor: Actor, row: Any) -> Verdict:
    """Record what a document shows, and put right what was recorded: the keeper of the system, or the Secretariat."""
    if actor.function == "secretariat":
        return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
    if actor.function not in KEEPING or actor.party_code != row.system.keeper_id:
        return Deny(Refusals.NOT_SYSTEM_KEEPER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
