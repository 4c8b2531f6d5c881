"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

CALENDAR_DESKS = frozenset({"ministry", "contact"})
"""Desks of a State that keep its calendar of public holidays."""


def may_tell(actor: Actor, row: Any) -> Verdict:
    """Tell desks, send mail, note deadlines: the portal's own automatic work."""
    return ALLOW if actor.function == "automation" else Deny("not-the-portal")


def may_read(actor: Actor, notice: Any) -> Verdict:
    """Mark as read: everybody at the desk that the notice is addressed to (None: a list of one's own desk)."""
    return ALLOW if notice is None or notice.owner_id == actor.desk_id else Deny("not-your-desk")


def may_acknowledge(actor: Actor, notice: Any) -> Verdict:
    """Give the desk's receipt: its officers, where a receipt is asked for."""
    if notice.owner_id != actor.desk_id:
        return Deny("not-your-desk")
    if not notice.needs_receipt:
        return Deny("no-receipt-asked")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_choose(actor: Actor, row: Any) -> Verdict:
    """How one is told: everybody for himself; programs are not told by mail."""
    return Deny("program-account") if actor.seat_kind == "service" else ALLOW


def may_keep_webhook(actor: Actor, webhook: Any) -> Verdict:
    """Where a desk's notices are sent to: who decides there; no program gives itself another address."""
    if actor.seat_kind == "service":
        return Deny("program-account")
    if webhook is not None and webhook.owner_id != actor.desk_id:
        return Deny("not-your-desk")
    return ALLOW if actor.rank >= DECIDES else Deny("needs-desk-decider")


def may_test_alarm(actor: Actor, alarm: Any) -> Verdict:
    """Send a test alarm to one's own desk: who decides there."""
    return may_keep_webhook(actor, alarm)


def may_answer_alarm(actor: Actor, alarm: Any) -> Verdict:
    """Answer a test alarm: everybody who sat at the desk when it was sent."""
    return ALLOW if actor.seat_id in alarm.seats else Deny("not-alarmed")


def may_have_feed(actor: Actor, feed: Any) -> Verdict:
    """A calendar address: everybody for the seat he acts in, no program."""
    if actor.seat_kind == "service":
        return Deny("program-account")
    return ALLOW if feed is None or feed.seat_id == actor.seat_id else Deny("not-your-desk")


def may_edit_holidays(actor: Actor, holiday: Any) -> Verdict:
    """The calendar of a State: officers of its ministry and contact desks."""
    if actor.function not in CALENDAR_DESKS or (holiday is not None and holiday.party_id != actor.party_code):
        return Deny("not-your-calendar")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")
