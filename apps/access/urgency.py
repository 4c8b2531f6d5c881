"""How much a thing that is to be done presses, and in which words: one rule for pages, lists, numbers, files and mails.

What is due has a moment; of what is due on a day that is the end of the day where it is done (`end_of`), and its
distance is told in days. A field's own rule says which moment that is; this module alone compares it with the time.
"""

import datetime
import math
from typing import overload
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

OVERDUE, TODAY, WEEK, LATER, NO_DATE = URGENCIES = ("overdue", "today", "week", "later", "none")
"""The most pressing first."""
PRESSING = frozenset({OVERDUE, TODAY})
"""What makes a number gold."""
NEAR = datetime.timedelta(hours=2)
"""What is due within this presses as what is due today, also over midnight."""
TONES = {OVERDUE: "bad", TODAY: "warn"}
SEVEN_DAYS = datetime.timedelta(days=7)
HOUR_S, DAY_S = 3600, 86_400


@overload
def end_of(day: datetime.date, zone: str) -> datetime.datetime: ...
@overload
def end_of(day: datetime.date | None, zone: str) -> datetime.datetime | None: ...
def end_of(day: datetime.date | None, zone: str) -> datetime.datetime | None:
    """The moment at which what is due on a day is overdue: its last one at the place. None for no day."""
    return datetime.datetime.combine(day, datetime.time.max, ZoneInfo(zone or "UTC")) if day else None


def is_of_day(moment: datetime.datetime) -> bool:
    """Whether a moment is the end of a day (`end_of`), so that its day says it all."""
    return moment.time() == datetime.time.max


def urgency_of(due: datetime.datetime | None, now: datetime.datetime, zone: str) -> str:
    """Overdue, due today, within seven days, later, or without a date; days are those of the place."""
    if due is None:
        return NO_DATE
    if due <= now:
        return OVERDUE
    place = ZoneInfo(zone or "UTC")
    left = due.astimezone(place).date() - now.astimezone(place).date()
    if not left or due - now <= NEAR:
        return TODAY
    return WEEK if left < SEVEN_DAYS else LATER


def is_overdue(due: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether the moment has come."""
    return due is not None and due <= now


def tone_of(due: datetime.datetime | None, now: datetime.datetime, zone: str) -> str:
    """The colour of a deadline: "bad" once it is over, "warn" on the day itself, else none."""
    return TONES.get(urgency_of(due, now, zone), "")


def span_in_words(seconds: float) -> str:
    """A length of time in one unit, rounded down: "38 min", "5 h", "19 days"."""
    whole = int(abs(seconds))
    if whole < HOUR_S:
        return pgettext("words, access", "%(n)d min") % {"n": whole // 60}
    if whole < DAY_S:
        return pgettext("words, access", "%(n)d h") % {"n": whole // HOUR_S}
    days = whole // DAY_S
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def span_to_the_minute(seconds: float) -> str:
    """A length of time in hours and minutes below a day, rounded down: "38 min", "2 h 10 min", "5 h", "19 days"."""
    whole = int(abs(seconds))
    hours, minutes = whole // HOUR_S, whole % HOUR_S // 60
    if whole < DAY_S and hours and minutes:
        return pgettext("words, access", "%(h)d h %(m)d min") % {"h": hours, "m": minutes}
    return span_in_words(whole)


def lateness_in_words(seconds: float) -> str:
    """A length of time past a deadline: minutes below two hours, hours below two days, then days.

    Of days the one that has begun counts: what was due to the end of the 6th is 20 days late in the morning of the
    26th, as the calendar has it.
    """
    whole = int(seconds)
    if whole < 2 * HOUR_S:
        return pgettext("words, access", "%(n)d min") % {"n": whole // 60}
    if whole < 2 * DAY_S:
        return pgettext("words, access", "%(n)d h") % {"n": whole // HOUR_S}
    return span_in_words(DAY_S * math.ceil(seconds / DAY_S))


def due(moment: datetime.datetime | None, now: datetime.datetime | None = None) -> str:
    """Distance to a deadline in words: "in 2 h 10 min", "now", "16 min late", "19 days late". Empty for None."""
    if moment is None:
        return ""
    at = now or timezone.now()
    if is_of_day(moment):
        return _day_in_words((moment.date() - at.astimezone(moment.tzinfo).date()).days)
    seconds = (moment - at).total_seconds()
    if abs(seconds) < 60:
        return pgettext("words, access", "now")
    if seconds > 0:
        return pgettext("words, access", "in %(span)s") % {"span": span_to_the_minute(seconds)}
    return pgettext("words, access", "%(span)s late") % {"span": lateness_in_words(-seconds)}


def _day_in_words(left: int) -> str:
    if left == 0:
        return pgettext("date, access", "today")
    if left == 1:
        return pgettext("date, access", "tomorrow")
    if left < 0:
        return late_by(-left)
    return pgettext("words, access", "in %(span)s") % {"span": span_in_words(left * DAY_S)}


def days_late(day: datetime.date | None, today: datetime.date) -> int:
    """By how many days what is due on a day is overdue; 0 when it is not."""
    return max((today - day).days, 0) if day else 0


def late_by(days: int) -> str:
    """ "19 days late"; nothing for 0."""
    return pgettext("words, access", "%(span)s late") % {"span": span_in_words(days * DAY_S)} if days else ""


def time_left(
    moment: datetime.datetime | None, zone: str = "", now: datetime.datetime | None = None, *, aloud: bool = False
) -> SafeString:
    """The distance to a deadline as pages show it: it counts (portal.js), in its colour. `aloud`: also to the ear."""
    if moment is None:
        return SafeString("")
    at = now or timezone.now()
    tone = tone_of(moment, at, zone)
    moment = moment.astimezone(ZoneInfo(zone)) if zone else moment
    if is_of_day(moment):
        return format_html("<span{}>{}</span>", format_html(' class="t-{}"', tone) if tone else "", due(moment, at))
    return format_html(
        '<time-left datetime="{}"{}{}>{}</time-left>',
        moment.isoformat(),
        SafeString(" announce") if aloud else "",
        format_html(' class="t-{}"', tone) if tone else "",
        due(moment, at),
    )
