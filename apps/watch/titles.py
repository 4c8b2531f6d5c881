"""What people call the records of the watch: one function for each kind, named as its model is.

A bulletin is called by its own title.
"""

import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext

from apps.pages.columns import Day


def watch(officer: str, opened_at: datetime.datetime | None, zone: str) -> str:
    """ "Watch of Alicia Bovell, 12 Feb 2008", the day being that of the place."""
    on = opened_at.astimezone(ZoneInfo(zone or "UTC")).date() if opened_at else None
    return pgettext("heading, watch", "Watch of %(officer)s, %(day)s") % {"officer": officer, "day": day_in_words(on)}


def day_in_words(day: datetime.date | None) -> str:
    """ "12 Feb 2008"; a dash for none."""
    return Day.in_words(day) if day else "–"
