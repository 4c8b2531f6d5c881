"""What follows by itself. Importing declares it."""

from apps.assessments.listeners import recalled, telling

__all__ = ["recalled", "telling"]
