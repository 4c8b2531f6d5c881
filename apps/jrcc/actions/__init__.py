"""Everything that changes submissions, journeys, travellers and hits."""

from apps.jrcc.actions.expected import expect_again, meet, miss, not_operate, note_call, remind, withdraw_expected
from apps.jrcc.actions.hits import acknowledge, claim, clear, dismiss, record_outcome, refer, release, reopen
from apps.jrcc.actions.schedules import add, add_file, end, plan
from apps.jrcc.actions.screening import lapse, screen, screen_entry, warn, withdraw
from apps.jrcc.actions.submissions import answer, correct, read, receive

__all__ = [
    "acknowledge",
    "add",
    "add_file",
    "answer",
    "claim",
    "clear",
    "correct",
    "dismiss",
    "end",
    "expect_again",
    "lapse",
    "meet",
    "miss",
    "not_operate",
    "note_call",
    "plan",
    "read",
    "receive",
    "record_outcome",
    "refer",
    "release",
    "remind",
    "reopen",
    "screen",
    "screen_entry",
    "warn",
    "withdraw",
    "withdraw_expected",
]
