"""What desks are told of accounts and seats: below this app stand the people, who cannot tell by themselves."""

import datetime
from collections.abc import Iterable
from typing import Any

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch, Level
from apps.notices import actions, queries
from apps.people.models import (
    AccessReview,
    AccountProposal,
    DeskToken,
    EmergencyUse,
    Handover,
    Invitation,
    Seat,
    User,
)
from apps.people.queries import PLATFORM, desk_ids, heads_at, heads_beside, seat_at_home, service_actor, standing_heads

GIVEN = "accounts.seat_given"
KEYS = "people:tokens"
REGIONAL = "IMPACS.oversight"


def _tell(
    actor: Actor,
    event: str,
    kind: str,
    row: Any,
    desks: Iterable[str | int],
    *,
    due_at: datetime.datetime | None = None,
    step: str = "",
    seats: Iterable[int] = (),
    level: int = Level.OFFICIAL,
    title: str = "",
    url_name: str = "",
) -> None:
    """Tell those of the desks that there are; the row's public id leads to its page."""
    known = [desk for desk in desks if isinstance(desk, int) or desk_ids(desk)]
    party = row.audited_as()[0]
    if known:
        about = {"object_type": kind, "object_id": row.uid, "number": f"{party}-{row.pk}"}
        about |= {"due_at": due_at, "step": step, "seats": seats, "level": level, "title": title}
        about |= {"url_name": url_name}
        actions.create_notices(actor, None, event=event, desks=known, **about)


def _clock(dispatch: Dispatch) -> Actor:
    return service_actor(queries.CLOCK, request_id=dispatch.request_id)


@outbox.on("proposal.made")
def tell_of_proposal(dispatch: Dispatch) -> None:
    """The party's administrators, or the platform desk where there is no second one, have something to approve."""
    actor = _clock(dispatch)
    proposal = AccountProposal.objects.visible_to(actor).get(pk=dispatch.object_id)
    desk = dispatch.payload["desk"]
    level = Level.PUBLIC if desk == PLATFORM else Level.OFFICIAL  # the platform desk reads nothing above public
    _tell(actor, "accounts.approval", "people.approval", proposal, [desk], due_at=proposal.expires_at, level=level)


@outbox.on("secondment.asked")
def tell_home(dispatch: Dispatch) -> None:
    """The administrators of the person's own party have something to answer."""
    actor = _clock(dispatch)
    proposal = AccountProposal.objects.visible_to(actor).get(pk=dispatch.object_id)
    desks = [f"{proposal.home_id}.administration"]
    _tell(actor, "accounts.secondment_asked", "people.approval", proposal, desks, due_at=proposal.expires_at)


@outbox.on("secondment.answered")
def tell_of_answer(dispatch: Dispatch) -> None:
    """The administrators of both parties: agreed, declined, taken back, lapsed or void."""
    actor = _clock(dispatch)
    proposal = AccountProposal.objects.visible_to(actor).get(pk=dispatch.object_id)
    desks = [f"{proposal.party_id}.administration", f"{proposal.home_id}.administration"]
    _tell(actor, "accounts.secondment_answered", "people.approval", proposal, desks)


@outbox.on("seat.given")
def tell_heads(dispatch: Dispatch) -> None:
    """Who decides at the desk, of a new seat there: nobody sits down at a desk unnoticed."""
    seat = _seat(dispatch)
    heads = heads_beside(seat, dispatch.payload["by"])
    if heads:
        level = min(Level.OFFICIAL, seat.desk.function.max_level)
        title = f"{seat.person_name}, {seat.role}"
        _tell(_clock(dispatch), GIVEN, "people.seat", seat, [seat.desk_id], seats=heads, level=level, title=title)


@outbox.on("secondment.begun")
def tell_of_secondment(dispatch: Dispatch) -> None:
    """The administrators of both parties."""
    _tell_both(dispatch, "accounts.secondment_begun")


@outbox.on("secondment.ended")
def tell_of_return(dispatch: Dispatch) -> None:
    """The administrators of both parties."""
    _tell_both(dispatch, "accounts.secondment_ended")


def _tell_both(dispatch: Dispatch, event: str) -> None:
    actor, seat = _clock(dispatch), _seat(dispatch)
    parties = (seat.desk.party_id, seat.seconded_from)
    _tell(actor, event, "people.secondment", seat, [f"{party}.administration" for party in parties])


@outbox.on("secondment.begun")
def tell_who_is_sent(dispatch: Dispatch) -> None:
    """The person themselves, at their new desk."""
    seat = _seat(dispatch)
    _tell_him(dispatch, "accounts.secondment_begun", seat, seat)


@outbox.on("secondment.ended")
def tell_who_returns(dispatch: Dispatch) -> None:
    """The person themselves, at a desk at home; nowhere where they have none."""
    seat = _seat(dispatch)
    _tell_him(dispatch, "accounts.secondment_ended", seat, seat_at_home(seat.user))


