"""Who may do what with mandates, tasks, State actions and escalations."""

from apps.impacs.obligations.policy import (
    is_clock,
    is_of_state,
    may_act_for_state,
    may_bind_for_state,
    may_close_assistance,
    may_decide_extension,
    may_direct,
    may_lead_for_state,
    may_verify,
)
from apps.impacs.policy.escalation import may_answer, may_list, may_name, may_pass_on

__all__ = [
    "is_clock",
    "is_of_state",
    "may_act_for_state",
    "may_answer",
    "may_bind_for_state",
    "may_close_assistance",
    "may_decide_extension",
    "may_direct",
    "may_lead_for_state",
    "may_list",
    "may_name",
    "may_pass_on",
    "may_verify",
]
