"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.council.refusals import Refusals as CouncilRefusals
from apps.impacs.refusals import Refusals
from apps.region.refusals import Refusals as RegionRefusals

STATE_OFFICES = frozenset({"focal_point", "approver", "permanent_secretary", "minister_office"})
"""Offices that a State's ministry names."""


def may_answer(actor: Actor, row: Any) -> Verdict:
    """Answer an escalation: who was told, and who decides at the desk that was."""
    if actor.desk_id != row.owner_id or row.office == "council_list":
        return Deny(Refusals.NOT_ASKED)
    return ALLOW if actor.seat_id in row.seats or actor.rank >= DECIDES else Deny(Refusals.NOT_ASKED)


def may_pass_on(actor: Actor, row: Any) -> Verdict:
    """Write to the minister's office: the director of IMPACS, through whom alone it is told."""
    if row.office != "minister_office" or row.told != "impacs_director":
        return Deny(Refusals.NOT_FOR_THE_MINISTER)
    return may_answer(actor, row)


def may_list(actor: Actor, row: Any) -> Verdict:
    """Put on the list for the Council: officers of the Secretariat."""
    if row.office != "council_list":
        return Deny(Refusals.NOT_FOR_THE_COUNCIL)
    if actor.party_code != "IMPACS" or actor.function != "secretariat":
        return Deny(CouncilRefusals.NOT_SECRETARIAT)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_name(actor: Actor, row: Any) -> Verdict:
    """Name who holds an office: who decides at a State's ministry for the State, at the Secretariat for IMPACS."""
    agency = actor.party_code == "IMPACS" and actor.function == "secretariat"
    if not agency and actor.function != "ministry":
        return Deny(Refusals.NOT_YOUR_OFFICE)
    if row is not None and row.party_id != actor.party_code:
        return Deny(Refusals.NOT_YOUR_OFFICE)
    return ALLOW if actor.rank >= DECIDES else Deny(RegionRefusals.NEEDS_DECIDER)
