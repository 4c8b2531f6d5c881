"""What follows by itself. Importing declares it."""

from apps.assessments.listeners import recalled, replaced, returned, telling

__all__ = ["recalled", "replaced", "returned", "telling"]
