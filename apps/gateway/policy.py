"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, Actor
from apps.access.verdict import ALLOW, Deny, Verdict


def may_ask(actor: Actor, row: Any) -> Verdict:
    """Queue, ask, answer and forget: the JRCC's automatic work."""
    return ALLOW if actor.function == "automation" and actor.party_code == "JRCC" else Deny("not-screening")


def may_switch(actor: Actor, source: Any) -> Verdict:
    """Switch a source on or off: who decides at the JRCC's watch."""
    if actor.function != "watch" or actor.party_code != "JRCC":
        return Deny("not-watch")
    return ALLOW if actor.rank >= DECIDES else Deny("needs-supervisor")


def may_rehearse(actor: Actor, source: Any) -> Verdict:
    """Let the simulator of the demonstration fail: the portal's operators."""
    if actor.function != "platform":
        return Deny("not-platform-head")
    return ALLOW if actor.rank >= DECIDES else Deny("not-platform-head")


def knows_hits(actor: Actor) -> bool:
    """Whether a seat may read that a source holds a record: the JRCC; a State learns it by referral."""
    return actor.party_code == "JRCC" and actor.function in {"watch", "automation"}
