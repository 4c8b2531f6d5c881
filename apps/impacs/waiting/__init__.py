"""What waits for a seat, for My desk. Importing registers it."""

from apps.impacs.waiting import escalations, obligations, tasks, working

__all__ = ["escalations", "obligations", "tasks", "working"]
