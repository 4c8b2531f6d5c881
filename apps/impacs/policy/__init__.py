"""Who may do what with mandates, tasks and State actions."""

from apps.impacs.policy.states import (
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

__all__ = [
    "is_clock",
    "is_of_state",
    "may_act_for_state",
    "may_bind_for_state",
    "may_close_assistance",
    "may_decide_extension",
    "may_direct",
    "may_lead_for_state",
    "may_verify",
]
