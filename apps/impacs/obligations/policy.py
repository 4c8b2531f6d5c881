"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.policy import may_commit
from apps.impacs.refusals import Refusals
from apps.region.refusals import Refusals as RegionRefusals


def is_of_state(actor: Actor, row: Any) -> bool:
    """Whether the seat is of the State's ministry, or of the desk of that State that does the work."""
    return actor.party_code == row.party_id and (actor.function == "ministry" or actor.desk_id == row.desk_id)


def may_act_for_state(actor: Actor, row: Any) -> Verdict:
    """Report, prepare evidence, keep steps: officers of the ministry addressed, or of the desk it gave the work to."""
    if not is_of_state(actor, row):
        return Deny(Refusals.NOT_ADDRESSED)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_lead_for_state(actor: Actor, row: Any) -> Verdict:
    """Give the work to a desk or colleague: officers of the ministry itself."""
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny(Refusals.NOT_ADDRESSED)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_bind_for_state(actor: Actor, row: Any) -> Verdict:
    """Submit evidence, ask for more time, say that a clause does not apply: those who decide in the ministry.

    A program with the ministry's own key stands for the ministry, as in votes.
    """
    if actor.function != "ministry" or actor.party_code != row.party_id:
        return Deny(Refusals.NOT_ADDRESSED)
    return ALLOW if may_commit(actor) else Deny(RegionRefusals.NEEDS_DECIDER)


def may_verify(actor: Actor, row: Any) -> Verdict:
    """Verify, accept, return: officers of IMPACS. The action itself looks whether the State had sent the person."""
    if actor.function != "secretariat" or actor.party_code != "IMPACS":
        return Deny(Refusals.NOT_VERIFIER)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_direct(actor: Actor, row: Any) -> Verdict:
    """Reopen, decide on applicability, record secondments: those who decide at IMPACS, its director first."""
    if actor.function != "secretariat" or actor.party_code != "IMPACS":
        return Deny(Refusals.NOT_VERIFIER)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.NEEDS_DIRECTOR)


def may_decide_extension(actor: Actor, row: Any) -> Verdict:
    """The director within the delegation; the Council's answer is recorded by officers of the Secretariat."""
    return may_direct(actor, row) if row.power == "director" else may_verify(actor, row)


def may_close_assistance(actor: Actor, row: Any) -> Verdict:
    """Say that nothing more is expected: the State that asked, or IMPACS."""
    return may_verify(actor, row) if actor.party_code == "IMPACS" else may_act_for_state(actor, row)


def is_clock(actor: Actor, row: Any) -> Verdict:
    """What follows from a decision by itself: the portal's own desk."""
    return (
        ALLOW if actor.function == "automation" and actor.party_code == "IMPACS" else Deny(AccessRefusals.NOT_THE_CLOCK)
    )
