"""What follows by itself from acts on reports. Importing declares it."""

from apps.reports.listeners import deadlines, telling

__all__ = ["deadlines", "telling"]
