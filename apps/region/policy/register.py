"""Who keeps the register itself."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.region.refusals import Refusals


def may_keep(actor: Actor, row: Any) -> Verdict:
    """The IMPACS secretariat, which keeps the register: definitions and values of indicators, model laws."""
    if actor.function != "secretariat":
        return Deny(Refusals.NOT_REGISTER_KEEPER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def reads_evidence(actor: Actor, row: Any) -> bool:
    """Whether the documents behind a State's row are for the actor: its own State, the keeper of the system, IMPACS."""
    keeper = getattr(getattr(row, "system", None), "keeper_id", "")
    return actor.function == "secretariat" or actor.party_code in {row.party_id, keeper}


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What time alone brings about: the portal's own desk."""
    return (
        ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny(AccessRefusals.NOT_THE_CLOCK)
    )
