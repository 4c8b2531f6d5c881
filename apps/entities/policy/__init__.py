"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.entities.refusals import Refusals
from apps.rifc.policy import CISNET, is_clock
from apps.rifc.refusals import Refusals as RifcRefusals
from apps.screening.policy import may_keep_lists

__all__ = [
    "CISNET",
    "is_clock",
    "is_watch",
    "may_confirm",
    "may_keep_lists",
    "may_record",
    "may_see_any",
    "may_undo",
    "may_withdraw",
]


def may_see_any(actor: Actor) -> bool:
    """Persons and things are for the desks of the community; ministries read finished products, programs run none."""
    return actor.function in CISNET


def may_record(actor: Actor, _row: Any) -> Verdict:
    """Record what a paragraph says: officers of the desks of the community."""
    if actor.function not in CISNET:
        return Deny(RifcRefusals.NOT_CISNET)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_withdraw(actor: Actor, evidence: Any) -> Verdict:
    """Take a statement back: officers of the desk that recorded it, and of the desk that wrote its report."""
    if actor.desk_id not in {evidence.desk_id, evidence.report_desk_id}:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_confirm(actor: Actor, twin: Any) -> Verdict:
    """Say that two are one, or are not: officers of a party that keeps one of them and has not spoken yet."""
    if actor.party_code not in twin.waiting:
        return Deny(Refusals.NOT_KEEPER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_undo(actor: Actor, twin: Any) -> Verdict:
    """Take back that two are one: officers of a party that keeps one of them, or that proposed it."""
    if actor.party_code not in {*twin.parties, twin.proposer_id}:
        return Deny(Refusals.NOT_KEEPER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def is_watch(actor: Actor, _row: Any) -> Verdict:
    """What RIFC's watch alone does."""
    if actor.desk_code != "RIFC.watch":
        return Deny(Refusals.NOT_RIFC_WATCH)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
