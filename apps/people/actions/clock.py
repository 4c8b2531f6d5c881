"""What the clock does to accounts and seats: ends what has run out, opens and closes rounds, reminds, suspends."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.people import actions
from apps.people.actions import approvals, emergency, reviews
from apps.people.models import AccessReview, AccountProposal, DeskToken, EmergencyUse, Seat
from apps.people.queries import dormant_accounts, parties_to_review, rule, sleeping_accounts


def run(actor: Actor, now: datetime.datetime) -> dict[str, int]:
    """Everything that is due at `now`; how many of each. What was missed is caught up with by the next round."""
    proposals = AccountProposal.objects.visible_to(actor).filter(state__in=AccountProposal.WAITING, expires_at__lte=now)
    keys = DeskToken.objects.visible_to(actor).filter(state__in=DeskToken.WAITING, lapses_at__lte=now)
    orphans = DeskToken.objects.visible_to(actor).filter(state__in=["live", "approved"], seat__desk__active=False)
    seats = Seat.objects.visible_to(actor).filter(state="current", valid_to__lte=now)
    running = AccessReview.objects.visible_to(actor).filter(state="running")
    overdue = EmergencyUse.objects.visible_to(actor).filter(state="due", told_overdue=False, due_at__lte=now)
    return {
        "lapsed": _each(proposals.order_by("pk"), lambda row: approvals.lapse_proposal(actor, row)),
        "keys_lapsed": _each(keys.order_by("pk"), lambda row: actions.lapse_api_key(actor, row)),
        "keys_ended": _each(orphans.order_by("pk"), lambda row: actions.end_orphaned_key(actor, row)),
        "ended": _each(seats.order_by("pk"), lambda row: actions.expire_appointment(actor, row)),
        "suspended": _each(dormant_accounts(now), lambda row: reviews.suspend_dormant_account(actor, row)),
        "asleep": _each(sleeping_accounts(now), lambda row: reviews.warn_dormant_account(actor, row)),
        "closed": _each(
            running.filter(due_at__lte=now).order_by("pk"), lambda row: reviews.close_access_review(actor, row)
        ),
        "reminded": sum(_remind(actor, row, now) for row in running.filter(due_at__gt=now).order_by("pk")),
        "opened": _each(parties_to_review(now), lambda row: reviews.open_access_review(actor, None, party=row)),
        "overdue": _each(overdue.order_by("pk"), lambda row: emergency.escalate_emergency_seat(actor, row)),
    }


def _each(rows: Iterable[Any], act: Callable[[Any], Any]) -> int:
    done = 0
    for row in rows:
        try:
            act(row)
        except Refused:  # somebody was faster, or it is the last administrator's
            continue
        done += 1
    return done


def _remind(actor: Actor, review: AccessReview, now: datetime.datetime) -> int:
    left = review.due_at - now
    step = ""
    for name in ("first", "last"):
        if left <= datetime.timedelta(days=rule(f"review_{name}_notice")):
            step = name
    if not step or review.reminded in {step, "last"}:
        return 0
    return _each([review], lambda row: reviews.remind_of_review(actor, row, step=step))
