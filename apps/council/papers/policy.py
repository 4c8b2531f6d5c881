"""Who writes, clears, issues and translates papers."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.refusals import Refusals


def may_write(actor: Actor, paper: Any) -> Verdict:
    """Revise and hand in: the author's own desk. The Secretariat returns a text, it does not rewrite it."""
    if actor.desk_id != paper.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_clear(actor: Actor, paper: Any) -> Verdict:
    """Clear or return: officers of the desks that were asked and have not answered yet."""
    if actor.desk_id not in paper.asked:
        return Deny(Refusals.NOT_CLEARER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_translate(actor: Actor, paper: Any) -> Verdict:
    """Add a translation: the Secretariat, and the desk that wrote the paper."""
    if actor.function != "secretariat" and actor.desk_id != paper.owner_id:
        return Deny(Refusals.NOT_TRANSLATOR)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def sees_receipts(actor: Actor, paper: Any) -> bool:
    """Whether the lines of all States are for this seat: the desk that circulated the paper, and the Secretariat."""
    return actor.desk_id == paper.owner_id or actor.function == "secretariat"


def sees_drafting(actor: Actor, paper: Any) -> bool:
    """Whether earlier texts and clearances are for this seat: author, Secretariat, and desks asked to clear."""
    return sees_receipts(actor, paper) or actor.desk_id in paper.asked
