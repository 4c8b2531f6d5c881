"""What follows by itself. Importing declares it."""

from apps.impacs.listeners import following, task_notices, work_plan, working

__all__ = ["following", "task_notices", "work_plan", "working"]
