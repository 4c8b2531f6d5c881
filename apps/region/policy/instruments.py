"""Who takes steps to an instrument: the States themselves, and the depositary for what it receives."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

COMMUNITY = "CCS"
"""The Community's Secretariat; its Secretary-General is the depositary."""


def is_depositary(actor: Actor, row: Any) -> Verdict:
    """Receive and notify: the Community's Secretariat, or the IMPACS secretariat, which keeps the register."""
    if actor.function != "secretariat" and (actor.party_code, actor.function) != (COMMUNITY, "ministry"):
        return Deny("not-depositary")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_sign(actor: Actor, row: Any) -> Verdict:
    """Sign and ratify: those who decide in the State's ministry; for an organisation, the depositary."""
    if row.party_id is None or actor.party_code != row.party_id:
        return is_depositary(actor, row)
    if actor.function != "ministry":
        return Deny("not-your-state")
    return ALLOW if actor.rank >= DECIDES or actor.seat_kind == "service" else Deny("needs-decider")


def may_prepare(actor: Actor, row: Any) -> Verdict:
    """Tell of an approval at home: officers of the State's ministry; for an organisation, the depositary."""
    if row.party_id is None or actor.party_code != row.party_id:
        return is_depositary(actor, row)
    if actor.function != "ministry":
        return Deny("not-your-state")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")
