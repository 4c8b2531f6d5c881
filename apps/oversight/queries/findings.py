"""What a detector finds."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.oversight.models import AnomalyRule


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unusual: about whom, when, how many, and what is usual for them (None: no such measure)."""

    rule: AnomalyRule
    user_id: int
    person: str
    party: str
    desk: str
    begins: datetime.datetime
    ends: datetime.datetime
    count: int
    usual: float | None = None


Detector = Callable[[AnomalyRule, datetime.datetime, datetime.datetime], Iterable[Finding]]
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
