"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.people.refusals import Refusals

ENOUGH = 2  # administrators of a party: with fewer, the platform desk is the second person


def _administers(actor: Actor, rank: int = DECIDES) -> bool:
    return actor.function == "administration" and actor.rank >= rank


def may_appoint(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, for their own party; the platform desk appoints nobody, its first one is installed."""
    return ALLOW if _administers(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_end_seat(actor: Actor, seat: Any) -> Verdict:
    """Account administrators; who decides at a desk ends the acting seats there. Never their own seat."""
    if not (_administers(actor) or (seat.kind == "acting" and _heads(actor) and seat.desk_id == actor.desk_id)):
        return Deny(Refusals.NOT_ADMINISTRATOR)
    return Deny(Refusals.OWN_SEAT) if seat.user_id == actor.user_id else ALLOW


def may_transfer(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, never their own seat."""
    if not _administers(actor):
        return Deny(Refusals.NOT_ADMINISTRATOR)
    if seat.seconded_from:
        return Deny(Refusals.SECONDED_SEAT)
    return Deny(Refusals.OWN_SEAT) if seat.user_id == actor.user_id else ALLOW


def may_delegate(actor: Actor, seat: Any) -> Verdict:
    """Account administrators, and who decides at a desk for that desk; where exactly is asked by the body."""
    return ALLOW if _administers(actor) or _heads(actor) else Deny(Refusals.NOT_HEAD)


def _heads(actor: Actor) -> bool:
    """Decides at their desk themselves: who only stands in for somebody names nobody to stand in."""
    return actor.rank >= DECIDES and actor.seat_kind == "standing"


def may_open_account(actor: Actor, account: Any) -> Verdict:
    """Account administrators; the new account is of their own party by construction."""
    return ALLOW if _administers(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_change_account(actor: Actor, account: Any) -> Verdict:
    """Account administrators of the person's own party, never their own account, never that of a desk's programs."""
    if not _administers(actor) or account.home_party_id != actor.party_code:
        return Deny(Refusals.NOT_ADMINISTRATOR)
    if account.pk == actor.user_id:
        return Deny(Refusals.OWN_ACCOUNT)
    return ALLOW if account.has_usable_password() else Deny(Refusals.PROGRAM_ACCOUNT)


def may_clear(actor: Actor, account: Any) -> Verdict:
    """As other changes of an account; also of one that was invited and has no password yet."""
    if account.state == "invited" and _administers(actor) and account.home_party_id == actor.party_code:
        return ALLOW
    return may_change_account(actor, account)


def may_invite(actor: Actor, invitation: Any) -> Verdict:
    """Account administrators; the person is of their own party by construction."""
    return ALLOW if _administers(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_hand_over(actor: Actor, row: Any) -> Verdict:
    """Another person than who invited, renewed or changed the address: an administrator, or who decides at the desk.

    The platform desk where `row.free` says that no administrator is left. Nobody who stands in; nobody their own.
    """
    if actor.user_id in {row.first_id, row.second_id}:
        return Deny(Refusals.OWN_HALF)
    if actor.user_id == row.user_id:
        return Deny(Refusals.OWN_ACCOUNT)
    administers = _administers(actor) and actor.party_code == row.party_id
    of_platform = actor.function == "platform" and row.free < 1
    near = administers or of_platform or actor.desk_id == row.desk_id
    return ALLOW if near and _heads(actor) else Deny(Refusals.NOT_HANDER)


def may_confirm(actor: Actor, invitation: Any) -> Verdict:
    """Who decides at the desk to which the person was invited, and neither invited them nor gave the address.

    Where the desk has nobody such, another administrator of the party; where there is none, the platform desk.
    """
    if actor.user_id in {invitation.inviter_id, invitation.addressed_by_id}:
        return Deny(Refusals.OWN_HALF)
    if actor.user_id == invitation.user_id:
        return Deny(Refusals.OWN_ACCOUNT)
    near = actor.desk_id == invitation.desk_id
    if invitation.heads < 1:
        administers = _administers(actor) and actor.party_code == invitation.user.home_party_id
        near = administers or (actor.function == "platform" and invitation.free < 1)
    return ALLOW if near and _heads(actor) else Deny(Refusals.NOT_CONFIRMER)


def may_accept(actor: Actor, invitation: Any) -> Verdict:
    """The invited person themselves, whom link and code have shown to be they."""
    return ALLOW if invitation.user_id == actor.user_id else Deny(Refusals.NOT_YOUR_ACCOUNT)


def may_propose(actor: Actor, proposal: Any) -> Verdict:
    """Account administrators; who decides at a desk, about acting seats there. Of whom is asked by the body."""
    return ALLOW if _administers(actor) or _heads(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_decide(actor: Actor, proposal: Any) -> Verdict:
    """Another administrator of the party than who asked, or the platform desk where there is none; nobody of
    themselves.

    `proposal.administrators` counts the people who administer the party's accounts. Two seats of one person are one.
    """
    if actor.user_id == proposal.proposer_id:
        return Deny(Refusals.OWN_PROPOSAL)
    if actor.user_id == proposal.subject_id:
        return Deny(Refusals.OWN_ACCOUNT)
    return second_person(actor, proposal)


def second_person(actor: Actor, row: Any) -> Verdict:
    """An administrator of the row's party, or the platform desk where `row.administrators` says that there is one."""
    if _administers(actor) and actor.party_code == row.party_id:
        return ALLOW
    stands_in = actor.function == "platform" and actor.rank >= DECIDES and actor.seat_kind == "standing"
    return ALLOW if stands_in and row.administrators < ENOUGH else Deny(Refusals.NOT_SECOND_PERSON)


def may_ask_for(actor: Actor, proposal: Any) -> Verdict:
    """Account administrators, for a desk of their own party."""
    return ALLOW if _administers(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_agree(actor: Actor, proposal: Any) -> Verdict:
    """An administrator of the person's own party: not who asked from another seat, not the person themselves.

    Nor somebody who was themselves sent there by the party that asks.
    """
    if actor.user_id == proposal.proposer_id:
        return Deny(Refusals.OWN_PROPOSAL)
    if actor.user_id == proposal.subject_id:
        return Deny(Refusals.OWN_ACCOUNT)
    answers = _administers(actor) and actor.party_code == proposal.home_id
    return ALLOW if answers and actor.seconded_from != proposal.party_id else Deny(Refusals.NOT_HOME_PARTY)


def may_withdraw(actor: Actor, proposal: Any) -> Verdict:
    """Who asked for it."""
    return ALLOW if actor.user_id == proposal.proposer_id else Deny(Refusals.NOT_YOUR_PROPOSAL)


def may_end_waiver(actor: Actor, waiver: Any) -> Verdict:
    """Account administrators, never one of their own."""
    if not _administers(actor):
        return Deny(Refusals.NOT_ADMINISTRATOR)
    return Deny(Refusals.OWN_ACCOUNT) if waiver.user_id == actor.user_id else ALLOW


def may_lapse(actor: Actor, row: Any) -> Verdict:
    """The portal's own seat for automatic work."""
    own = actor.desk_code == "IMPACS.automation" and actor.seat_kind == "service" and actor.via == "task"
    return ALLOW if own else Deny(AccessRefusals.NOT_THE_PORTAL)


def may_change_own_address(actor: Actor, account: Any) -> Verdict:
    """Everybody, of their own account alone; not a desk's programs, which read no mail."""
    if account.pk != actor.user_id:
        return Deny(Refusals.NOT_YOUR_ACCOUNT)
    return ALLOW if account.has_usable_password() else Deny(Refusals.PROGRAM_ACCOUNT)


def may_install(actor: Actor, account: Any) -> Verdict:
    """The portal's own seat at the platform desk: the operators' command line, no person and no key."""
    own = actor.function == "platform" and actor.seat_kind == "service" and actor.via == "task"
    return ALLOW if own else Deny(Refusals.NOT_PLATFORM)


def may_propose_key(actor: Actor, token: Any) -> Verdict:
    """Account administrators, the heads of the platform desk, and who works for a carrier, which has neither.

    For which desks is asked by the body.
    """
    of_platform = actor.function == "platform" and _heads(actor)
    of_carrier = actor.function == "carrier" and decides_on_keys(actor)
    return ALLOW if _administers(actor) or of_platform or of_carrier else Deny(Refusals.NOT_ADMINISTRATOR)


def decides_on_keys(actor: Actor) -> bool:
    """Whether somebody decides on the keys of their own desk: not for somebody else, and not in an emergency.

    Carriers' desks have no heads of their own: there everybody decides who works.
    """
    return actor.seat_kind == "standing" and actor.rank >= (WORKS if actor.function == "carrier" else DECIDES)


def may_approve_key(actor: Actor, token: Any) -> Verdict:
    """Who decides at the key's own desk, and is another person than who asked: two seats of one person are one."""
    if actor.user_id == token.maker_id:
        return Deny(Refusals.OWN_PROPOSAL)
    return ALLOW if actor.desk_id == token.seat.desk_id and decides_on_keys(actor) else Deny(Refusals.NOT_KEY_DESK)


def may_withdraw_key(actor: Actor, token: Any) -> Verdict:
    """Who asked for it."""
    return ALLOW if actor.user_id == token.maker_id else Deny(Refusals.NOT_YOUR_PROPOSAL)


def may_show_key(actor: Actor, token: Any) -> Verdict:
    """One of the two, from the seat in which they asked or approved; nobody is shown what reads higher than they do."""
    if actor.seat_id not in {token.maker_seat_id, token.approver_seat_id}:
        return Deny(Refusals.NOT_OF_THE_TWO)
    return ALLOW if actor.clearance >= token.clearance else Deny(Refusals.KEY_ABOVE_YOU)


def may_revoke_token(actor: Actor, token: Any) -> Verdict:
    """Officers of administration and of the platform, and who decides at the desk: taking away is never dangerous."""
    if actor.function in {"administration", "platform"} and actor.rank >= WORKS:
        return ALLOW
    return ALLOW if actor.desk_id == token.seat.desk_id and decides_on_keys(actor) else Deny(Refusals.NOT_ADMINISTRATOR)


def may_switch(actor: Actor, seat: Any) -> Verdict:
    """Everybody, to a seat of their own; the seat itself was found through the read door."""
    return ALLOW if seat.user_id == actor.user_id else Deny(AccessRefusals.NOT_YOUR_DESK)


NO_EMERGENCY = frozenset({"carrier", "automation", "platform"})


def may_break_glass(actor: Actor, use: Any) -> Verdict:
    """Who has a standing seat, at another desk of their own party; which desks is asked by the body."""
    if actor.seconded_from:
        return Deny(Refusals.SECONDED)
    stands = actor.seat_kind == "standing" and actor.function not in NO_EMERGENCY
    return ALLOW if stands else Deny(Refusals.NOT_STANDING)


def may_judge(actor: Actor, use: Any) -> Verdict:
    """Who decides at the desk that was sat at; once it is overdue the party's oversight; never the person
    themselves."""
    if use.seat.user_id == actor.user_id:
        return Deny(Refusals.OWN_EMERGENCY)
    if actor.desk_id == use.seat.desk_id and _heads(actor):
        return ALLOW
    oversees = actor.function == "oversight" and actor.rank >= WORKS and actor.seat_kind == "standing"
    return ALLOW if oversees and use.is_overdue else Deny(Refusals.NOT_JUDGE)


def may_give_back(actor: Actor, use: Any) -> Verdict:
    """The person themselves."""
    return ALLOW if use.seat.user_id == actor.user_id else Deny(Refusals.NOT_YOUR_ACCOUNT)


def may_review(actor: Actor, item: Any) -> Verdict:
    """Account administrators and who decides at the seat's desk, while the round runs; never one's own seat."""
    if item.seat.user_id == actor.user_id:
        return Deny(Refusals.OWN_SEAT)
    if item.review.state != "running":
        return Deny(Refusals.REVIEW_CLOSED)
    return (
        ALLOW
        if _administers(actor) or (_heads(actor) and actor.desk_id == item.seat.desk_id)
        else Deny(Refusals.NOT_HEAD)
    )
