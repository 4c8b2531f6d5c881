"""What time brings about in the agency's work. Importing declares it."""

from apps.impacs.tasks import escalation, states, work_plan

__all__ = ["escalation", "states", "work_plan"]
