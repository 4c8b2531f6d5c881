"""Everything that changes submissions, journeys, travellers and hits."""

from apps.jrcc.actions.hits import acknowledge, claim, clear, dismiss, record_outcome, refer, release, reopen
from apps.jrcc.actions.screening import lapse, screen, screen_entry, withdraw
from apps.jrcc.actions.submissions import answer, read, receive

__all__ = [
    "acknowledge",
    "answer",
    "claim",
    "clear",
    "dismiss",
    "lapse",
    "read",
    "receive",
    "record_outcome",
    "refer",
    "release",
    "reopen",
    "screen",
    "screen_entry",
    "withdraw",
]
