"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.gateway.refusals import Refusals
from apps.operations.refusals import Refusals as OperationsRefusals
from apps.screening.refusals import Refusals as ScreeningRefusals


def may_ask(actor: Actor, row: Any) -> Verdict:
    """Queue, ask, answer and forget: the JRCC's automatic work."""
    return (
        ALLOW
        if actor.function == "automation" and actor.party_code == "JRCC"
        else Deny(ScreeningRefusals.NOT_SCREENING)
    )


def may_switch(actor: Actor, source: Any) -> Verdict:
    """Switch a source on or off: who decides at the JRCC's watch."""
    if actor.function != "watch" or actor.party_code != "JRCC":
        return Deny(Refusals.NOT_WATCH)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.NEEDS_SUPERVISOR)


def may_rehearse(actor: Actor, source: Any) -> Verdict:
    """Let the simulator of the demonstration fail: the portal's operators."""
    if actor.function != "platform":
        return Deny(OperationsRefusals.NOT_PLATFORM_HEAD)
    return ALLOW if actor.rank >= DECIDES else Deny(OperationsRefusals.NOT_PLATFORM_HEAD)


def knows_hits(actor: Actor) -> bool:
    """Whether a seat may read that a source holds a record: the JRCC; a State learns it by referral."""
    return actor.party_code == "JRCC" and actor.function in {"watch", "automation"}
