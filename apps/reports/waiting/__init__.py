"""What waits for a seat, for My desk. Importing registers it."""

from apps.reports.waiting import clearances, drafts

__all__ = ["clearances", "drafts"]
