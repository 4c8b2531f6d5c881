"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict


def may_act_for_state(actor: Actor, row: Any) -> Verdict:
    """Acknowledge and report: officers of the ministry of the State that the clause addresses."""
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny("not-addressed")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What follows from a decision by itself: the portal's own desk."""
    return ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny("not-the-clock")
