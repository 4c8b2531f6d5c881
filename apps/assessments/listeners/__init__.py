"""What follows by itself. Importing declares it."""

from apps.assessments.listeners import recalled, replaced, telling

__all__ = ["recalled", "replaced", "telling"]
