"""Everything that changes notices, deliveries, deadlines and calendars."""

from apps.notices.actions import alarms, audit_verbs, webhooks
from apps.notices.actions.calendars import add_holiday, make_calendar_feed, remove_holiday, revoke_calendar_feed, used
from apps.notices.actions.deadlines import close_deadlines, set_deadline
from apps.notices.actions.mail_delivery import (
    bounce_mail,
    drop_mail,
    fail_mail,
    gather_mail,
    mark_mail_sent,
    queue_mail,
    release_mail,
)
from apps.notices.actions.notifications import create_notices
from apps.notices.actions.receipts import acknowledge_notice, choose_subscription, read_all_notices, read_notice

__all__ = [
    "acknowledge_notice",
    "add_holiday",
    "alarms",
    "audit_verbs",
    "bounce_mail",
    "choose_subscription",
    "close_deadlines",
    "create_notices",
    "drop_mail",
    "fail_mail",
    "gather_mail",
    "make_calendar_feed",
    "mark_mail_sent",
    "queue_mail",
    "read_all_notices",
    "read_notice",
    "release_mail",
    "remove_holiday",
    "revoke_calendar_feed",
    "set_deadline",
    "used",
    "webhooks",
]
