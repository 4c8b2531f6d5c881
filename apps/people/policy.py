"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict


def _administers(actor: Actor, rank: int = DECIDES) -> bool:
    return actor.function == "administration" and actor.rank >= rank


def may_appoint(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, for their own party; the platform desk installs (docs/administrators.md)."""
    return ALLOW if _administers(actor) or actor.function == "platform" else Deny("not-administrator")


def may_end_seat(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, never their own seat."""
    if not _administers(actor):
        return Deny("not-administrator")
    return Deny("own-seat") if seat.user_id == actor.user_id else ALLOW


def may_create_token(actor: Actor, token: Any) -> Verdict:
    """Account administrators, and the platform desk on the operators' command line."""
    return ALLOW if _administers(actor) or actor.function == "platform" else Deny("not-administrator")


def may_revoke_token(actor: Actor, token: Any) -> Verdict:
    """Account administrators and their clerks: taking a key away is never dangerous."""
    return ALLOW if _administers(actor, WORKS) or actor.function == "platform" else Deny("not-administrator")


def may_switch(actor: Actor, seat: Any) -> Verdict:
    """Everybody, to a seat of his own; the seat itself was found through the read door."""
    return ALLOW if seat.user_id == actor.user_id else Deny("not-your-desk")
