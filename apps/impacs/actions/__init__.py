"""Everything that changes mandates, tasks, money, State actions and escalations."""

from apps.impacs.actions import (
    absences,
    bulk,
    escalation,
    mandates,
    money,
    offices,
    saved_filters,
    task_answers,
    task_links,
    task_parts,
    task_progress,
    task_repeat,
    tasks,
)
from apps.impacs.actions.applicability import (
    allow_claim,
    claim_not_applicable,
    end_opt_out,
    opt_out,
    refuse_claim,
)
from apps.impacs.actions.difficulties import (
    accept_assistance,
    answer_assistance,
    ask_assistance,
    clear_difficulty,
    close_assistance,
    declare_difficulty,
    withdraw_assistance,
)
from apps.impacs.actions.evidence import accept as accept_evidence
from apps.impacs.actions.evidence import add_evidence, share_evidence
from apps.impacs.actions.evidence import correct as correct_evidence
from apps.impacs.actions.evidence import expire as expire_evidence
from apps.impacs.actions.evidence import reject as reject_evidence
from apps.impacs.actions.evidence import withdraw as withdraw_evidence
from apps.impacs.actions.extensions import escalate as escalate_extension
from apps.impacs.actions.extensions import grant as grant_extension
from apps.impacs.actions.extensions import lapse as lapse_extension
from apps.impacs.actions.extensions import refuse as refuse_extension
from apps.impacs.actions.extensions import request_extension
from apps.impacs.actions.extensions import withdraw as withdraw_extension
from apps.impacs.actions.following import end_actions, end_mandates, generate, open_mandates
from apps.impacs.actions.secondments import end_secondment, record_secondment
from apps.impacs.actions.steps import add_step, remove_step, tick_steps
from apps.impacs.actions.verifying import ask_renewal, reopen, return_, submit_evidence, take_back, verify
from apps.impacs.actions.working import acknowledge, hand_over, note, report

__all__ = [
    "absences",
    "accept_assistance",
    "accept_evidence",
    "acknowledge",
    "add_evidence",
    "add_step",
    "allow_claim",
    "answer_assistance",
    "ask_assistance",
    "ask_renewal",
    "bulk",
    "claim_not_applicable",
    "clear_difficulty",
    "close_assistance",
    "correct_evidence",
    "declare_difficulty",
    "end_actions",
    "end_mandates",
    "end_opt_out",
    "end_secondment",
    "escalate_extension",
    "escalation",
    "expire_evidence",
    "generate",
    "grant_extension",
    "hand_over",
    "lapse_extension",
    "mandates",
    "money",
    "note",
    "offices",
    "open_mandates",
    "opt_out",
    "record_secondment",
    "refuse_claim",
    "refuse_extension",
    "reject_evidence",
    "remove_step",
    "reopen",
    "report",
    "request_extension",
    "return_",
    "saved_filters",
    "share_evidence",
    "submit_evidence",
    "take_back",
    "task_answers",
    "task_links",
    "task_parts",
    "task_progress",
    "task_repeat",
    "tasks",
    "tick_steps",
    "verify",
    "withdraw_assistance",
    "withdraw_evidence",
    "withdraw_extension",
]
