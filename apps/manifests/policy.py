"""Who may send, correct and keep lists."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.gateway.refusals import Refusals as GatewayRefusals
from apps.manifests.refusals import Refusals
from apps.screening.refusals import Refusals as ScreeningRefusals


def may_receive(actor: Actor, row: Any) -> Verdict:
    """Send a list: a carrier's agents, and the watch for what reaches it by other ways."""
    if actor.function != "carrier" and not on_watch(actor):
        return Deny(Refusals.NOT_CARRIER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_correct(actor: Actor, sent: Any) -> Verdict:
    """Send corrections of a list (None: of any): the desk that sent it, and the watch on its behalf."""
    verdict = may_receive(actor, sent)
    if not verdict or sent is None or on_watch(actor) or sent.owner_id == actor.desk_id:
        return verdict
    return Deny(Refusals.NOT_YOUR_LIST)


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep, change and drop a desk's drafts and layouts: who may send its lists."""
    return may_receive(actor, row)


def may_process(actor: Actor, row: Any) -> Verdict:
    """Read, screen and answer lists, and raise or withdraw hits: the JRCC's automatic work."""
    return (
        ALLOW
        if actor.function == "automation" and actor.party_code == "JRCC"
        else Deny(ScreeningRefusals.NOT_SCREENING)
    )


def of_watch(actor: Actor) -> Verdict:
    """An officer of the watch; the verdict says what is missing."""
    if not on_watch(actor):
        return Deny(GatewayRefusals.NOT_WATCH)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def on_watch(actor: Actor) -> bool:
    """The JRCC's own watch: other bodies have one that does other work."""
    return actor.function == "watch" and actor.party_code == "JRCC"
