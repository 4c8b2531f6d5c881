"""What follows by itself from acts on reports. Importing declares it."""

from apps.reports.listeners import deadlines, notifications

__all__ = ["deadlines", "notifications"]
