"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.oversight.refusals import Refusals
from apps.people.refusals import Refusals as PeopleRefusals

ANCHOR_READERS = frozenset({"oversight", "administration", "platform"})
"""Who keeps anchors: those who answer for the trail, not those who work in it."""


NOTE_LEAVERS = frozenset({"administration", "oversight"})
WITNESS_KEEPERS = frozenset({"administration", "oversight"})
"""Whose programs hand in what a party's witness has signed."""
CLOCK = "IMPACS.automation"


def may_keep_time(actor: Actor, row: Any) -> Verdict:
    """The portal's own automatic work."""
    return ALLOW if actor.desk_code == CLOCK else Deny(AccessRefusals.NOT_THE_PORTAL)


def may_propose_witness(actor: Actor, row: Any) -> Verdict:
    """Account administrators, for their own party."""
    if actor.function != "administration":
        return Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    return ALLOW if actor.rank >= DECIDES else Deny(PeopleRefusals.NOT_ADMINISTRATOR)


def may_end_witness(actor: Actor, witness: Any) -> Verdict:
    """Account administrators of the party, and officers of its oversight."""
    if actor.party_code != witness.party_id:
        return Deny(Refusals.OTHER_PARTYS_WITNESS)
    if actor.function == "oversight":
        return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
    return may_propose_witness(actor, None)


def may_decide_witness(actor: Actor, witness: Any) -> Verdict:
    """The same people but the one who asked for it."""
    if witness.proposer_id == actor.user_id:
        return Deny(Refusals.NEEDS_SECOND)
    return may_end_witness(actor, witness)


def may_cosign(actor: Actor, row: Any) -> Verdict:
    """Desks of oversight and administration; whose key it is, the action asks."""
    return ALLOW if actor.function in WITNESS_KEEPERS else Deny(Refusals.NO_WITNESS)


def may_assess(actor: Actor, case: Any) -> Verdict:
    """Officers of oversight; that it is not about themselves is the read door's, and asked once more."""
    if actor.function != "oversight":
        return Deny(Refusals.NOT_OVERSIGHT)
    if case is not None and case.user_id == actor.user_id:
        return Deny(Refusals.OWN_CASE)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_note_leaver(actor: Actor, row: Any) -> Verdict:
    """Account administrators of the party, who learn of it first, and its oversight; never about oneself.

    The region's oversight reads every party's notices and ends its own.
    """
    if row is not None and row.party_id != actor.party_code:
        return Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    if actor.function == "oversight" and actor.rank >= WORKS:
        return ALLOW
    return (
        ALLOW
        if actor.function == "administration" and actor.rank >= DECIDES
        else Deny(PeopleRefusals.NOT_ADMINISTRATOR)
    )
