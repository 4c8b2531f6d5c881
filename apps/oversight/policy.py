"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

ANCHOR_READERS = frozenset({"oversight", "administration", "platform"})
"""Who keeps anchors: those who answer for the trail, not those who work in it."""


NOTE_LEAVERS = frozenset({"administration", "oversight"})
CLOCK = "IMPACS.automation"


def may_keep_time(actor: Actor, row: Any) -> Verdict:
    """The portal's own automatic work."""
    return ALLOW if actor.desk_code == CLOCK else Deny("not-the-portal")


def may_assess(actor: Actor, case: Any) -> Verdict:
    """Officers of oversight; that it is not about themselves is the read door's, and asked once more."""
    if actor.function != "oversight":
        return Deny("not-oversight")
    if case is not None and case.user_id == actor.user_id:
        return Deny("own-case")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_note_leaver(actor: Actor, row: Any) -> Verdict:
    """Account administrators of the party, who learn of it first, and its oversight; never about oneself.

    The region's oversight reads every party's notices and ends its own.
    """
    if row is not None and row.party_id != actor.party_code:
        return Deny("not-administrator")
    if actor.function == "oversight" and actor.rank >= WORKS:
        return ALLOW
    return ALLOW if actor.function == "administration" and actor.rank >= DECIDES else Deny("not-administrator")
