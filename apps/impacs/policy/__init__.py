"""Who may do what with mandates, tasks and State actions."""

from apps.impacs.policy.states import is_clock, may_act_for_state

__all__ = ["is_clock", "may_act_for_state"]
