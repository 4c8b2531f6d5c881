"""Service levels of hits: by when each step is to be done, and who is told when it is not."""

from apps.jrcc.service.clocks import STEPS, WORKED_ON, Clock, clocks, needs_second_look
from apps.jrcc.service.queries import facts, overdue, overdue_steps, told_when_late, with_referrals

__all__ = [
    "STEPS",
    "WORKED_ON",
    "Clock",
    "clocks",
    "facts",
    "needs_second_look",
    "overdue",
    "overdue_steps",
    "told_when_late",
    "with_referrals",
]
