"""Who decides on a later due date, and which dates may be asked for. Pure rules over dated limits."""

from dataclasses import dataclass
from datetime import date, timedelta

DIRECTOR, COUNCIL = "director", "council"


@dataclass(frozen=True, slots=True)
class Limits:
    """The Council's delegation and the limits of extensions: numbers of requests, days and working days.

    Portal rule, to be confirmed by the organ (governance notes, 7.1).
    """

    delegated_requests: int = 1
    delegated_days: int = 90
    grace_days: int = 10
    longest_days: int = 365
    reply_working_days: int = 10


def power(granted: int, from_due: date, until: date, limits: Limits) -> str:
    """Who decides: the director on the first extension up to the delegated days, the Council on every other."""
    delegated = granted < limits.delegated_requests and (until - from_due).days <= limits.delegated_days
    return DIRECTOR if delegated else COUNCIL


def too_late(due: date, today: date, limits: Limits) -> bool:
    """Whether the days after the due date on which more time may still be asked are over."""
    return today > due + timedelta(days=limits.grace_days)


def latest(original: date, limits: Limits) -> date:
    """The last day that may be asked for, however often."""
    return original + timedelta(days=limits.longest_days)
