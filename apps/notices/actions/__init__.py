"""Everything that changes notices, deliveries, deadlines and calendars."""

from apps.notices.actions import alarms, webhooks
from apps.notices.actions.calendars import add_holiday, make_feed, remove_holiday, revoke_feed, used
from apps.notices.actions.deadlines import close_deadlines, set_deadline
from apps.notices.actions.delivering import bounce, drop, fail, gather, mark_sent, queue, release
from apps.notices.actions.reading import acknowledge, choose, read, read_all
from apps.notices.actions.telling import tell

__all__ = [
    "acknowledge",
    "add_holiday",
    "alarms",
    "bounce",
    "choose",
    "close_deadlines",
    "drop",
    "fail",
    "gather",
    "make_feed",
    "mark_sent",
    "queue",
    "read",
    "read_all",
    "release",
    "remove_holiday",
    "revoke_feed",
    "set_deadline",
    "tell",
    "used",
    "webhooks",
]