def _tell_him(dispatch: Dispatch, event: str, seat: Seat, at: Seat | None) -> None:
    if at is not None:
        _tell(_clock(dispatch), event, "people.secondment", seat, [at.desk_id], step="own", seats=[at.pk])


def _seat(dispatch: Dispatch) -> Seat:
    seats = Seat.objects.visible_to(_clock(dispatch)).select_related("user", "desk__function")
    found: Seat = seats.get(pk=dispatch.object_id)
    return found


@outbox.on("handover.made")
def ask_desk_to_hand_over(dispatch: Dispatch) -> None:
    """Who decides at the desk to which a person is invited, or where they sit."""
    row = _handover(dispatch)
    if row.desk is not None and (heads := heads_at([row.desk.pk])):
        level = min(Level.OFFICIAL, row.desk.function.max_level)
        _tell_to_hand_over(dispatch, row, [row.desk.code], seats=heads, level=level)


@outbox.on("handover.made")
def ask_to_hand_over(dispatch: Dispatch) -> None:
    """The party's other administrators; the platform desk, which reads nothing above public, where there is none."""
    row = _handover(dispatch)
    if row.free:
        _tell_to_hand_over(dispatch, row, [f"{row.party_id}.administration"], seats=(), level=Level.OFFICIAL)
    else:
        _tell_to_hand_over(dispatch, row, [PLATFORM], seats=(), level=Level.PUBLIC)


def _tell_to_hand_over(
    dispatch: Dispatch, row: Handover, desks: list[str], *, seats: Iterable[int], level: int
) -> None:
    _tell(_clock(dispatch), "accounts.handover", "people.handover", row, desks, seats=seats, level=level)


def _handover(dispatch: Dispatch) -> Handover:
    rows = Handover.objects.visible_to(_clock(dispatch)).select_related("desk__function")
    found: Handover = rows.get(pk=dispatch.object_id)
    return found


@outbox.on("invitation.moved")
def tell_desk_of_another_address(dispatch: Dispatch) -> None:
    """Who decides at the desk to which the person is invited."""
    row = _invitation(dispatch)
    if row.desk is not None and (heads := heads_at([row.desk.pk])):
        level = min(Level.OFFICIAL, row.desk.function.max_level)
        _tell_of_address(dispatch, row, [row.desk.code], seats=heads, level=level)


@outbox.on("invitation.moved")
def tell_oversight_of_another_address(dispatch: Dispatch) -> None:
    """The party's administration, and its oversight and the region's."""
    row = _invitation(dispatch)
    party = row.user.home_party_id
    desks = [f"{party}.administration", f"{party}.oversight", REGIONAL]
    _tell_of_address(dispatch, row, desks, seats=(), level=Level.OFFICIAL)


def _tell_of_address(
    dispatch: Dispatch, row: Invitation, desks: list[str], *, seats: Iterable[int], level: int
) -> None:
    about: dict[str, Any] = {"step": str(dispatch.payload["serial"]), "title": row.user.username}
    about |= {"seats": seats, "level": level, "url_name": "people:invitations"}
    _tell(_clock(dispatch), "accounts.invitation_moved", "people.invitation", row, desks, **about)


def _invitation(dispatch: Dispatch) -> Invitation:
    rows = Invitation.objects.visible_to(_clock(dispatch)).select_related("user", "desk__function")
    found: Invitation = rows.get(pk=dispatch.object_id)
    return found


@outbox.on("invitation.opened")
def ask_to_confirm(dispatch: Dispatch) -> None:
    """Who decides at the desk; where nobody does who did not invite, the administrators, or the platform desk."""
    row = _invitation(dispatch)
    desk, party = row.desk, row.user.home_party_id
    hands = [one for one in (row.inviter_id, row.addressed_by_id, row.user_id) if one]
    if desk is not None and (heads := standing_heads(desk.code, hands)):
        level = min(Level.OFFICIAL, desk.function.max_level)
        _tell_of_newcomer(dispatch, row, "accounts.newcomer", [desk.code], seats=heads, level=level)
    elif others := standing_heads(f"{party}.administration", hands):
        _tell_of_newcomer(dispatch, row, "accounts.newcomer", [f"{party}.administration"], seats=others)
    else:
        _tell_of_newcomer(dispatch, row, "accounts.newcomer", [PLATFORM], level=Level.PUBLIC)


@outbox.on("invitation.rejected")
def tell_of_stranger(dispatch: Dispatch) -> None:
    """The party's administration, and its oversight and the region's: somebody else had opened the account."""
    row = _invitation(dispatch)
    party = row.user.home_party_id
    desks = [f"{party}.administration", f"{party}.oversight", REGIONAL]
    _tell_of_newcomer(dispatch, row, "accounts.stranger", desks, title=row.user.username)


def _tell_of_newcomer(dispatch: Dispatch, row: Invitation, event: str, desks: list[str], **about: Any) -> None:
    place = "people:desk" if event == "accounts.newcomer" else "people:invitations"
    said = {"level": Level.OFFICIAL, "step": str(dispatch.payload["serial"]), "url_name": place}
    _tell(_clock(dispatch), event, "people.invitation", row, desks, **{**said, **about})


