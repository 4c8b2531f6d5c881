"""Everything that changes facts, reports, clearances and comments."""

from apps.reports.actions.clearing import agree, lapse, object_to, send_back
from apps.reports.actions.drafting import compile_draft, create, refresh
from apps.reports.actions.editing import accept, edit
from apps.reports.actions.facts import correct as correct_fact
from apps.reports.actions.facts import record as record_fact
from apps.reports.actions.issuing import approve, correct, issue_report
from apps.reports.actions.scores import withdraw as withdraw_comment
from apps.reports.actions.scores import write as write_comment
from apps.reports.actions.sending import clear, return_it

__all__ = [
    "accept",
    "agree",
    "approve",
    "clear",
    "compile_draft",
    "correct",
    "correct_fact",
    "create",
    "edit",
    "issue_report",
    "lapse",
    "object_to",
    "record_fact",
    "refresh",
    "return_it",
    "send_back",
    "withdraw_comment",
    "write_comment",
]
