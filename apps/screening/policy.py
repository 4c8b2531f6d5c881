"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

KEEPERS = frozenset({"intelligence", "border", "analysis", "watch"})
"""Functions whose desks keep watchlists: those of a State, the RIFC's analysts and the JRCC's watch."""


def may_keep_lists(actor: Actor, row: Any) -> Verdict:
    """Open a list, or write an entry of one's own: officers of the desks that keep watchlists."""
    if actor.function not in KEEPERS:
        return Deny("not-list-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_change_entry(actor: Actor, entry: Any) -> Verdict:
    """Change or withdraw an entry: officers of the party that recorded it, whichever of its desks they sit at."""
    if actor.function not in KEEPERS or actor.party_code != entry.originator_id:
        return Deny("not-list-owner")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_run_lists(actor: Actor, row: Any) -> Verdict:
    """End what has run out, and take in files: the portal's own automatic work."""
    return ALLOW if actor.function == "automation" else Deny("not-screening")


def may_search(actor: Actor, states: Any) -> Verdict:
    """Screen with the lists: the JRCC for any States (None = all); everybody else as his own party alone.

    `states` holds, for each traveller, the codes of the parties whose visibility applies.
    """
    if actor.function == "automation" or (actor.function == "watch" and actor.party_code == "JRCC"):
        return ALLOW
    own = states is not None and all(list(codes) == [actor.party_code] for codes in states)
    return ALLOW if own else Deny("not-screening")


def may_read_reason(actor: Actor, entry: Any) -> bool:
    """Why somebody is listed is for the owner's party and the JRCC, and for others only where the owner says so."""
    return actor.party_code in {entry.originator_id, "JRCC"} or entry.hit_visible_to == "all"
