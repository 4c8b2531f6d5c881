"""Who plans, does, reviews and ends tasks, who keeps money and mandates. Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.refusals import Refusals as CouncilRefusals
from apps.impacs.refusals import Refusals

MAKERS = frozenset({"secretariat", "watch", "analysis"})
"""Functions whose desks have a work plan of their own: the agency's headquarters, the JRCC's watch, the RIFC."""


ANSWERS = frozenset({"ministry", "watch", "analysis"})
"""Functions whose desks are asked for what a task waits for."""


def _officer(actor: Actor) -> Verdict:
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def does(actor: Actor, row: Any) -> bool:
    """Whether the desk does the task: it owns it, or one of its people is assigned."""
    return actor.desk_id == row.owner_id or actor.desk_id in row.desks


def may_create(actor: Actor, row: Any) -> Verdict:
    """Make tasks and templates: officers of the agency and of its two centres."""
    return _officer(actor) if actor.function in MAKERS else Deny(Refusals.NOT_IMPACS_WORK)


def may_withdraw(actor: Actor, row: Any) -> Verdict:
    """Take a template back: the desk that keeps it, and the Secretariat."""
    if actor.function != "secretariat" and actor.desk_id != row.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return _officer(actor)


def may_change(actor: Actor, row: Any) -> Verdict:
    """Change the plan of a task: its own desk, and the Secretariat, which keeps the work plan."""
    if actor.function != "secretariat" and actor.desk_id != row.owner_id:
        return Deny(Refusals.NOT_TASK_DESK)
    return _officer(actor)


def may_work(actor: Actor, row: Any) -> Verdict:
    """Do the task: officers of the desk that owns it, and of the desks of those assigned."""
    return _officer(actor) if does(actor, row) else Deny(Refusals.NOT_TASK_DESK)


def may_take_part(actor: Actor, row: Any) -> Verdict:
    """Comment, tick, attach, note hours: whoever does it, reviews it or keeps the work plan."""
    if does(actor, row) or actor.function == "secretariat" or actor.seat_id == row.reviewer_id:
        return _officer(actor)
    return Deny(Refusals.NOT_TASK_DESK)


def may_follow(actor: Actor, row: Any) -> Verdict:
    """Be told what becomes of it: whoever sees its inside, readers as well."""
    return ALLOW if does(actor, row) or actor.function == "secretariat" else Deny(Refusals.NOT_TASK_DESK)


def may_answer(actor: Actor, row: Any) -> Verdict:
    """Answer for a party that the task waits for: officers of a State's ministry, of the watch, of the RIFC."""
    if actor.function not in ANSWERS or actor.party_code not in row.waiting_for:
        return Deny(Refusals.NOT_WAITED_FOR)
    return _officer(actor)


def may_head(actor: Actor, row: Any) -> Verdict:
    """Plan, cancel, reopen: who decides at the desk that owns it, or at the agency."""
    if actor.rank < DECIDES or not (actor.desk_id == row.owner_id or actor.function == "secretariat"):
        return Deny(Refusals.NOT_TASK_HEAD)
    return ALLOW


def may_review(actor: Actor, row: Any) -> Verdict:
    """Accept or return what was handed in: the reviewer, who never did it themselves."""
    if actor.seat_id != row.reviewer_id:
        return Deny(Refusals.NOT_REVIEWER)
    return Deny(Refusals.OWN_WORK) if actor.seat_id == row.submitted_by_seat_id else ALLOW


def may_direct(actor: Actor, row: Any) -> Verdict:
    """What the head of the agency decides: who leads a mandate, funds, budget lines, first extensions."""
    return ALLOW if actor.function == "secretariat" and actor.rank >= DECIDES else Deny(Refusals.NOT_DIRECTOR)


def may_spend(actor: Actor, row: Any) -> Verdict:
    """Commit and spend: officers of the agency's Secretariat."""
    return _officer(actor) if actor.function == "secretariat" else Deny(CouncilRefusals.NOT_SECRETARIAT)


def may_lead(actor: Actor, row: Any) -> Verdict:
    """Start and report: the officer in charge of the mandate, or who decides at the agency in their place."""
    if actor.seat_id == row.lead_id:
        return _officer(actor)
    return ALLOW if may_direct(actor, row) is ALLOW else Deny(Refusals.NOT_LEAD)
