"""Everything that changes sources, checks and answers."""

from apps.gateway.actions import audit_verbs
from apps.gateway.actions.queue import queue_source_check, repeat_source_check
from apps.gateway.actions.rounds import Outcome, expire_source_check, record_source_answer, start_question_round
from apps.gateway.actions.sources import erase_ended_questions, rehearse_source, switch_off_source, switch_on_source

__all__ = [
    "Outcome",
    "audit_verbs",
    "erase_ended_questions",
    "expire_source_check",
    "queue_source_check",
    "record_source_answer",
    "rehearse_source",
    "repeat_source_check",
    "start_question_round",
    "switch_off_source",
    "switch_on_source",
]
