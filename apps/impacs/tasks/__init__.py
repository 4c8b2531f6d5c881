"""What time brings about in the agency's work. Importing declares it."""

from apps.impacs.tasks import states, work_plan

__all__ = ["states", "work_plan"]
