"""Everything that changes mandates and State actions."""

from apps.impacs.actions.following import assign, end_actions, end_mandates, generate
from apps.impacs.actions.working import acknowledge, report

__all__ = ["acknowledge", "assign", "end_actions", "end_mandates", "generate", "report"]
