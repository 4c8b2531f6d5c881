"""Today, for tests of what counts days where its people are: in the evening of the region the day of UTC is another."""

import datetime
from zoneinfo import ZoneInfo

REGION = ZoneInfo("America/Jamaica")
"""The westernmost of the cast."""
EAST = ZoneInfo("America/Barbados")
"""Of most of the cast, and of those who judge at IMPACS: for an hour they have a day that Jamaica does not have yet."""


def today(zone: ZoneInfo = REGION) -> datetime.date:
    """The day in the region."""
    return datetime.datetime.now(zone).date()


NEXT = today().year + 1
"""The year to come, for plans with a day and month of their own."""


def in_days(days: int, zone: ZoneInfo = REGION) -> datetime.date:
    """The day so many days from today; before today with a minus."""
    return today(zone) + datetime.timedelta(days=days)


def written(day: datetime.date) -> str:
    """The day as pages write it: 31 Mar 2008."""
    return f"{day.day} {day:%b %Y}"
