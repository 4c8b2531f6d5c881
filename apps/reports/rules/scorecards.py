"""The five indicators of a State's scorecard at a cut-off date, from dated facts of its actions. Integers only.

Source: governance notes, section 9.2, after the measuring model of the EU Single Market Scoreboard. Never a rank.
"""

import calendar
import datetime
from collections.abc import Collection
from dataclasses import dataclass

OPEN_SHARE, CHANGE, LONG_OVERDUE, DELAY, REJECTED = (
    *("open_share", "change", "long_overdue", "median_delay", "rejected_share"),
)
INDICATORS: dict[str, tuple[str, str]] = {
    OPEN_SHARE: ("Due actions not verified", "per cent of the actions that were due by the cut-off date"),
    CHANGE: ("Change since the last Council", "points by which that share has changed since that meeting"),
    LONG_OVERDUE: ("Overdue by more than twelve months", "actions, by the due date in force"),
    DELAY: ("Median delay", "days between due date and completion, or the cut-off date, over the late actions"),
    REJECTED: ("Evidence not accepted", "per cent of the verifier's judgments"),
}
"""Name and unit of each, in the order of the scorecard."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Work:
    """One action on a day: the due date in force then, and when it was verified and completed, if it was by then."""

    due_on: datetime.date | None
    verified_on: datetime.date | None
    completed_on: datetime.date | None = None
    accepted: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def per_cent(self) -> int | None:
        """Rounded half up; None of nothing."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Scores:
    """The numbers of one State on one day. `late` is how many actions the median is of; `was` the share before."""

    open: Share
    was: Share | None
    long_overdue: int
    median_delay: int | None
    late: int
    rejected: Share

    @property
    def change(self) -> int | None:
        """Points of per cent since the last meeting; None where one of the two shares is of nothing."""
        before = self.was.per_cent if self.was else None
        return None if before is None or self.open.per_cent is None else self.open.per_cent - before

    def value(self, indicator: str) -> int | None:
        """The number of an indicator; None where there is nothing to count."""
        return {
            OPEN_SHARE: self.open.per_cent,
            CHANGE: self.change,
            LONG_OVERDUE: self.long_overdue,
            DELAY: self.median_delay,
            REJECTED: self.rejected.per_cent,
        }[indicator]


def scores(now: Collection[Work], day: datetime.date, before: Collection[Work] | None, then: datetime.date) -> Scores:
    """The indicators of the day; `before` are the actions as they stood on the day `then` of the last meeting."""
    delays = sorted(delay for work in now if (delay := _delay(work, day)) > 0)
    accepted = sum(work.accepted for work in now)
    rejected = sum(work.rejected for work in now)
    return Scores(
        open=_open(now, day),
        was=None if before is None else _open(before, then),
        long_overdue=sum(_open_since(work, day) is not None and _year_later(work.due_on) < day for work in now),
        median_delay=_median(delays),
        late=len(delays),
        rejected=Share(rejected, accepted + rejected),
    )


def _open(works: Collection[Work], day: datetime.date) -> Share:
    due = [work for work in works if work.due_on is not None and work.due_on <= day]
    return Share(sum(work.verified_on is None for work in due), len(due))


def _open_since(work: Work, day: datetime.date) -> datetime.date | None:
    """The due date of an action that is overdue and not verified."""
    return work.due_on if work.due_on is not None and work.due_on < day and work.verified_on is None else None


def _year_later(day: datetime.date | None) -> datetime.date:
    """The same day of the next year; 28 February for 29 February."""
    if day is None:
        return datetime.date.max
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def _delay(work: Work, day: datetime.date) -> int:
    if work.due_on is None:
        return 0
    return ((work.completed_on or work.verified_on or day) - work.due_on).days


def _median(delays: list[int]) -> int | None:
    """The middle one; of two middle ones their mean, rounded half up."""
    if not delays:
        return None
    middle = len(delays) // 2
    if len(delays) % 2:
        return delays[middle]
    return (delays[middle - 1] + delays[middle] + 1) // 2
