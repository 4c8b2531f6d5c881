"""Who takes steps to an instrument: the States themselves, and the depositary for what it receives."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.region.refusals import Refusals

COMMUNITY = "CCS"
"""The Community's Secretariat; its Secretary-General is the depositary."""


def is_depositary(actor: Actor, row: Any) -> Verdict:
    """Receive and notify: the Community's Secretariat, or the IMPACS secretariat, which keeps the register."""
    if actor.function != "secretariat" and (actor.party_code, actor.function) != (COMMUNITY, "ministry"):
        return Deny(Refusals.NOT_DEPOSITARY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_sign(actor: Actor, row: Any) -> Verdict:
    """Sign, ratify: who decides in the State's ministry, or its own key; for an organisation, the depositary."""
    if actor.party_code != row.party_id:
        return is_depositary(actor, row)
    if actor.function != "ministry":
        return Deny(Refusals.NOT_YOUR_STATE)
    own_key = actor.seat_kind == "service" and actor.rank >= WORKS
    return ALLOW if own_key or actor.rank >= DECIDES else Deny(Refusals.NEEDS_DECIDER)


def may_prepare(actor: Actor, row: Any) -> Verdict:
    """Tell of an approval at home: officers of the State's ministry; for an organisation, the depositary."""
    if actor.party_code != row.party_id:
        return is_depositary(actor, row)
    if actor.function != "ministry":
        return Deny(Refusals.NOT_YOUR_STATE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
