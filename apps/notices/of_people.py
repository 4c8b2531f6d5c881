"""What desks are told of accounts and seats: below this app stand the people, who cannot tell by themselves."""

import datetime
from collections.abc import Iterable
from typing import Any

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch, Level
from apps.notices import actions, queries
from apps.people.models import AccessReview, AccountProposal, EmergencyUse, Seat, User
from apps.people.queries import PLATFORM, desk_ids, heads_at, heads_beside, seat_at_home, service_actor

GIVEN = "accounts.seat_given"


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
) -> None:
    """Tell those of the desks that there are; the row's public id leads to its page."""
    known = [desk for desk in desks if isinstance(desk, int) or desk_ids(desk)]
    party = row.audited_as()[0]
    if known:
        about = {"object_type": kind, "object_id": row.uid, "number": f"{party}-{row.pk}"}
        about |= {"due_at": due_at, "step": step, "seats": seats, "level": level, "title": title}
        actions.tell(actor, None, event=event, desks=known, **about)


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
    """The person himself, at his new desk."""
    seat = _seat(dispatch)
    _tell_him(dispatch, "accounts.secondment_begun", seat, seat)


@outbox.on("secondment.ended")
def tell_who_returns(dispatch: Dispatch) -> None:
    """The person himself, at a desk at home; nowhere where he has none."""
    seat = _seat(dispatch)
    _tell_him(dispatch, "accounts.secondment_ended", seat, seat_at_home(seat.user))


def _tell_him(dispatch: Dispatch, event: str, seat: Seat, at: Seat | None) -> None:
    if at is not None:
        _tell(_clock(dispatch), event, "people.secondment", seat, [at.desk_id], step="own", seats=[at.pk])


def _seat(dispatch: Dispatch) -> Seat:
    seats = Seat.objects.visible_to(_clock(dispatch)).select_related("user", "desk__function")
    found: Seat = seats.get(pk=dispatch.object_id)
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
