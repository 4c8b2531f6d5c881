"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.refusals import Refusals as AccessRefusals
from apps.access.verdict import ALLOW, Deny, Verdict
from apps.notices.refusals import Refusals
from apps.people.refusals import Refusals as PeopleRefusals

CALENDAR_DESKS = frozenset({"ministry", "contact"})
"""Desks of a State that keep its calendar of public holidays."""


def may_tell(actor: Actor, row: Any) -> Verdict:
    """Tell desks, send mail, note deadlines: the portal's own automatic work."""
    return ALLOW if actor.function == "automation" else Deny(AccessRefusals.NOT_THE_PORTAL)


def may_read(actor: Actor, notice: Any) -> Verdict:
    """Mark as read: everybody at the desk that the notice is addressed to (None: a list of one's own desk)."""
    return ALLOW if notice is None or notice.owner_id == actor.desk_id else Deny(AccessRefusals.NOT_YOUR_DESK)


def may_acknowledge(actor: Actor, notice: Any) -> Verdict:
    """Give the desk's receipt: its officers, where a receipt is asked for."""
    if notice.owner_id != actor.desk_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    if not notice.needs_receipt:
        return Deny(Refusals.NO_RECEIPT_ASKED)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)


def may_choose(actor: Actor, row: Any) -> Verdict:
    """How one is told: everybody for themselves; programs are not told by mail."""
    return Deny(PeopleRefusals.PROGRAM_ACCOUNT) if actor.seat_kind == "service" else ALLOW


def may_keep_webhook(actor: Actor, webhook: Any) -> Verdict:
    """Where a desk's notices are sent to: who decides there; no program gives itself another address.

    Nor does who stands in: what they would set up goes on after their last day.
    """
    verdict = may_test_alarm(actor, webhook)
    if verdict and actor.seat_kind != "standing":
        return Deny(Refusals.NEEDS_DESK_DECIDER)
    return verdict


def may_test_alarm(actor: Actor, alarm: Any) -> Verdict:
    """Send a test alarm to one's own desk: who decides there, also who stands in."""
    if actor.seat_kind == "service":
        return Deny(PeopleRefusals.PROGRAM_ACCOUNT)
    if alarm is not None and alarm.owner_id != actor.desk_id:
        return Deny(AccessRefusals.NOT_YOUR_DESK)
    return ALLOW if actor.rank >= DECIDES else Deny(Refusals.NEEDS_DESK_DECIDER)


def may_answer_alarm(actor: Actor, alarm: Any) -> Verdict:
    """Answer a test alarm: everybody who sat at the desk when it was sent."""
    return ALLOW if actor.seat_id in alarm.seats else Deny(Refusals.NOT_ALARMED)


def may_have_feed(actor: Actor, feed: Any) -> Verdict:
    """A calendar address: everybody for the seat they act in, no program."""
    if actor.seat_kind == "service":
        return Deny(PeopleRefusals.PROGRAM_ACCOUNT)
    return ALLOW if feed is None or feed.seat_id == actor.seat_id else Deny(AccessRefusals.NOT_YOUR_DESK)


def may_edit_holidays(actor: Actor, holiday: Any) -> Verdict:
    """The calendar of a State: officers of its ministry and contact desks."""
    if actor.function not in CALENDAR_DESKS or (holiday is not None and holiday.party_id != actor.party_code):
        return Deny(Refusals.NOT_YOUR_CALENDAR)
    return ALLOW if actor.rank >= WORKS else Deny(AccessRefusals.NEEDS_OFFICER)
