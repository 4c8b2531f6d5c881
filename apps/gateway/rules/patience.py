"""When to ask again, and when to leave a source alone. Pure.

The pauses are project defaults: short enough that a flight of an hour is asked several times, long enough that a
source that is coming up is not knocked down again.
"""

import datetime
from dataclasses import dataclass

FIRST_PAUSE_S, LONGEST_PAUSE_S = 15, 900
"""Of one question."""
FIRST_REST_S, LONGEST_REST_S = 5, 300
"""Of a source that gives no answer at all."""
LEASE_S = 240
"""A question that was taken and not answered (a lost worker) is free again after this; tasks end after 300 s."""
ALONE_AFTER = 2


def pause(attempts: int) -> datetime.timedelta:
    """How long after its n-th failure (from 1) a question is asked again: 15 s, 30 s, … 15 min."""
    return datetime.timedelta(seconds=min(FIRST_PAUSE_S * 2 ** min(attempts - 1, 10), LONGEST_PAUSE_S))


def rest(failures: int) -> datetime.timedelta:
    """How long a source is left alone after its n-th round without any answer: 5 s, 10 s, … 5 min."""
    return datetime.timedelta(seconds=min(FIRST_REST_S * 2 ** min(failures - 1, 10), LONGEST_REST_S))


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a source does: failing since when, how many rounds in a row, when it is tried again."""

    failing_since: datetime.datetime | None = None
    failures: int = 0
    next_try_at: datetime.datetime | None = None

    def allows(self, now: datetime.datetime, most: int) -> int:
        """How many questions may be asked now: all, one to try, or none."""
        if self.failures == 0:
            return most
        return 1 if self.next_try_at is None or self.next_try_at <= now else 0

    def after(self, *, answered: bool, now: datetime.datetime) -> "Breaker":
        """The state after a round."""
        if answered:
            return Breaker()
        failures = self.failures + 1
        return Breaker(self.failing_since or now, failures, now + rest(failures))
