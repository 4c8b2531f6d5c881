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


def may_open_account(actor: Actor, account: Any) -> Verdict:
    """Account administrators; the new account is of their own party by construction."""
    return ALLOW if _administers(actor) else Deny("not-administrator")


def may_change_account(actor: Actor, account: Any) -> Verdict:
    """Account administrators of the person's own party, never their own account, never that of a desk's programs."""
    if not _administers(actor) or account.home_party_id != actor.party_code:
        return Deny("not-administrator")
    if account.pk == actor.user_id:
        return Deny("own-account")
    return ALLOW if account.has_usable_password() else Deny("program-account")


def may_change_own_address(actor: Actor, account: Any) -> Verdict:
    """Everybody, of his own account alone; not a desk's programs, which read no mail."""
    if account.pk != actor.user_id:
        return Deny("not-your-account")
    return ALLOW if account.has_usable_password() else Deny("program-account")


def may_install(actor: Actor, account: Any) -> Verdict:
    """The portal's own seat at the platform desk: the operators' command line, no person and no key."""
    own = actor.function == "platform" and actor.seat_kind == "service" and actor.via == "task"
    return ALLOW if own else Deny("not-platform")


def may_create_token(actor: Actor, token: Any) -> Verdict:
    """Account administrators, and the platform desk on the operators' command line."""
    return ALLOW if _administers(actor) or actor.function == "platform" else Deny("not-administrator")


def may_revoke_token(actor: Actor, token: Any) -> Verdict:
    """Account administrators and their clerks: taking a key away is never dangerous."""
    return ALLOW if _administers(actor, WORKS) or actor.function == "platform" else Deny("not-administrator")


def may_switch(actor: Actor, seat: Any) -> Verdict:
    """Everybody, to a seat of his own; the seat itself was found through the read door."""
    return ALLOW if seat.user_id == actor.user_id else Deny("not-your-desk")
