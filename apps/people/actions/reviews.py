"""Rounds in which every seat of a party is kept or ended; dormant accounts; seats whose time is over."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.refusal import Refused
from apps.people import policy
from apps.people.actions.accounts import end_sessions
from apps.people.actions.seats import gone_home, keep_administered, leaves_an_administrator
from apps.people.models import AccessReview, Party, ReviewItem, Seat, User
from apps.people.queries import desks_to_answer, rule, seats_to_review

S = ReviewItem.State
NOTE = forms.CharField(label=_("What to change"), max_length=200)


@action(
    "review.open",
    model=AccessReview,
    label=_("Open a review round"),
    done=_("Opened an access review"),
    policy=policy.may_lapse,
    ends="running",
    automatic=True,
)
def open_access_review(actor: Actor, _row: None, *, party: Party) -> AccessReview:
    """Begin a party's round over all its seats in force, programs left out; its desks are told."""
    now = timezone.now()
    review = AccessReview.objects.create(party=party, opened_at=now, due_at=now + timedelta(days=rule("review_term")))
    items = [ReviewItem(review=review, **facts) for facts in seats_to_review(party, now)]
    ReviewItem.objects.bulk_create(items)
    emit("review.opened", review, {"desks": desks_to_answer(review)})
    return review


@action(
    "review.remind",
    model=AccessReview,
    label=pgettext_lazy("button, people", "Send a reminder"),
    done=_("Reminded desks of an access review"),
    policy=policy.may_lapse,
    starts={"running"},
    ends="running",
    automatic=True,
)
def remind_of_review(actor: Actor, review: AccessReview, *, step: str) -> AccessReview:
    """Tell the desks that have not answered for all their seats that these end; `step` once each."""
    review.reminded = step
    emit("review.reminder", review, {"step": step, "desks": desks_to_answer(review)})
    return review


@action(
    "reviewitem.keep",
    model=ReviewItem,
    label=pgettext_lazy("button, people", "Keep"),
    done=_("Kept an appointment in an access review"),
    policy=policy.may_review,
    starts={S.OPEN, S.CHANGED},
    ends=S.KEPT,
)
def keep_reviewed_seat(actor: Actor, item: ReviewItem) -> ReviewItem:
    """Confirm that the person still needs this seat."""
    return _answered(actor, item)


@action(
    "reviewitem.change",
    model=ReviewItem,
    label=_("To be changed"),
    done=_("Asked to change an appointment in an access review"),
    policy=policy.may_review,
    starts={S.OPEN, S.KEPT},
    ends=S.CHANGED,
    takes={"note": NOTE},
)
def change_reviewed_seat(actor: Actor, item: ReviewItem, *, note: str) -> ReviewItem:
    """Say that the person needs another seat or role; the account administrators read what."""
    item.note = note
    return _answered(actor, item)


@action(
    "reviewitem.remove",
    model=ReviewItem,
    label=pgettext_lazy("button, people", "Remove"),
    done=_("Ended an appointment in an access review"),
    policy=policy.may_review,
    starts={S.OPEN, S.KEPT, S.CHANGED},
    ends=S.REMOVED,
    danger=True,
)
def remove_reviewed_seat(actor: Actor, item: ReviewItem) -> ReviewItem:
    """End the seat now, because it is not needed any more."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("desk").get(pk=item.seat_id)
    _end(actor, seat, _now("no longer needed (access review)"))
    return _answered(actor, item)


def _answered(actor: Actor, item: ReviewItem) -> ReviewItem:
    item.by_seat_id, item.decided_at = actor.seat_id, timezone.now()
    return item


def _end(actor: Actor, seat: Seat, reason: str) -> None:
    """End a seat as a part of its review; Refused for a party's last administrator."""
    if seat.state != "current":
        return
    leaves_an_administrator(actor, seat)
    now = timezone.now()
    columns: dict[str, Any] = {"state": "ended", "valid_to": now, "valid_from": min(seat.valid_from, now)}
    Seat.objects.filter(pk=seat.pk).update(reason=reason, **columns)
    also("seat.end", seat, before="current", after="ended")
    gone_home(seat)


@action(
    "review.close",
    model=AccessReview,
    label=_("Close the review round"),
    done=_("Closed an access review"),
    policy=policy.may_lapse,
    starts={"running"},
    ends="closed",
    automatic=True,
)
def close_access_review(actor: Actor, review: AccessReview) -> AccessReview:
    """End a round: seats that nobody has answered for end, except a party's last administrator's."""
    rows = ReviewItem.objects.select_for_update(of=("self",)).filter(review=review, state=S.OPEN)
    for item in rows.select_related("seat__desk").order_by("pk"):
        do_also("reviewitem.end", item)
    review.closed_at = timezone.now()
    return review


@action(
    "reviewitem.end",
    model=ReviewItem,
    label=pgettext_lazy("button, people", "End automatically"),
    done=_("Ended an appointment that no review confirmed"),
    policy=policy.may_lapse,
    starts={S.OPEN},
    ends={S.ENDED, S.SPARED},
    automatic=True,
)
def end_unanswered_item(actor: Actor, item: ReviewItem) -> ReviewItem:
    """End a seat for which nobody has answered in time; a party's last administrator stays, and it is said so."""
    item.state, item.decided_at = S.ENDED, timezone.now()
    try:
        _end(actor, item.seat, _now("not confirmed in the access review"))
    except Refused:
        item.state = S.SPARED
    return item


@action(
    "account.dormant",
    model=User,
    label=pgettext_lazy("button, people", "Suspend automatically"),
    done=_("Suspended a dormant account"),
    policy=policy.may_lapse,
    starts={"active"},
    ends="suspended",
    automatic=True,
)
def suspend_dormant_account(actor: Actor, user: User) -> User:
    """Suspend an account that nobody has signed in with for the time of the rule; never the last administrator."""
    keep_administered(user)
    for seat in Seat.objects.seconded().filter(user=user, state="current").order_by("pk"):
        do_also("seat.expire", seat, reason=_now("the account is suspended"))
    user.reason = _now("not used to sign in for a long time")
    end_sessions(user)
    return user


@action(
    "account.warn_asleep",
    model=User,
    label=_("Warn about an unused account"),
    done=_("Warned of a dormant account"),
    policy=policy.may_lapse,
    starts={"active"},
    ends="active",
    automatic=True,
)
def warn_dormant_account(actor: Actor, user: User) -> User:
    """Tell the party's administrators of an account that will be suspended if nobody signs in with it soon."""
    seen = user.last_login or user.date_joined
    emit("account.asleep", user, {"seen": seen.date().isoformat()})
    return user
