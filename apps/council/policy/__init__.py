"""May this actor? Pure functions over loaded columns, one module for each kind of record."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.refusals import Refusals
from apps.region.refusals import Refusals as RegionRefusals


def may_keep(actor: Actor, row: Any) -> Verdict:
    """The Council's Secretariat, which keeps agenda, papers and votes (CONTRACT.md, Demonstration cast)."""
    if actor.function != "secretariat":
        return Deny(Refusals.NOT_SECRETARIAT)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_preside(actor: Actor, row: Any) -> Verdict:
    """What the chair rules: the ministry of the State in the chair, or the Secretariat on its behalf.

    `row.chair_id` is the State in the chair; a creation has no row, and is the Secretariat's alone.
    """
    if actor.function == "secretariat":
        return may_keep(actor, row)
    if actor.function != "ministry" or row is None or actor.party_code != row.chair_id:
        return Deny(Refusals.NOT_CHAIR)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)


def may_speak_for_state(actor: Actor, row: Any) -> Verdict:
    """Prepare and answer for one's State: officers of its ministry."""
    if actor.function != "ministry":
        return Deny(Refusals.NOT_MINISTRY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_bind_state(actor: Actor, row: Any) -> Verdict:
    """Vote, object, declare: those who decide in a State's ministry, or a program with the ministry's own key."""
    if actor.function != "ministry":
        return Deny(Refusals.NOT_MINISTRY)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)


def may_propose(actor: Actor, row: Any) -> Verdict:
    """Propose items, papers and decisions: the States' ministries and the Secretariat."""
    if actor.function not in {"ministry", "secretariat"}:
        return Deny(Refusals.NOT_MINISTRY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_change_own(actor: Actor, row: Any) -> Verdict:
    """Change what one's own party proposed; the Secretariat whatever it keeps."""
    if actor.function == "secretariat":
        return may_keep(actor, row)
    if actor.desk_id != row.owner_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What time alone brings about: the portal's own desk."""
    return (
        ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny(AccessRefusals.NOT_THE_CLOCK)
    )


def may_commit(actor: Actor) -> bool:
    """Whether the seat binds its State: it decides, or it is the ministry's own key for programs."""
    return actor.rank >= DECIDES or (actor.seat_kind == "service" and actor.rank >= WORKS)
