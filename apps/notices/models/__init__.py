"""Notices to desks, how people are told of them, deadlines, and the calendars that working days follow."""

from apps.notices.models.alarms import AlarmAnswer, AlarmTest, AlarmTestDeskGrant
from apps.notices.models.days import CalendarFeed, Deadline, Holiday
from apps.notices.models.notices import Delivery, Event, Notice, NoticeDeskGrant, NoticeReading, Subscription
from apps.notices.models.webhooks import Webhook, WebhookCall, WebhookDeskGrant

__all__ = [
    "AlarmAnswer",
    "AlarmTest",
    "AlarmTestDeskGrant",
    "CalendarFeed",
    "Deadline",
    "Delivery",
    "Event",
    "Holiday",
    "Notice",
    "NoticeDeskGrant",
    "NoticeReading",
    "Subscription",
    "Webhook",
    "WebhookCall",
    "WebhookDeskGrant",
]
