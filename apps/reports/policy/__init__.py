"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_commit
from apps.council.refusals import Refusals as CouncilRefusals
from apps.region.refusals import Refusals as RegionRefusals
from apps.reports.refusals import Refusals


def may_write(actor: Actor, row: Any) -> Verdict:
    """Facts and drafts: officers of the Council's Secretariat."""
    if actor.function != "secretariat":
        return Deny(CouncilRefusals.NOT_SECRETARIAT)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_approve(actor: Actor, row: Any) -> Verdict:
    """Approve for the Secretary-General: who decides at the Secretariat, but not the person who compiled it."""
    if actor.function != "secretariat":
        return Deny(CouncilRefusals.NOT_SECRETARIAT)
    if actor.rank < DECIDES:
        return Deny(Refusals.NEEDS_SECRETARY)
    return Deny(Refusals.OWN_REPORT) if row.compiled_by_seat_id == actor.seat_id else ALLOW


def may_clear(actor: Actor, row: Any) -> Verdict:
    """Answer what a State is asked to clear: who binds the State, a person who decides or the ministry's own key."""
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny(Refusals.NOT_NAMED)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)


def may_comment(actor: Actor, row: Any) -> Verdict:
    """Say something beside a number of one's own State: officers of its ministry."""
    if actor.function != "ministry" or (row is not None and actor.party_code != row.party_id):
        return Deny(CouncilRefusals.NOT_MINISTRY)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What time brings about: the portal's own desk."""
    return (
        ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny(AccessRefusals.NOT_THE_CLOCK)
    )
