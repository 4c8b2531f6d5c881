"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.entrance.refusals import Refusals as EntranceRefusals
from apps.rifc.policy import CISNET, READERS
from apps.rifc.policy import is_clock as is_clock
from apps.rifc.refusals import Refusals as RifcRefusals

FETCHES = CISNET | READERS
"""Functions whose programs fetch what the desk may see; only those of CISNET also send, and read what is for all."""


def may_send(actor: Actor, _row: Any) -> Verdict:
    """Send objects: officers and programs of the desks of the community."""
    if actor.function not in CISNET:
        return Deny(RifcRefusals.NOT_CISNET)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_sort(actor: Actor, intake: Any) -> Verdict:
    """Make reports out of what came in, or put it aside: people of the desk it came to, never programs."""
    if actor.desk_id != intake.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    if actor.via == "api":
        return Deny(EntranceRefusals.NEEDS_PERSON)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_fetch(actor: Actor, _row: Any) -> Verdict:
    """Fetch pages: programs of desks that have reports."""
    return ALLOW if actor.function in FETCHES else Deny(RifcRefusals.NOT_CISNET)
