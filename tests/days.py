"""Today, for tests of what counts days where its people are: in the evening of the region the day of UTC is another."""

import datetime
from zoneinfo import ZoneInfo

REGION = ZoneInfo("America/Jamaica")
"""The westernmost of the cast."""


def today() -> datetime.date:
    """The day in the region."""
    return datetime.datetime.now(REGION).date()
