"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

ENOUGH = 2  # administrators of a party: with fewer, the platform desk is the second person


def _administers(actor: Actor, rank: int = DECIDES) -> bool:
    return actor.function == "administration" and actor.rank >= rank


def may_appoint(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, for their own party; the platform desk installs (docs/administrators.md)."""
    return ALLOW if _administers(actor) or actor.function == "platform" else Deny("not-administrator")


def may_end_seat(actor: Actor, seat: Any) -> Verdict:
    """Account administrators; who decides at a desk ends the acting seats there. Never their own seat."""
    if not (_administers(actor) or (seat.kind == "acting" and _heads(actor) and seat.desk_id == actor.desk_id)):
        return Deny("not-administrator")
    return Deny("own-seat") if seat.user_id == actor.user_id else ALLOW


def may_transfer(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, never their own seat."""
    if not _administers(actor):
        return Deny("not-administrator")
    if seat.seconded_from:
        return Deny("seconded-seat")
    return Deny("own-seat") if seat.user_id == actor.user_id else ALLOW


def may_delegate(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, and who decides at a desk for that desk; where exactly is asked by the body."""
    return ALLOW if _administers(actor) or _heads(actor) else Deny("not-head")


def _heads(actor: Actor) -> bool:
    """Decides at his desk himself: who only stands in for somebody names nobody to stand in."""
    return actor.rank >= DECIDES and actor.seat_kind == "standing"


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


def may_clear(actor: Actor, account: Any) -> Verdict:
    """As other changes of an account; also of one that was invited and has no password yet."""
    if account.state == "invited" and _administers(actor) and account.home_party_id == actor.party_code:
        return ALLOW
    return may_change_account(actor, account)


def may_invite(actor: Actor, invitation: Any) -> Verdict:
    """Account administrators; the person is of their own party by construction."""
    return ALLOW if _administers(actor) else Deny("not-administrator")


def may_accept(actor: Actor, invitation: Any) -> Verdict:
    """The invited person himself, whom link and code have shown to be he."""
    return ALLOW if invitation.user_id == actor.user_id else Deny("not-your-account")


def may_propose(actor: Actor, proposal: Any) -> Verdict:
    """Account administrators; who decides at a desk, about acting seats there. Of whom is asked by the body."""
    return ALLOW if _administers(actor) or _heads(actor) else Deny("not-administrator")


def may_decide(actor: Actor, proposal: Any) -> Verdict:
    """Another administrator of the party than who asked, or the platform desk where there is none; nobody of himself.

    `proposal.administrators` counts the people who administer the party's accounts. Two seats of one person are one.
    """
    if actor.user_id == proposal.proposer_id:
        return Deny("own-proposal")
    if actor.user_id == proposal.subject_id:
        return Deny("own-account")
    return second_person(actor, proposal)


def second_person(actor: Actor, row: Any) -> Verdict:
    """An administrator of the row's party, or the platform desk where `row.administrators` says that there is one."""
    if _administers(actor) and actor.party_code == row.party_id:
        return ALLOW
    stands_in = actor.function == "platform" and actor.rank >= DECIDES and actor.seat_kind == "standing"
    return ALLOW if stands_in and row.administrators < ENOUGH else Deny("not-second-person")


def may_ask_for(actor: Actor, proposal: Any) -> Verdict:
    """Account administrators, for a desk of their own party."""
    return ALLOW if _administers(actor) else Deny("not-administrator")


def may_agree(actor: Actor, proposal: Any) -> Verdict:
    """An administrator of the person's own party: not who asked from another seat, not the person himself.

    Nor somebody who was himself sent there by the party that asks.
    """
    if actor.user_id == proposal.proposer_id:
        return Deny("own-proposal")
    if actor.user_id == proposal.subject_id:
        return Deny("own-account")
    answers = _administers(actor) and actor.party_code == proposal.home_id
    return ALLOW if answers and actor.seconded_from != proposal.party_id else Deny("not-home-party")


def may_withdraw(actor: Actor, proposal: Any) -> Verdict:
    """Who asked for it."""
    return ALLOW if actor.user_id == proposal.proposer_id else Deny("not-your-proposal")


def may_end_waiver(actor: Actor, waiver: Any) -> Verdict:
    """Account administrators, never one of their own."""
    if not _administers(actor):
        return Deny("not-administrator")
    return Deny("own-account") if waiver.user_id == actor.user_id else ALLOW


def may_lapse(actor: Actor, row: Any) -> Verdict:
    """The portal's own seat for automatic work."""
    own = actor.desk_code == "IMPACS.automation" and actor.seat_kind == "service" and actor.via == "task"
    return ALLOW if own else Deny("not-the-portal")


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


NO_EMERGENCY = frozenset({"carrier", "automation", "platform"})


def may_break_glass(actor: Actor, use: Any) -> Verdict:
    """Who has a standing seat, at another desk of his own party; which desks is asked by the body."""
    if actor.seconded_from:
        return Deny("seconded")
    stands = actor.seat_kind == "standing" and actor.function not in NO_EMERGENCY
    return ALLOW if stands else Deny("not-standing")


def may_judge(actor: Actor, use: Any) -> Verdict:
    """Who decides at the desk that was sat at; once it is overdue the party's oversight; never the person himself."""
    if use.seat.user_id == actor.user_id:
        return Deny("own-emergency")
    if actor.desk_id == use.seat.desk_id and _heads(actor):
        return ALLOW
    oversees = actor.function == "oversight" and actor.rank >= WORKS and actor.seat_kind == "standing"
    return ALLOW if oversees and use.is_overdue else Deny("not-judge")


def may_give_back(actor: Actor, use: Any) -> Verdict:
    """The person himself."""
    return ALLOW if use.seat.user_id == actor.user_id else Deny("not-your-account")


def may_review(actor: Actor, item: Any) -> Verdict:
    """Account administrators and who decides at the seat's desk, while the round runs; never one's own seat."""
    if item.seat.user_id == actor.user_id:
        return Deny("own-seat")
    if item.review.state != "running":
        return Deny("review-closed")
    return ALLOW if _administers(actor) or (_heads(actor) and actor.desk_id == item.seat.desk_id) else Deny("not-head")
