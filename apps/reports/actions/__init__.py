"""Everything that changes facts, reports, clearances and comments."""

from apps.reports.actions import audit_verbs
from apps.reports.actions.circulation import return_report, send_report_to_clearance
from apps.reports.actions.clearances import (
    agree_sentences,
    lapse_sentence_clearance,
    object_to_sentences,
    return_sentence_clearance,
)
from apps.reports.actions.drafts import compile_report, create_report, refresh_report
from apps.reports.actions.edits import accept_moved_figures, edit_report_sentence
from apps.reports.actions.facts import correct_fact, record_fact
from apps.reports.actions.issues import approve_report, correct_report, issue_report
from apps.reports.actions.scores import withdraw_score_comment as withdraw_comment
from apps.reports.actions.scores import write_score_comment as write_comment

__all__ = [
    "accept_moved_figures",
    "agree_sentences",
    "approve_report",
    "audit_verbs",
    "compile_report",
    "correct_fact",
    "correct_report",
    "create_report",
    "edit_report_sentence",
    "issue_report",
    "lapse_sentence_clearance",
    "object_to_sentences",
    "record_fact",
    "refresh_report",
    "return_report",
    "return_sentence_clearance",
    "send_report_to_clearance",
    "withdraw_comment",
    "write_comment",
]
