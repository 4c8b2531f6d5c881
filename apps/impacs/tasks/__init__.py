"""What time brings about in the agency's work. Importing declares it."""

from apps.impacs.tasks import work_plan

__all__ = ["work_plan"]
