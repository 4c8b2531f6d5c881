"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.rifc.policy import CISNET, READERS
from apps.rifc.policy import is_clock as is_clock

FETCHES = CISNET | READERS
"""Functions whose programs fetch what the desk may see; only those of CISNET also send, and read what is for all."""


def may_send(actor: Actor, _row: Any) -> Verdict:
    """Send objects: officers and programs of the desks of the community."""
    if actor.function not in CISNET:
        return Deny("not-cisnet")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_sort(actor: Actor, intake: Any) -> Verdict:
    """Make reports out of what came in, or put it aside: people of the desk it came to, never programs."""
    if actor.desk_id != intake.owner_id:
        return Deny("not-your-desk")
    if actor.via == "api":
        return Deny("needs-person")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_fetch(actor: Actor, _row: Any) -> Verdict:
    """Fetch pages: programs of desks that have reports."""
    return ALLOW if actor.function in FETCHES else Deny("not-cisnet")
