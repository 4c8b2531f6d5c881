"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc.policy import CISNET, is_clock
from apps.rifc.refusals import Refusals as RifcRefusals
from apps.rifc.rules.facts import RESTRICTED
from apps.watch.refusals import Refusals

__all__ = ["CISNET", "is_clock"]

ON_DUTY = "watch"
"""Function of the desks that keep a log."""

ISSUERS = frozenset({"contact", "RIFC.watch"})
"""Functions and desks that issue bulletins (field notes, machine `bulletin`)."""

DIGESTERS = frozenset({"RIFC.watch", "RIFC.analysis"})
"""Desks that draft the weekly digest."""


def _own(actor: Actor, row: Any, rank: int = WORKS, code: str = AccessRefusals.NEEDS_OFFICER) -> Verdict:
    if actor.desk_id != row.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= rank else Deny(code)


def may_open(actor: Actor, _row: Any) -> Verdict:
    """Begin the first watch of a desk: its officers."""
    if actor.function != ON_DUTY:
        return Deny(Refusals.NOT_ON_DUTY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_log(actor: Actor, watch: Any) -> Verdict:
    """Write into the log: officers of the desk."""
    return _own(actor, watch)


def may_hand_over(actor: Actor, watch: Any) -> Verdict:
    """Start a hand-over, or break it off: the officer in charge, or who decides at the desk where they cannot."""
    verdict = _own(actor, watch)
    if not verdict:
        return verdict
    return ALLOW if actor.user_id == watch.officer_id or actor.rank >= DECIDES else Deny(Refusals.NOT_IN_CHARGE)


def may_take_over(actor: Actor, watch: Any) -> Verdict:
    """Take a watch over: an officer of the desk who neither was in charge nor signed it away."""
    verdict = _own(actor, watch)
    if not verdict:
        return verdict
    return Deny(Refusals.INCOMING_IS_OUTGOING) if actor.user_id in {watch.officer_id, watch.outgoing_id} else ALLOW


def may_draft(actor: Actor, _row: Any) -> Verdict:
    """Begin a bulletin: officers of points of contact and of RIFC's watch."""
    if not {actor.function, actor.desk_code} & ISSUERS:
        return Deny(Refusals.NOT_ISSUER_OF_BULLETINS)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_revise(actor: Actor, bulletin: Any) -> Verdict:
    """Change or throw away a draft: officers of its desk."""
    return _own(actor, bulletin)


def may_issue(actor: Actor, bulletin: Any) -> Verdict:
    """Issue: who decides at the desk; above RESTRICTED somebody who has written none of it."""
    verdict = _own(actor, bulletin, DECIDES, ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    if not verdict:
        return verdict
    own = bulletin.level > RESTRICTED and actor.user_id in bulletin.written_by
    return Deny(RifcRefusals.SECOND_OFFICER) if own else ALLOW


def may_steer(actor: Actor, bulletin: Any) -> Verdict:
    """Renew or cancel: who decides at the desk that issued it."""
    return _own(actor, bulletin, DECIDES, ExchangeRefusals.NEEDS_RELEASING_OFFICER)


def is_recipient(actor: Actor, receipt: Any) -> Verdict:
    """Say that a desk knows: its officers."""
    if receipt.desk_id != actor.desk_id:
        return Deny(ExchangeRefusals.NOT_ADDRESSEE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_open_receipt(actor: Actor, receipt: Any) -> Verdict:
    """Anybody at the desk opens what it was sent."""
    return ALLOW if receipt.desk_id == actor.desk_id else Deny(ExchangeRefusals.NOT_ADDRESSEE)


def may_assemble(actor: Actor, _row: Any) -> Verdict:
    """Begin a digest: officers of RIFC's watch and analysis."""
    if actor.desk_code not in DIGESTERS:
        return Deny(Refusals.NOT_DIGEST_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_arrange(actor: Actor, digest: Any) -> Verdict:
    """Change, hand in or throw away a digest: officers of its desk."""
    return _own(actor, digest)


def may_approve(actor: Actor, digest: Any) -> Verdict:
    """Issue or return a digest: who decides at its desk and has written none of it."""
    verdict = _own(actor, digest, DECIDES, ExchangeRefusals.NEEDS_RELEASING_OFFICER)
    if not verdict:
        return verdict
    return Deny(RifcRefusals.SECOND_OFFICER) if actor.user_id in digest.written_by else ALLOW
