"""Who tells how far a State has come with a law: its ministry, and the Secretariat for what is published."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.region.refusals import Refusals


def may_tell(actor: Actor, row: Any) -> Verdict:
    """Officers of the State's ministry."""
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny(Refusals.NOT_YOUR_STATE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_assess(actor: Actor, row: Any) -> Verdict:
    """Compare a law with the model law, and put right what was recorded: the State's ministry, or the Secretariat."""
    if actor.function == "secretariat":
        return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
    return may_tell(actor, row)