@outbox.on("token.proposed")
def ask_desk_of_key(dispatch: Dispatch) -> None:
    """Who decides at the desk, that somebody asks for a key of it."""
    _tell_desk_of_key(dispatch, "key.proposed")


@outbox.on("token.proposed")
def tell_oversight_of_asking(dispatch: Dispatch) -> None:
    """The oversight of the party and of the region."""
    _tell_oversight_of_key(dispatch, "key.proposed")


@outbox.on("token.made")
def tell_desk_of_key(dispatch: Dispatch) -> None:
    """Who decides at the desk, that there is a new key of it: also one of the operators' command line."""
    _tell_desk_of_key(dispatch, "key.made")


@outbox.on("token.made")
def tell_oversight_of_key(dispatch: Dispatch) -> None:
    """The administration of the party, and its oversight and the region's."""
    _tell_oversight_of_key(dispatch, "key.made", "administration")


@outbox.on("token.refused")
def tell_of_refused_key(dispatch: Dispatch) -> None:
    """The administration of the party, and its oversight and the region's."""
    _tell_oversight_of_key(dispatch, "key.refused", "administration")


def _tell_desk_of_key(dispatch: Dispatch, event: str) -> None:
    token = _token(dispatch)
    at = token.seat.desk
    heads, level = heads_at([at.pk]), min(Level.OFFICIAL, at.function.max_level)
    _tell_of_key(dispatch, event, token, [at.code], seats=heads, level=level)


def _tell_oversight_of_key(dispatch: Dispatch, event: str, *more: str) -> None:
    token = _token(dispatch)
    party, own = token.seat.desk.party_id, token.seat.desk.code
    desks = {f"{party}.{function}" for function in ("oversight", *more)} | {REGIONAL}
    _tell_of_key(dispatch, event, token, sorted(desks - {own}), seats=(), level=Level.OFFICIAL)


def _tell_of_key(
    dispatch: Dispatch, event: str, token: DeskToken, desks: list[str], *, seats: Iterable[int], level: int
) -> None:
    event = "key.by_command" if event == "key.made" and token.approver_seat_id is None else event
    title = " ".join(word for word in (token.seat.desk.code, token.label) if word)
    about = "people.desktoken"
    _tell(_clock(dispatch), event, about, token, desks, seats=seats, level=level, title=title, url_name=KEYS)


def _token(dispatch: Dispatch) -> DeskToken:
    keys = DeskToken.objects.visible_to(_clock(dispatch)).select_related("seat__desk__function")
    found: DeskToken = keys.get(pk=dispatch.object_id)
    return found


@outbox.on("review.opened")
def tell_of_review(dispatch: Dispatch) -> None:
    """Every desk with seats in the round, and the administration: who decides there is mailed."""
    _tell_of_round(dispatch, "accounts.review", "")


@outbox.on("review.reminder")
def remind_of_review(dispatch: Dispatch) -> None:
    """The desks that have not answered for all their seats."""
    _tell_of_round(dispatch, "accounts.review_reminder", dispatch.payload["step"])


def _tell_of_round(dispatch: Dispatch, event: str, step: str) -> None:
    actor = _clock(dispatch)
    review = AccessReview.objects.visible_to(actor).get(pk=dispatch.object_id)
    desks = dispatch.payload["desks"]
    if desks:
        _tell(actor, event, "people.review", review, desks, due_at=review.due_at, step=step, seats=heads_at(desks))


@outbox.on("account.asleep")
def tell_of_sleep(dispatch: Dispatch) -> None:
    """The party's administrators, once for each sleep, before the rule suspends the account."""
    actor = _clock(dispatch)
    person = User.objects.visible_to(actor).get(pk=dispatch.object_id)
    desks = [f"{person.home_party_id}.administration"]
    title, step = person.get_full_name(), dispatch.payload["seen"]
    _tell(actor, "accounts.asleep", "people.person", person, desks, step=step, title=title)


@outbox.on("emergency.taken")
def alarm(dispatch: Dispatch) -> None:
    """The desk itself, and the administration and oversight of its party, at once."""
    _tell_of_emergency(dispatch, "accounts.emergency")


@outbox.on("emergency.unjustified")
def tell_of_misuse(dispatch: Dispatch) -> None:
    """The same, that it was found not justified."""
    _tell_of_emergency(dispatch, "accounts.emergency_unjustified")


@outbox.on("emergency.overdue")
def tell_of_overdue(dispatch: Dispatch) -> None:
    """The same, that nobody has judged it in time."""
    _tell_of_emergency(dispatch, "accounts.emergency_overdue")


def _tell_of_emergency(dispatch: Dispatch, event: str) -> None:
    actor = _clock(dispatch)
    use = EmergencyUse.objects.visible_to(actor).select_related("seat__desk").get(pk=dispatch.object_id)
    party = use.seat.desk.party_id
    desks = [use.seat.desk.code, f"{party}.administration", f"{party}.oversight"]
    _tell(actor, event, "people.emergency", use, desks, due_at=use.due_at)
