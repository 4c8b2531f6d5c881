"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.exchange.refusals import Refusals
from apps.exchange.rules import lines

FUNCTIONS = frozenset({"contact", "intelligence", "analysis", "watch", "customs", "border"})
"""Functions whose desks ask and are asked, over whatever line; each line says itself who may."""


def releases(actor: Actor) -> bool:
    """Binds their desk outward: who decides there, and at a point of contact, which is its State's own, each
    officer."""
    return actor.rank >= DECIDES or (actor.function == "contact" and actor.rank >= WORKS)


def may_choose(actor: Actor, _row: Any) -> Verdict:
    """Say what may be known of what the party asks and holds: who binds the State at its point of contact."""
    if actor.function != "contact":
        return Deny(Refusals.NEEDS_NPC)
    return ALLOW if releases(actor) else Deny(Refusals.NEEDS_RELEASING_OFFICER)


def may_ask(actor: Actor, _row: Any) -> Verdict:
    """Begin a request: officers of desks of some line."""
    found = [line.may_ask(actor) for line in lines.every()]
    return next((one for one in found if one), found[0] if found else Deny(Refusals.NO_LINE))


def may_work(actor: Actor, request: Any) -> Verdict:
    """Change, close, follow up, cancel, talk with those asked: officers of the desk that asks."""
    if actor.desk_id != request.owner_id:
        return Deny(Refusals.NOT_ASKING_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_send(actor: Actor, request: Any) -> Verdict:
    """Send: a releasing officer of the desk that asks; each of its officers where the line says so."""
    verdict = may_work(actor, request)
    if not verdict or releases(actor) or lines.line_of(request.line).officers_send:
        return verdict
    return Deny(Refusals.NEEDS_RELEASING_OFFICER)


def may_steer(actor: Actor, addressee: Any) -> Verdict:
    """What the asking desk does to a part of its request."""
    if actor.desk_id != addressee.asker_id:
        return Deny(Refusals.NOT_ASKING_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_answer(actor: Actor, addressee: Any) -> Verdict:
    """Accept, answer, ask back, ask for more time: officers of the desk that is asked."""
    if actor.desk_id != addressee.owner_id:
        return Deny(Refusals.NOT_ADDRESSEE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_refuse(actor: Actor, addressee: Any) -> Verdict:
    """Refuse: a releasing officer of the desk that is asked."""
    verdict = may_answer(actor, addressee)
    return verdict if not verdict or releases(actor) else Deny(Refusals.NEEDS_RELEASING_OFFICER)


def may_transfer(actor: Actor, addressee: Any) -> Verdict:
    """Pass to a desk of one's own State: its point of contact."""
    verdict = may_answer(actor, addressee)
    return verdict if not verdict or actor.function == "contact" else Deny(Refusals.NEEDS_NPC)


def may_draft(actor: Actor, _row: Any) -> Verdict:
    """Keep what one is writing: officers; whose part of a request it is, says the action."""
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What time alone brings about, and what follows from comparing: the line's own desk."""
    line = getattr(row, "line", "")
    run = lines.run_by(actor.desk_code)
    return ALLOW if line in run or (row is None and run) else Deny(AccessRefusals.NOT_THE_CLOCK)


def may_settle(actor: Actor, overlap: Any) -> Verdict:
    """Say what became of an overlap: officers of the watch that is told of it."""
    if actor.desk_id != overlap.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
