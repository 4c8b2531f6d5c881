"""From days that people write to the moments that the record is read at."""

import datetime
from typing import Any

from django.db.models import Q

FIRST_DAY = datetime.date(1973, 8, 1)
"""Entry into force of the Treaty of Chaguaramas: before it there is nothing to report on."""


def end_of_day(day: datetime.date) -> datetime.datetime:
    """The last moment of a day in UTC."""
    return datetime.datetime.combine(day, datetime.time.max, datetime.UTC)


def end_of(day: datetime.date, now: datetime.datetime) -> datetime.datetime:
    """The last moment of a day in UTC, or now while the day is not over."""
    return min(end_of_day(day), now)


def known(facts: Any, known_at: datetime.datetime) -> Any:
    """Those facts that the register held at a moment: recorded by then, not yet corrected."""
    not_corrected = Q(superseded_at=None) | Q(superseded_at__gt=known_at)
    return facts.filter(not_corrected, recorded_at__lte=known_at)
