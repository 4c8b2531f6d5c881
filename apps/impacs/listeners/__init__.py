"""What follows by itself. Importing declares it."""

from apps.impacs.listeners import escalation, following, task_notices, work_plan, working

__all__ = ["escalation", "following", "task_notices", "work_plan", "working"]
