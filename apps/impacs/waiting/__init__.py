"""What waits for a seat, for My desk. Importing registers it."""

from apps.impacs.waiting import obligations, tasks, working

__all__ = ["obligations", "tasks", "working"]
